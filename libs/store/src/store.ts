import { randomUUIDv7 } from 'node:crypto';
import { Problem } from '@naravard/fhir';
import { SqlBuilder } from '@naravard/search';
import pg from 'pg';
import { auditColumns, auditRow, auditValues } from './audit.ts';
import { createAuditLog } from './audit-log/audit-log.ts';
import { createImports } from './bulk-import/create-imports.ts';
import type { CreateCall } from './create-statement.ts';
import { createLanes } from './creates.ts';
import { clientConfig, type DatabaseOptions, openPool, openReadingPool } from './database.ts';
import { explainSearch } from './explain.ts';
import { isTakenId, problemOf } from './failure.ts';
import { alone, gather } from './gathered.ts';
import { historyPage } from './history.ts';
import { createJobs } from './jobs/create-jobs.ts';
import { keepersOf } from './keepers.ts';
import { changedDefinitions } from './kept-definitions.ts';
import type { Lanes } from './lanes.ts';
import { lightUpdate } from './light-update.ts';
import { mergePatients } from './merge.ts';
import { type Net, noNet, rowSecurityNet } from './net.ts';
import { patientFacts } from './patient-facts.ts';
import { matchingPatients } from './patient-match.ts';
import { namelessStaff } from './protected-staff.ts';
import { originPage } from './provenance.ts';
import { readOne } from './read.ts';
import { reindexStep } from './reindex.ts';
import { relatedPatients } from './related.ts';
import { checkSchema } from './schema-check.ts';
import { searchPage } from './search.ts';
import { loadCatalog } from './search-catalog.ts';
import { Statements } from './statement.ts';
import { sharedData } from './svod-status.ts';
import { takesPart } from './takes-part.ts';
import { firstTime } from './token-seen.ts';
import { inTransaction, transactionOn } from './transaction.ts';
import type { PutWrite, RequestContext, Store, Transaction, Write, Written } from './types.ts';
import { visibleKeys } from './visible.ts';
import { writeAll } from './write.ts';
import { auditTold, whyNot } from './write-refused.ts';

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
  const net = options.rowSecurity ? rowSecurityNet(pool) : noNet(pool);
  const creates = createLanes(statements, pool);
  // Within the net only callers of one organisation share statements, so there are more of them.
  const lanes = options.rowSecurity ? Math.ceil((options.connections ?? 10) / 2) : 3;
  const readingPool = openReadingPool(options, 2 * lanes);
  const reading = options.rowSecurity ? rowSecurityNet(readingPool) : noNet(readingPool);
  const runs = gather(statements, reading, lanes);
  // Lanes of their own: a search that is slow after all keeps no read waiting.
  const searches = gather(statements, reading, lanes);
  const tools: Tools = { pool, net, statements, creates, runs };
  const close = async () => {
    await Promise.all([pool.end(), readingPool.end()]);
  };
  await checkSchema(pool).catch(async (error) => {
    await close();
    throw problemOf(error);
  });
  return {
    auditLog: createAuditLog(statements, net.on),
    jobs: createJobs(statements, pool, net.on),
    imports: createImports(statements, pool),
    read: (context, type, id) => readOne(statements.composed, runs(context), context, { type, id }),
    readVersion: (context, type, id, version) =>
      readOne(statements.composed, runs(context), context, { type, id, version }),
    search: (context, query) => searchPage(statements, net.on(context), searches(context), context, query),
    explain: async (context, query) => {
      const plan = await explainSearch(statements, pool, context, query);
      await note(pool, statements, context, 0, 'explained: the plan, no data', query.parts[0]?.type);
      return plan;
    },
    history: (context, query) => historyPage(statements, net.on(context), context, query),
    origins: (context, query) => originPage(statements, net.on(context), context, query),
    write: (context, writes) => write(tools, context, writes),
    transaction: (context, work) => asCaller(tools, context, work),
    visible: (context, keys) => visibleKeys(alone(statements, pool), context, keys),
    protectedStaff: () => namelessStaff(statements, pool),
    related: (context, patients) => relatedPatients(runs(context), context, patients),
    facts: (patient) => patientFacts(statements, pool, patient),
    keepers: (context, keys) => keepersOf(statements, pool, context, keys),
    shared: (context, asked) => sharedData(statements, pool, context, asked),
    takesPart: (organisation, at) => takesPart(statements, pool, organisation, at),
    match: (context, numbers) => matchingPatients(statements, pool, context, numbers),
    merge: (context, merge) => mergePatients(statements, pool, net, context, merge),
    firstTime: (issuer, jti, expires) => firstTime(statements, pool, issuer, jti, expires),
    catalog: () => loadCatalog(statements, pool),
    reindex: (...step) => reindexStep(statements, pool, net, ...step),
    definitions: (types, kept) => changedDefinitions(statements, pool, types, kept),
    refuse: (context, outcome, reason, type, told = []) =>
      told.length
        ? auditTold(statements, pool, context, { outcome, reason, type }, told)
        : note(pool, statements, context, outcome, reason, type),
    ready: () => probe(options),
    newId: () => randomUUIDv7(),
    close,
  };
}

const isCreate = (write: Write): write is PutWrite => write.kind === 'put' && write.mode === 'create';

/** What the calls of one store work with. */
interface Tools {
  pool: pg.Pool;
  net: Net;
  statements: Statements;
  creates: Lanes<CreateCall, Written[]>;
  runs: ReturnType<typeof gather>;
}

/** A caller's transaction, within the net. */
const asCaller = <T>(
  { pool, net, statements }: Tools,
  context: RequestContext,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> =>
  inTransaction(
    pool,
    (client) => work(transactionOn(statements, client, context)),
    (client) => net.enter(client, context),
  );

async function write(tools: Tools, context: RequestContext, writes: readonly Write[]) {
  const { pool, statements, creates, runs } = tools;
  if (!writes.length) return [];
  if (writes.every(isCreate)) {
    return creates.answer({ context, writes }).catch((error: unknown) => {
      if (isTakenId(error)) return whyNot(statements, pool, context, writes);
      throw error;
    });
  }
  const [only] = writes;
  if (writes.length === 1 && only) {
    const updated = only.kind === 'put' ? await lightUpdate(runs(context), context, only) : undefined;
    if (updated) return [updated];
    // Without If-Match the row may have changed since the statement began, which then sees index rows of before: the
    // lock of a transaction comes first; of a Patient that is deleted too, into which another may be merged right now.
    if ((only.kind === 'delete' && only.type !== 'Patient') || only.expected !== undefined)
      return writeAll(statements, pool, context, writes);
    return asCaller(tools, context, (transaction) => transaction.write(writes));
  }
  try {
    return await asCaller(tools, context, async (transaction) => {
      const written = await transaction.write(writes);
      if (written.some(({ result }) => !stored.has(result))) throw new Undone(written);
      return written;
    });
  } catch (error) {
    const undone = error instanceof Problem ? error.cause : error;
    if (undone instanceof Undone) return undone.written;
    throw error;
  }
}

/** An audit row for what discloses nothing; with the person that an operation was on, where there is one. */
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
  const about = sql.param(context.about ?? null, 'text');
  const row = auditRow(audit, {
    reason: sql.param(reason, 'text'),
    outcome: sql.param(outcome, 'smallint'),
    bucket: 'coalesce(p.bucket, 0)',
    type: sql.param(type ?? null, 'text'),
    patient: 'p.id',
    targets: `'{}'`,
    custodians: `'{}'`,
  });
  await statements.run(
    pool,
    `insert into audit (${auditColumns}) select ${row} from (select) one left join resource p on p.type = 'Patient' and p.id = ${about}`,
    sql.values,
  );
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
