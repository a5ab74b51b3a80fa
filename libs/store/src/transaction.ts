import { setTimeout as wait } from 'node:timers/promises';
import { compileScope, type Query, SqlBuilder } from '@naravard/search';
import type pg from 'pg';
import { linesDone } from './bulk-import/done-lines.ts';
import { isRetryable, problemOf } from './failure.ts';
import { alone, atOnce } from './gathered.ts';
import { keepersOf } from './keepers.ts';
import { keyArrays } from './key-arrays.ts';
import { patientFacts } from './patient-facts.ts';
import { readOne, storedOf, type VersionRow, versionColumns } from './read.ts';
import { relatedPatients } from './related.ts';
import { type Condition, lockConditions, resolveConditions } from './resolve.ts';
import { searchPage } from './search.ts';
import { checkSeen, factsOf, seenColumn } from './seen.ts';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext, Stored, Transaction, Write } from './types.ts';
import { visibleKeys } from './visible.ts';
import { writeAll } from './write.ts';

const attempts = 5;

/** Full jitter between 10 and 500 ms, growing with the attempt. */
const pause = (attempt: number) => wait(10 + Math.random() * Math.min(490, 20 * 2 ** attempt));

/**
 * Runs `work` between BEGIN and COMMIT (READ COMMITTED) and again from nothing when it loses to another transaction:
 * everything it built in the first run is thrown away with it. `begun` sends what comes right after BEGIN.
 * @throws Problem: that of `work`, or 'unavailable' when it lost five times.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (on: Queryable) => Promise<T>,
  begun: (client: pg.ClientBase) => void,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect().catch((error: unknown) => {
      throw problemOf(error);
    });
    // A connection that is lost fails its statement; its event besides would end the process.
    const ignore = () => {};
    client.on('error', ignore);
    const release = (broken: boolean) => {
      client.off('error', ignore);
      client.release(broken);
    };
    try {
      // Not awaited: what `work` sends first leaves together with it, and fails with it.
      client.query('begin').catch(() => {});
      begun(client);
      const result = await work(client);
      await client.query('commit');
      release(false);
      return result;
    } catch (error) {
      // A connection that cannot roll back is not given back to the pool.
      const broken = await client.query('rollback').then(
        () => false,
        () => true,
      );
      release(broken);
      if (!isRetryable(error) || attempt === attempts) throw problemOf(error);
      await pause(attempt);
    }
  }
}

/** The Transaction of one run. */
export function transactionOn(statements: Statements, on: Queryable, context: RequestContext): Transaction {
  const searching = { ...context, scope: context.searchable() };
  const shared = atOnce(statements, on);
  return {
    resolve: (conditions: readonly Condition[]) =>
      inTurn(
        lockConditions(statements, on, conditions),
        resolveConditions(statements, on, searching, conditions),
      ),
    current: (keys) => inTurn(lockRows(statements, on, keys), currentVersions(statements, on, context, keys)),
    write: (writes: readonly Write[]) =>
      inTurn(lockRows(statements, on, writes.filter(mayWait)), writeAll(statements, on, context, writes)),
    related: (patients) => relatedPatients(alone(statements, on), context, patients),
    facts: (patient) => patientFacts(statements, on, patient),
    keepers: (keys) => keepersOf(statements, on, context, keys),
    visible: (keys) => visibleKeys(shared, context, keys),
    read: (type, id) => readOne(statements.composed, shared, context, { type, id }),
    search: (query: Query) => searchPage(statements, on, shared, { ...searching, query: query.self }, query),
    imported: (held, done) => linesDone(statements, on, context, held, done),
  };
}

/** Both were sent in this order on one connection and run in it; the first failure is the one that tells. */
async function inTurn<T>(first: Promise<unknown>, second: Promise<T>): Promise<T> {
  const [before, after] = await Promise.allSettled([first, second]);
  if (before.status === 'rejected') throw before.reason;
  if (after.status === 'rejected') throw after.reason;
  return after.value;
}

const mayWait = (write: Write): boolean => write.kind === 'delete' || write.mode !== 'create';

/**
 * Locks rows in (type, id) order, the order of every writer, so that no two wait for each other in a circle. Lateral,
 * so that each row is looked up by its key whatever the planner thinks of the table.
 */
async function lockRows(
  statements: Statements,
  on: Queryable,
  keys: readonly { type: string; id: string }[],
) {
  if (!keys.length) return;
  const sorted = keys.toSorted((a, b) => (a.type < b.type || (a.type === b.type && a.id < b.id) ? -1 : 1));
  const text = `select 1 from unnest($1::text[], $2::text[]) as k(type, id)
cross join lateral (select from resource r where r.type = k.type and r.id = k.id for update) r`;
  await statements.run(on, text, [sorted.map(({ type }) => type), sorted.map(({ id }) => id)]);
}

async function currentVersions(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  keys: readonly { type: string; id: string }[],
): Promise<(Stored | undefined)[]> {
  if (!keys.length) return [];
  const sql = new SqlBuilder();
  const [types, ids] = keyArrays(keys, sql);
  const text = `select i.n, ${versionColumns}, ${seenColumn('k')} as seen, ${factsOf(context, 'k.patient', 'array[k.custodian]', sql)} as facts
from unnest(${types}, ${ids}) with ordinality as i(type, id, n)
join resource k on k.type = i.type and k.id = i.id
join version v on v.bucket = k.bucket and v.rid = k.rid and v.version = k.version
where ${compileScope(context.scope, 'k', sql)}`;
  const found: (Stored | undefined)[] = keys.map(() => undefined);
  const rows = await statements.run<VersionRow & { n: string }>(on, text, sql.values);
  for (const [index, stored] of checkSeen(context, rows, storedOf).entries()) {
    found[Number(rows[index]?.n) - 1] = stored;
  }
  return found;
}
