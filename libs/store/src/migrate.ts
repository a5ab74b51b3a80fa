import { Problem } from '@naravard/fhir';
import pg from 'pg';
import { loginRefused } from './login-refused.ts';
import {
  appliedTo,
  migrationsIn,
  migrationTable,
  neededOf,
  ownMigrations,
  refuseNewer,
} from './migrations.ts';

export interface MigrateOptions {
  /**
   * `needed`: up to what this release needs, beside which the release before goes on if all of it expands. `all`: the contracts
   * at the end too, after which the release before works no more. Default all; a database without a schema gets all.
   */
  steps?: 'needed' | 'all';
  /** The release's migrations, this release's when absent. */
  folder?: string;
}

export interface Migrated {
  applied: string[];
  /** Contracts that wait for `all`. */
  waiting: string[];
}

/** Held by who migrates, for as long as its session lasts. */
const lock = '7241865325823965';
/** Milliseconds that a migration waits for requests that hold a table; all later requests wait behind it. */
const patience = 5_000;

/**
 * Brings the schema to this release: numbered SQL files, each once, one process at a time, all in one transaction; then
 * the audit partitions of this month and the next thirteen. `url` is the owner's, not the service's.
 * @throws Problem 'unavailable' when the database holds migrations that this release does not know and that are no
 * expansions, or when a running request holds a table for long: nothing is changed then.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<Migrated> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(`select pg_advisory_lock(${lock})`);
    await client.query(`set lock_timeout = ${patience}`);
    await requireOwner(client);
    const done = await runPending(client, options);
    // Two processes that grant the same at once make one of them fail, hence within the lock.
    await client.query('begin');
    await client.query(`grant select on ${migrationTable} to naravard_service`);
    await client.query('grant naravard_service, naravard_netted to current_user');
    await client.query('select open_audit_partitions(current_date, 14)');
    await client.query('commit');
    return done;
  } catch (error) {
    throw busy(error) ?? loginRefused(error) ?? error;
  } finally {
    await client.end();
  }
}

/** Else a migration fails in its midst, by the name of a table. */
async function requireOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>(
    `select has_schema_privilege('public', 'create') and (
  to_regclass('${migrationTable}') is null or exists (
    select from pg_class where oid = to_regclass('${migrationTable}') and pg_has_role(relowner, 'usage')
  )
) as may`,
  );
  if (!rows[0]?.may)
    throw new Problem(
      'forbidden',
      'Only the owner of the schema may do this: set DATABASE_URL to its login.',
    );
}

async function runPending(client: pg.Client, options: MigrateOptions): Promise<Migrated> {
  const { steps = 'all', folder = ownMigrations } = options;
  const known = migrationsIn(folder);
  const { rows } = await client.query(`select to_regclass('${migrationTable}') as found`);
  const before = rows[0].found ? await appliedTo(client) : [];
  refuseNewer(known, before);
  const wanted = steps === 'all' || before.length === 0 ? known : neededOf(known);
  const pending = wanted.filter((name) => !before.includes(name));
  if (pending.length) {
    const { runner } = await import('node-pg-migrate');
    await runner({
      dbClient: client,
      dir: folder,
      direction: 'up',
      migrationsTable: migrationTable,
      count: pending.length,
      noLock: true,
      log: () => {},
    });
  }
  return {
    applied: pending,
    waiting: known.filter((name) => !wanted.includes(name) && !before.includes(name)),
  };
}

const busy = (error: unknown): Problem | undefined =>
  (error as { code?: unknown }).code === '55P03'
    ? new Problem(
        'unavailable',
        'A running request or transaction holds a table that a migration changes: nothing was changed, try again.',
        { cause: error },
      )
    : undefined;
