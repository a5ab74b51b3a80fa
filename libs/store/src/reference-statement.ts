import { compileHiding, compileRelation, compileScope, type Scope, SqlBuilder } from '@naravard/search';
import { type Cell, column, cut, cutList } from './column.ts';
import { askedOf, refersOf } from './reference-check.ts';
import type { Template } from './template.ts';
import type { PutWrite, RequestContext } from './types.ts';

/**
 * References are looked at within the statement that writes, so that a write stays one round trip. It gives the places, among what
 * was asked, of what is not there for the writer; where something required is, a text that tells its places is read as a number,
 * which fails the statement and undoes all of it (a condition on each of its ten inserts took 40 us more). A create of 640 us takes
 * 50 us more for one reference and 75 for ten. What is absent, deleted or hidden costs the same look-up of a key row, and what is
 * stored the look at its Scope besides.
 */
const told = `string_agg(at::text, ' ') as lost, ('refers ' || string_agg(at::text, ' ') filter (where required))::integer as refused`;

/** SQL of whether a target is there for the writer. Whom one may write about is there, seen or not (Patient/$match finds it). */
const isThere = (scope: Scope, row: string, sql: SqlBuilder): string =>
  `(${row}.type = 'Patient' and ${compileRelation(scope, `${row}.id`, sql)} or ${compileScope(scope, row, sql)})`;

/** SQL of whether the caller sees a resource, and all that it refers to. */
const isWhole = (scope: Scope, row: string, sql: SqlBuilder): string =>
  `(${compileScope(scope, row, sql)} and not ${compileHiding(scope, row, sql) ?? 'false'})`;

const seenOf = (there: string): string =>
  `cross join lateral (select exists (select from resource t where t.type = q.type and t.id = q.id and not t.deleted and ${there}) as seen offset 0) s`;

/** The values of a Scope's SQL as further columns of what is asked, `q`. */
class AskedColumns extends SqlBuilder {
  override param(value: unknown, type = 'text'): string {
    this.values.push(value);
    const name = `q.p${this.values.length}`;
    return type === 'text[]' ? cutList(name) : type === 'text' ? name : `${name}::${type}`;
  }
}

/** What some writes of one caller refer to. */
interface Referring {
  readonly context: RequestContext;
  readonly writes: readonly PutWrite[];
}

/** Callers whose Scopes have one shape share a text. Undefined when the writes refer to nothing that is looked at. */
export const referenceShape = ({ context, writes }: Referring): string | undefined =>
  writes.some((write) => refersOf(write).length) ? context.scope.shape : undefined;

/** A select of `lost` and `refused`, of creates by one or several callers; `next` gives the placeholder of the next parameter. */
export function createReferences({ context: { scope } }: Referring, next: () => string): string {
  const sql = new AskedColumns();
  const there = isThere(scope, 't', sql);
  const names = ['type', 'id', 'required', ...sql.values.map((_, index) => `p${index + 1}`)];
  const columns = names.map((name) => cut(`${next()}::text`, name === 'required' ? 'boolean' : 'text'));
  return `select ${told} from unnest(${columns.join(', ')}) with ordinality as q(${names.join(', ')}, at) ${seenOf(there)} where not s.seen`;
}

/** The parameters of `createReferences`. */
export function createReferenceValues(calls: readonly Referring[]): string[] {
  const rows = calls.flatMap(({ context, writes }): Cell[][] => {
    const sql = new AskedColumns();
    isThere(context.scope, 't', sql);
    return askedOf(writes).map(({ type, id, required }) => [type, id, required, ...(sql.values as Cell[])]);
  });
  return (rows[0] ?? []).map((_, place) => column(rows.map((row) => row[place])));
}

/**
 * The CTE `lost` of PUTs and updates, and the select of `lost` and `refused` from it. What the stored resource refers to already
 * may stand, since its target may have been deleted meanwhile: of what the caller may change alone, and not where references are
 * hidden from it.
 */
export function putReferences<Input extends Referring>(
  sql: Template<Input>,
  { context }: Input,
): { cte: string; told: string } {
  const rows = ({ writes }: Input): Cell[][] =>
    writes.flatMap((write, at) =>
      refersOf(write).map(({ type, id, required }) => [at + 1, type, id, required]),
    );
  const columns = ['bigint', 'text', 'text', 'boolean'].map((type, place) =>
    cut(
      sql.param((input) => column(rows(input).map((row) => row[place])), 'text'),
      type,
    ),
  );
  const scoped = (compile: typeof isThere, row: string) =>
    sql.scope(context.scope, (input) => input.context.scope, row, compile);
  const writable = sql.scope(context.writable(), (input) => input.context.writable(), 'k');
  const cte = `asked as materialized (select * from unnest(${columns.join(', ')}) with ordinality as p(n, type, id, required, at)),
lost as materialized (select p.at, p.required from (select distinct type, id from asked) q ${seenOf(scoped(isThere, 't'))}
  join asked p on p.type = q.type and p.id = q.id
  where not s.seen and not exists (
    select from input i join resource k on k.type = i.type and k.id = i.id join reference x on x.bucket = k.bucket and x.rid = k.rid
    where i.n = p.n and not k.deleted and x.target = p.id and x.target_type = p.type and ${writable} and ${scoped(isWhole, 'k')} offset 0
  ))`;
  return { cte, told: `select ${told} from lost` };
}
