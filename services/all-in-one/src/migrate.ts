import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Migrated, migrate, moveDatabase } from '@naravard/store';
import { SingleBar } from 'cli-progress';
import { CannotStart } from './cannot-start.ts';
import { type Config, readConfig } from './config.ts';
import { type Database, openDatabase } from './database.ts';
import { runTool } from './explain.ts';
import { startEmbedded } from './sandbox/embedded.ts';

const USAGE = `npm run migrate [-- OPTION]; docs/operations.md, "Upgrading", and docs/first-month.md.
  (nothing)     what this release needs of the schema; the release before works on
  --contract    also takes away what this release no longer uses: when no process of the release before runs
  --from WHERE  then moves all data of another database into this one, which is empty: the DATA_DIR of a sandbox that is
                stopped, or postgres://...`;

/** `npm run migrate`: brings the schema of DATABASE_URL (its owner's login), or of the embedded database, to this release. */
async function main(): Promise<void> {
  const { contract, from } = readArguments();
  const config = readConfig(process.env);
  if (from !== undefined && !config.DATABASE_URL)
    throw new CannotStart('Set DATABASE_URL to the database that the data is moved into.');
  const database = await openDatabase(config, console.error);
  try {
    tell(await migrate(database.url, { steps: contract ? 'all' : 'needed' }));
    console.error(`The schema is this release's (${database.place}).`);
    if (from !== undefined) await move(from, database, config);
  } finally {
    await database.stop();
  }
}

function readArguments(): { contract: boolean; from?: string } {
  const options = { contract: { type: 'boolean', default: false }, from: { type: 'string' } } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\n${USAGE}`);
  }
}

function tell({ applied, waiting }: Migrated): void {
  for (const name of applied) console.error(`applied ${name}`);
  if (waiting.length)
    console.error(
      `Waiting for the end of the release before: ${waiting.join(', ')} (npm run migrate -- --contract).`,
    );
}

async function move(from: string, database: Database, config: Config): Promise<void> {
  const old = await openOld(from, config);
  const bar = new SingleBar({
    format: '{bar} {percentage} % | {value}/{total} rows | {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
    noTTYOutput: true,
  });
  let shown = 0;
  const onProgress = (done: number, total: number) => {
    if (!shown) bar.start(total, 0);
    bar.increment(done - shown);
    shown = done;
  };
  try {
    const rows = await moveDatabase({ from: old.url, to: database.url, onProgress }).finally(() =>
      bar.stop(),
    );
    console.error(
      `Moved to ${database.place}: ${rows.version} versions of ${rows.resource} resources, ${rows.audit} rows of audit.`,
    );
  } finally {
    await old.stop();
  }
}

/** The data of a sandbox may be of an older release: its schema is brought to this one first. */
async function openOld(from: string, config: Config): Promise<{ url: string; stop(): Promise<void> }> {
  if (/^postgres(ql)?:/.test(from)) return { url: from, stop: async () => {} };
  if (!existsSync(join(from, 'pg')))
    throw new CannotStart(`${from} is no folder of a sandbox: name its DATA_DIR (${config.DATA_DIR}).`);
  const embedded = await startEmbedded({ dataDir: from, log: console.error });
  await migrate(embedded.url);
  return embedded;
}

await runTool(main);
