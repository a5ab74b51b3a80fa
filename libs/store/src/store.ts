import { randomUUIDv7 } from 'node:crypto';
import { Problem } from '@naravard/fhir';
import { SqlBuilder } from '@naravard/search';
import pg from 'pg';
import { auditColumns, auditRow, auditValues } from './audit.ts';
import type { CreateCall } from './create-statement.ts';
import { createLanes } from './creates.ts';
import { clientConfig, type DatabaseOptions, openPool } from './database.ts';
import { explainSearch } from './explain.ts';
import { isTakenId, problemOf } from './failure.ts';
import { gather, type Run } from './gathered.ts';
import { historyPage } from './history.ts';
import type { Lanes } from './lanes.ts';
import { lightUpdate } from './light-update.ts';
import { checkSchema } from './migrate.ts';
import { readOne } from './read.ts';
import { reindexStep } from './reindex.ts';
import { searchPage } from './search.ts';
import { loadCatalog } from './search-catalog.ts';
import { Statements } from './statement.ts';
import { inTransaction, transactionOn } from './transaction.ts';
import type { PutWrite, RequestContext, Store, Write, Written } from './types.ts';
import { writeAll } from './write.ts';
import { whyNot } from './write-refused.ts';

const stored = new Set<Written['result']>(['created', 'updated', 'unchanged', 'deleted']);

/** Carries the results of writes that were undone out of their transaction. */
class Undone extends Error {
  readonly written: Written[];

  constructor(written: Written[]) {
    super('undone');
    this.written = written;
  }
}

/**
 * Opens the store on a migrated database.
 * @throws Problem 'unavailable' when the schema is not this release's.
 */
export async function openStore(options: DatabaseOptions): Promise<Store> {
  const pool = openPool(options);
  const statements = new Statements();
  const creates = createLanes(statements, pool);
  const run = gather(statements, pool);
  // Lanes of their own: a search that is slow after all keeps no read waiting.
  const searches = gather(statements, pool);
  try {
    await checkSchema(pool);
  } catch (error) {
    await pool.end();
    throw problemOf(error);
  }
  return {
    read: (context, type, id) => readOne(run, context, { type, id }),
    readVersion: (context, type, id, version) => readOne(run, context, { type, id, version }),
    search: (context, query) => searchPage(statements, pool, searches, context, query),
    explain: async (context, query) => {
      const plan = await explainSearch(statements, pool, context, query);
      await note(pool, statements, context, 0, 'explained: the plan, no data', query.parts[0]?.type);
      return plan;
    },
    history: (context, query) => historyPage(statements, pool, context, query),
    write: (context, writes) => write(pool, statements, creates, run, context, writes),
    transaction: (context, work) =>
      inTransaction(pool, (client) => work(transactionOn(statements, client, context))),
    catalog: () => loadCatalog(statements, pool),
    reindex: (type, known, restage, options) => reindexStep(statements, pool, type, known, restage, options),
    refuse: (context, outcome, reason, type) => note(pool, statements, context, outcome, reason, type),
    ready: () => probe(options),
    newId: () => randomUUIDv7(),
    close: () => pool.end(),
  };
}

const isCreate = (write: Write): write is PutWrite => write.kind === 'put' && write.mode === 'create';

async function write(
  pool: pg.Pool,
  statements: Statements,
  creates: Lanes<CreateCall, Written[]>,
  run: Run,
  context: RequestContext,
  writes: readonly Write[],
) {
  if (!writes.length) return [];
  if (writes.every(isCreate)) {
    return creates.answer({ context, writes }).catch((error: unknown) => {
      if (isTakenId(error)) return whyNot(statements, pool, context, writes);
      throw error;
    });
  }
  const [only] = writes;
  if (writes.length === 1 && only) {
    const updated = only.kind === 'put' ? await lightUpdate(run, context, only) : undefined;
    if (updated) return [updated];
    // Without If-Match the row may have changed since the statement began, which then sees index rows of before: the
    // lock of a transaction comes first.
    if (only.kind === 'delete' || only.expected !== undefined)
      return writeAll(statements, pool, context, writes);
    return inTransaction(pool, (client) => transactionOn(statements, client, context).write(writes));
  }
  try {
    return await inTransaction(pool, async (client) => {
      const written = await transactionOn(statements, client, context).write(writes);
      if (written.some(({ result }) => !stored.has(result))) throw new Undone(written);
      return written;
    });
  } catch (error) {
    const undone = error instanceof Problem ? error.cause : error;
    if (undone instanceof Undone) return undone.written;
    throw error;
  }
}

/** An audit row for what discloses nothing. */
async function note(
  pool: pg.Pool,
  statements: Statements,
  context: RequestContext,
  outcome: number,
  reason: string,
  type?: string,
): Promise<void> {
  const sql = new SqlBuilder();
  const audit = sql.param(auditValues(context), 'text[]');
  const row = auditRow(audit, {
    reason: sql.param(reason, 'text'),
    outcome: sql.param(outcome, 'smallint'),
    bucket: '0',
    type: sql.param(type ?? null, 'text'),
    patient: 'null',
    targets: `'{}'`,
  });
  await statements.run(pool, `insert into audit (${auditColumns}) select ${row}`, sql.values);
}

/** A new connection, because a pool's old ones may work where a new one cannot be had. */
async function probe(options: DatabaseOptions): Promise<void> {
  const client = new pg.Client({ ...clientConfig(options), connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await checkSchema(client);
  } catch (error) {
    throw problemOf(error);
  } finally {
    await client.end().catch(() => {});
  }
}
