import { custodianOf } from '@naravard/access';
import { auditValues, givenColumns, scopeReason } from './audit.ts';
import { type Cell, column, cut } from './column.ts';
import { cellsOf, indexTables, madeOf, sentAs } from './index-tables.ts';
import { bucketOf, keyFields } from './key-fields.ts';
import { now, type Statement } from './put-statement.ts';
import { createReferences, createReferenceValues, referenceShape } from './reference-statement.ts';
import type { PutWrite, RequestContext } from './types.ts';

/** The creates of one request. */
export interface CreateCall {
  context: RequestContext;
  writes: readonly PutWrite[];
}

/** A table that a create inserts into: columns with their types, and what is the same for every row. */
interface Target {
  name: string;
  columns: readonly (readonly [name: string, type: string])[];
  constants: readonly (readonly [name: string, sql: string])[];
}

const target = (name: string, columns: string, constants: Target['constants'] = []): Target => ({
  name,
  columns: columns.split(', ').map((pair) => pair.split(' ') as [string, string]),
  constants,
});

const key = keyFields.map(([name, type]) => `${name} ${type}`).join(', ');
const first = ['version', '1'] as const;
const at = ['last_updated', now] as const;
const owners = 'custodian text, author_unit text';

const targets: readonly Target[] = [
  target('resource', `${key}, ${owners}`, [first, at, ['deleted', 'false']]),
  target(
    'version',
    `bucket smallint, rid uuid, type text, method text, meta text, body text, labels text[], author text, ${owners}`,
    [first, at],
  ),
  target('outbox', 'bucket smallint, rid uuid, type text, id text, method text, patient text', [first]),
  target(
    'audit',
    `${givenColumns}, reason text, bucket smallint, type text, patient text, targets text[], custodians text[]`,
    [['outcome', '0']],
  ),
  ...indexTables.map(({ name, typed, columns }) => ({
    name,
    columns: [
      ['bucket', 'smallint'],
      ['rid', 'uuid'],
      ...(typed ? [['type', 'text'] as const] : []),
      ...columns,
    ] as const,
    constants: [],
  })),
];

type Rows = (readonly Cell[])[];

/**
 * Creates with ids of the server's: they change all their rows or fail, so every table is filled from what is sent and
 * nothing waits for anything. The requests of several callers may share a statement; each leaves its own audit rows.
 */
export class CreateStatements {
  readonly #texts = new Map<string, string>();

  of(calls: readonly CreateCall[]): Statement {
    const rows = rowsOf(calls);
    const filled = targets
      .map((_, index) => (rows[index]?.length ? index : -1))
      .filter((index) => index >= 0);
    const referring = calls.find((call) => referenceShape(call) !== undefined);
    const shape = `${filled.join()} ${(referring && referenceShape(referring)) ?? ''}`;
    const text = this.#texts.get(shape) ?? compose(filled, referring);
    this.#texts.set(shape, text);
    const values = filled.flatMap((index) =>
      (targets[index] as Target).columns.map((_, place) =>
        column((rows[index] as Rows).map((row) => row[place])),
      ),
    );
    return { text, values: referring ? [...values, ...createReferenceValues(calls)] : values };
  }
}

/** `referring`: one of the calls that refer to something, if any do. */
function compose(filled: readonly number[], referring: CreateCall | undefined): string {
  let parameter = 0;
  const ctes = filled.map((index) => {
    const { name, columns, constants } = targets[index] as Target;
    const names = columns.map(([column]) => column);
    const values = columns.map(([, type]) => cut(`$${++parameter}::text`, sentAs(type)));
    const selected = columns.map(([column, type]) => madeOf(type, column));
    return `new_${name} as (insert into ${name} (${[...names, ...constants.map(([column]) => column)].join(', ')})
  select ${[...selected, ...constants.map(([, sql]) => sql)].join(', ')} from unnest(${values.join(', ')}) as x(${names.join(', ')}))`;
  });
  const references = referring && createReferences(referring, () => `$${++parameter}`);
  return `with ${ctes.join(',\n')}\nselect ${now} as last_updated${references ? `, l.* from (${references}) l` : ''}`;
}

/** The rows of each of `targets`. */
function rowsOf(calls: readonly CreateCall[]): Rows[] {
  const [resources, versions, events, audits]: Rows[] = [[], [], [], []];
  const index: Rows[] = indexTables.map(() => []);
  for (const { context, writes } of calls) {
    const owner = [custodianOf(context.actor), context.actor.unit];
    for (const write of writes) {
      const { type, id, method, meta, body } = write;
      const tables = cellsOf(write);
      const cells = keyFields.map(([, , pick]) => pick(write, tables));
      const [bucket, rid] = cells;
      resources?.push([...cells, ...owner]);
      versions?.push([bucket, rid, type, method, meta, body, write.rows.labels, context.actor.id, ...owner]);
      events?.push([bucket, rid, type, id, method, write.rows.patient]);
      indexTables.forEach(({ typed }, place) => {
        const key = typed ? [bucket, rid, type] : [bucket, rid];
        for (const row of tables[place] ?? []) index[place]?.push([...key, ...row]);
      });
    }
    audits?.push(...auditRows(context, writes));
  }
  return [resources, versions, events, audits, ...index] as Rows[];
}

/** One row per patient that the request wrote about. */
function auditRows(context: RequestContext, writes: readonly PutWrite[]): Rows {
  const byPatient = Map.groupBy(writes, ({ rows }) => rows.patient);
  return [...byPatient].map(([patient, about]) => [
    ...auditValues(context),
    scopeReason(context),
    bucketOf(patient ?? about[0]?.id ?? ''),
    about[0]?.type,
    patient,
    about.map(({ type, id }) => `${type}/${id}/_history/1`),
    [custodianOf(context.actor)].filter((each) => each !== null),
  ]);
}
