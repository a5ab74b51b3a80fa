import { Problem } from '@naravard/fhir';
import type pg from 'pg';
import { loginRefused } from './login-refused.ts';
import { appliedTo, migrationsIn, neededOf, ownMigrations, refuseNewer } from './migrations.ts';

/**
 * Refuses to work on a schema that does not carry this release: one that lacks a migration, save for contracts, or that a
 * newer release has done more to than expand. Asked at the start and by each look of /readyz.
 * @param folder the release's migrations, this release's when absent
 * @throws Problem 'unavailable' naming what is missing or unknown.
 */
export async function checkSchema(
  client: pg.ClientBase | pg.Pool,
  folder: string = ownMigrations,
): Promise<void> {
  const known = migrationsIn(folder);
  const applied = await appliedTo(client).catch((cause: unknown) => {
    if ((cause as { code?: unknown }).code !== '42P01') throw loginRefused(cause) ?? cause;
    throw new Problem('unavailable', 'The database has no schema yet: run `npm run migrate`.', { cause });
  });
  refuseNewer(known, applied);
  const missing = neededOf(known).filter((name) => !applied.includes(name));
  if (missing.length) {
    throw new Problem('unavailable', `The schema lacks ${missing.join(', ')}: run \`npm run migrate\`.`);
  }
}
