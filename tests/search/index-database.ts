import { randomUUID } from 'node:crypto';
import {
  compileSort,
  compileWhere,
  type IndexRows,
  type Query,
  type Scope,
  SqlBuilder,
} from '@naravard/search';
import { createTestDatabase, type TestDatabase } from '@naravard/testkit';

/** One resource as the index knows it. */
export interface Indexed {
  readonly type: string;
  readonly id: string;
  readonly custodian: string | null;
  /** ISO instant. */
  readonly lastUpdated: string;
  readonly rows: IndexRows;
}

/** A database that holds key rows and index rows only, and answers compiled queries. */
export interface IndexDatabase {
  insert(indexed: readonly Indexed[]): Promise<void>;
  /** Ids in order; walks pages of the query's count, each from the cursor of the one before. */
  walk(query: Query, scope: Scope): Promise<string[]>;
  drop(): Promise<void>;
}

export async function openIndexDatabase(): Promise<IndexDatabase> {
  const database = await createTestDatabase();
  return {
    insert: (indexed) => insert(database, indexed),
    walk: (query, scope) => walk(database, query, scope),
    drop: () => database.drop(),
  };
}

async function walk({ pool }: TestDatabase, query: Query, scope: Scope): Promise<string[]> {
  const ids: string[] = [];
  let after: (string | null)[] | undefined;
  for (;;) {
    const sql = new SqlBuilder();
    const where = compileWhere(query, scope, 'r', sql);
    const sort = compileSort(query, 'r', sql);
    const beyond = after ? ` and ${sort.after(after)}` : '';
    const text =
      `select jsonb_build_array(${sort.select.join(', ')})::text as keys from resource r` +
      ` where ${where}${beyond} order by ${sort.orderBy} limit ${query.count}`;
    const { rows } = await pool.query<{ keys: string }>(text, sql.values);
    for (const { keys } of rows) {
      after = JSON.parse(keys) as (string | null)[];
      ids.push(after.at(-1) ?? '');
    }
    if (rows.length < query.count) return ids;
  }
}

async function insert({ pool }: TestDatabase, indexed: readonly Indexed[]): Promise<void> {
  const keyed = indexed.map((each) => ({ ...each, rid: randomUUID() }));
  const text = (rows: object[]) => JSON.stringify(rows);
  await pool.query(
    `insert into resource (bucket, rid, type, id, version, deleted, last_updated, digest, found, patient, custodian, labels, starts, ends, tokens)
     select 0, rid, type, id, 1, false, "lastUpdated", '', '', patient, custodian, labels, starts, ends, tokens
     from jsonb_to_recordset($1::jsonb) as i(rid uuid, type text, id text, "lastUpdated" timestamptz, patient text,
       custodian text, labels text[], starts timestamptz, ends timestamptz, tokens text[])`,
    [
      text(
        keyed.map(({ rows, ...key }) => ({
          ...key,
          patient: rows.patient,
          labels: rows.labels,
          tokens: rows.tokens,
          starts: rows.period && (rows.period.start ?? '-infinity'),
          ends: rows.period && (rows.period.end ?? 'infinity'),
        })),
      ),
    ],
  );
  for (const { table, columns, rows } of tables) {
    const all = keyed.flatMap((each) =>
      rows(each.rows).map((row) => ({ ...row, rid: each.rid, type: each.type })),
    );
    const names = columns.replace(/ \w+(?=,|$)/g, '');
    await pool.query(
      `insert into ${table} (bucket, rid, type, ${names}) select 0, rid, type, ${names}
       from jsonb_to_recordset($1::jsonb) as i(rid uuid, type text, ${columns})`,
      [text(all)],
    );
  }
  await pool.query('analyze');
}

const tables: readonly { table: string; columns: string; rows(rows: IndexRows): readonly object[] }[] = [
  { table: 'identifier', columns: 'param text, system text, value text', rows: (rows) => rows.identifiers },
  {
    table: 'reference',
    columns: 'param text, target_type text, target text, system text, value text',
    rows: (rows) => rows.references.map(({ targetType, ...row }) => ({ ...row, target_type: targetType })),
  },
  { table: 'text_value', columns: 'param text, folded text, exact text', rows: (rows) => rows.texts },
  {
    table: 'date_value',
    columns: 'param text, starts timestamptz, ends timestamptz',
    rows: (rows) =>
      rows.dates.map(({ param, start, end }) => ({
        param,
        starts: start ?? '-infinity',
        ends: end ?? 'infinity',
      })),
  },
  {
    table: 'quantity_value',
    columns: 'param text, low numeric, high numeric, system text, code text, unit text',
    rows: (rows) =>
      rows.quantities.map(({ low, high, ...row }) => ({
        ...row,
        low: low ?? '-Infinity',
        high: high ?? 'Infinity',
      })),
  },
];
