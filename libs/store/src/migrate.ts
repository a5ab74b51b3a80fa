import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Problem } from '@naravard/fhir';
import pg from 'pg';

const folder = fileURLToPath(new URL('../migrations', import.meta.url));
const table = 'schema_migration';

/** Names of the migrations this release knows, in order: `0001_engine`. */
const known = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -4))
    .sort();

/**
 * Brings the schema to this release: numbered SQL files, each once, under an advisory lock, in one transaction; then
 * the audit partitions of this month and the next thirteen. `url` is the owner's, not the service's.
 * @throws Problem 'unavailable' when the database holds migrations that this release does not know.
 */
export async function migrate(url: string, log: (line: string) => void = () => {}): Promise<void> {
  const { runner } = await import('node-pg-migrate');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if (await client.query(`select to_regclass('${table}') as found`).then(({ rows }) => rows[0].found)) {
      refuseUnknown(await applied(client));
    }
    await runner({
      dbClient: client,
      dir: folder,
      direction: 'up',
      migrationsTable: table,
      advisoryLockMode: 'wait',
      log,
    });
    // Two processes that grant the same at once make one of them fail.
    await client.query('begin; select pg_advisory_xact_lock(7241865325823965)');
    await client.query(`grant select on ${table} to naravard_service`);
    await client.query('grant naravard_service, naravard_netted to current_user');
    await client.query('select open_audit_partitions(current_date, 14)');
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/**
 * Refuses to work on a schema that is not exactly this release's.
 * @throws Problem 'unavailable' naming what is missing or unknown.
 */
export async function checkSchema(client: pg.ClientBase | pg.Pool): Promise<void> {
  const names = await applied(client).catch((cause: unknown) => {
    throw new Problem('unavailable', 'The database has no schema yet: run `npm run migrate`.', { cause });
  });
  refuseUnknown(names);
  const missing = known().filter((name) => !names.includes(name));
  if (missing.length) {
    throw new Problem('unavailable', `The schema lacks ${missing.join(', ')}: run \`npm run migrate\`.`);
  }
}

async function applied(client: pg.ClientBase | pg.Pool): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`select name from ${table} order by id`);
  return rows.map(({ name }) => name);
}

function refuseUnknown(names: readonly string[]): void {
  const release = new Set(known());
  const unknown = names.filter((name) => !release.has(name));
  if (unknown.length) {
    throw new Problem(
      'unavailable',
      `The schema is newer than this release (${unknown.join(', ')}): upgrade the service.`,
    );
  }
}
