import { randomUUID } from 'node:crypto';
import {
  type Cursor,
  compileSort,
  compileWhere,
  fullTextValue,
  fullTextVector,
  type IndexRows,
  type Query,
  type Scope,
  SqlBuilder,
  Statement,
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
  /**
   * Ids in order; walks pages of the query's count, each from the cursor of the one before: from the start, or from the
   * end, where conditions are compiled in the other of their two forms, that which tries row by row.
   */
  walk(query: Query, scope: Scope, side?: Cursor['side']): Promise<string[]>;
  drop(): Promise<void>;
}

export async function openIndexDatabase(): Promise<IndexDatabase> {
  const database = await createTestDatabase();
  return {
    insert: (indexed) => insert(database, indexed),
    walk: (query, scope, side = 'after') => walk(database, query, scope, side),
    drop: () => database.drop(),
  };
}

async function walk(
  { pool }: TestDatabase,
  { parts: [part], count }: Query,
  scope: Scope,
  side: Cursor['side'],
): Promise<string[]> {
  if (!part) throw new Error('a query has a part');
  const backwards = side === 'before';
  const ids: string[] = [];
  let cursor: Cursor | undefined;
  for (;;) {
    const sql = new SqlBuilder([], backwards);
    const statement = new Statement(sql, scope);
    const where = compileWhere(part, 'r', statement);
    const sort = compileSort(part, 'r', statement, { backwards });
    const beyond = cursor ? ` and ${sort.beyond(cursor)}` : '';
    const keys = sort.select.map((key) => `(${key})::text`).join(', ');
    const text =
      `select jsonb_build_array(${keys})::text as keys from resource r` +
      ` where ${where}${beyond} order by ${sort.orderBy} limit ${count}`;
    const { rows } = await pool.query<{ keys: string }>(text, sql.values);
    for (const row of rows) {
      cursor = { keys: JSON.parse(row.keys) as (string | null)[], side };
      ids.push(cursor.keys.at(-1) ?? '');
    }
    if (rows.length < count) return backwards ? ids.reverse() : ids;
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
    const names = columns.replace(/ \w+(\[\])?(?=,|$)/g, '');
    await pool.query(
      `insert into ${table} (bucket, rid, type, ${names}) select 0, rid, type, ${names}
       from jsonb_to_recordset($1::jsonb) as i(rid uuid, type text, ${columns})`,
      [text(all)],
    );
  }
  await pool.query(
    `insert into full_text (bucket, rid, type, words)
     select 0, rid, type, ${fullTextVector('value')} from jsonb_to_recordset($1::jsonb) as i(rid uuid, type text, value text)`,
    [
      text(
        keyed.flatMap(({ rid, type, rows: { fullText } }) =>
          fullText ? [{ rid, type, value: fullTextValue(fullText) }] : [],
        ),
      ),
    ],
  );
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
  {
    table: 'composite_value',
    columns:
      'param text, tokens text[], lows numeric[], highs numeric[], starts timestamptz[], ends timestamptz[], texts text[]',
    rows: (rows) =>
      rows.composites.map(({ param, tokens, numbers, dates, texts }) => ({
        param,
        tokens,
        lows: numbers.map(({ low }) => low ?? '-Infinity'),
        highs: numbers.map(({ high }) => high ?? 'Infinity'),
        starts: dates.map(({ start }) => start ?? '-infinity'),
        ends: dates.map(({ end }) => end ?? 'infinity'),
        texts,
      })),
  },
];
