import { migrate } from '@naravard/store';
import { readConfig } from './config.ts';
import { openDatabase } from './database.ts';
import { runTool } from './explain.ts';

/** `npm run migrate`: brings the schema of DATABASE_URL (its owner's login), or of the embedded database, to this release. */
async function main(): Promise<void> {
  const database = await openDatabase(readConfig(process.env), console.error);
  try {
    await migrate(database.url);
    console.error(`The schema is this release's (${database.place}).`);
  } finally {
    await database.stop();
  }
}

await runTool(main);
