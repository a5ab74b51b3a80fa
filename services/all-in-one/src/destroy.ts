import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { type Destroyed, type Doomed, destroy, weighDestruction } from '@naravard/store';
import { CannotStart } from './cannot-start.ts';
import { readConfig } from './config.ts';
import { openDatabase } from './database.ts';
import { runTool } from './explain.ts';

const usage = `npm run destroy -- --patient ID | --resource Type/ID --decision "IVO dnr ..." --by "NAME"
Patientdatalagen 8 kap 4 §: a record is destroyed by decision of IVO alone.`;

interface Asked {
  what: Doomed;
  /** As it is to be repeated. */
  name: string;
  decision: string;
  by: string;
}

/**
 * `npm run destroy`: destroys what is about a patient, or one resource, by decision of IVO, in the database of DATABASE_URL
 * (its owner's login) or the embedded one. Says what it will destroy, and does so when its name has been repeated.
 */
async function main(): Promise<void> {
  const asked = read(process.argv.slice(2));
  const database = await openDatabase(readConfig(process.env), console.error);
  try {
    const met = await weighDestruction(database.url, asked.what);
    if (!met.types.length) throw new CannotStart(`There is nothing of ${asked.name} to destroy.`);
    console.error(`${described(met)}\nThis cannot be undone. Decision: ${asked.decision}.`);
    await confirm(asked.name);
    await destroy(database.url, asked);
    console.error(
      'Destroyed and noted in the audit. Backups hold it until they expire: see docs/operations.md.',
    );
  } finally {
    await database.stop();
  }
}

function read(words: string[]): Asked {
  const text = { type: 'string' } as const;
  const options = { patient: text, resource: text, decision: text, by: text };
  const { values } = parsed(() => parseArgs({ args: words, options }));
  const { patient, resource, decision = '', by = '' } = values;
  const what =
    patient === undefined ? resourceOf(resource ?? '') : ({ kind: 'patient', id: patient } as const);
  if (!what || (patient !== undefined && resource !== undefined)) throw new CannotStart(usage);
  if (!/\d/.test(decision))
    throw new CannotStart(`Give the number of IVO's decision with --decision.\n${usage}`);
  if (!by.trim()) throw new CannotStart(`Give your name with --by.\n${usage}`);
  return { what, name: patient === undefined ? (resource ?? '') : `Patient/${patient}`, decision, by };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\n${usage}`);
  }
}

function resourceOf(text: string): Doomed | undefined {
  const [, type, id] = /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9.-]{1,64})$/.exec(text) ?? [];
  return type && id ? { kind: 'resource', type, id } : undefined;
}

const described = ({ types, custodians, referredFrom }: Destroyed): string =>
  [
    ...types.map(({ type, resources, versions }) => `${type}: ${resources} in ${versions} versions`),
    `Answered for by ${custodians.join(', ') || 'nobody'}.`,
    `${referredFrom} other resources refer to it and are kept.`,
  ].join('\n');

/** The name, not a mere yes: what a hand does out of habit must not destroy a record. */
async function confirm(name: string): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  const answer = await Promise.race([lines.question(`Write ${name} to go on: `), closed]);
  lines.close();
  if (answer.trim() !== name) throw new CannotStart('Nothing was destroyed: the answer was another.');
}

await runTool(main);
