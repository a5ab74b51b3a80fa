import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Problem } from '@naravard/fhir';
import type pg from 'pg';

/** The migrations of this release. */
export const ownMigrations = fileURLToPath(new URL('../migrations', import.meta.url));

export const migrationTable = 'schema_migration';

/** Names of the migrations in a folder, in order: `0001_engine`, `0011_expand_priority`. */
export const migrationsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -4))
    .sort();

/** Names of the migrations that a database has had, in order. Throws what PostgreSQL says when there is no schema. */
export async function appliedTo(client: pg.ClientBase | pg.Pool): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`select name from ${migrationTable} order by id`);
  return rows.map(({ name }) => name);
}

/**
 * What a migration says of itself by its name, which is all that another release knows of it. `expand`: processes of the
 * release before go on beside it. `contract`: takes away what this release no longer uses, so it may wait until they have
 * ended. Whatever is marked neither breaks them. CONTRIBUTING.md, "Migrations".
 */
export const kindOfMigration = (name: string): 'expand' | 'contract' | 'break' => {
  const marked = /^\d{4}_(expand|contract)_/.exec(name)?.[1];
  return marked === 'expand' || marked === 'contract' ? marked : 'break';
};

/** What a release needs of the schema: all its migrations but the contracts at their end. */
export const neededOf = (known: readonly string[]): readonly string[] =>
  known.slice(0, known.findLastIndex((name) => kindOfMigration(name) !== 'contract') + 1);

/**
 * A newer release may have expanded the schema: that takes nothing away from this one.
 * @throws Problem 'unavailable' naming the migrations that this release does not know and that do more.
 */
export function refuseNewer(known: readonly string[], applied: readonly string[]): void {
  const newer = applied.filter((name) => !known.includes(name) && kindOfMigration(name) !== 'expand');
  if (newer.length) {
    throw new Problem(
      'unavailable',
      `The schema is newer than this release (${newer.join(', ')}): upgrade the service.`,
    );
  }
}
