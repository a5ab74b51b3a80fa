import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { CannotStart } from '../cannot-start.ts';
import { readConfig } from '../config.ts';
import { runTool } from '../explain.ts';
import { type Batch, patientGroups, registerBatches } from './batches.ts';
import { ANCHOR, transaction } from './patient-records.ts';
import { openTarget, type Target } from './target.ts';

const USAGE = `npm run seed -- [--patients 1000] [--seed 1] [--anchor ${ANCHOR}]
Fills the sandbox with made-up patients of Halland. The same numbers give the same data; a second run changes nothing.`;

/** Transactions under way at a time: more than the two cores of a small machine, so that neither side waits. */
const AT_ONCE = 4;

async function main(): Promise<void> {
  const { patients, seed, anchor } = options();
  const target = await openTarget(readConfig(process.env));
  try {
    console.error(`Seeding ${patients} patients (seed ${seed}, until ${anchor}) into ${target.about}`);
    const started = performance.now();
    const written = await sendAll(target, patients, seed, anchor);
    const seconds = (performance.now() - started) / 1000;
    console.error(`${written} resources in ${seconds.toFixed(1)} s: ${Math.round(written / seconds)}/s`);
  } finally {
    await target.close();
  }
}

function options(): { patients: number; seed: number; anchor: string } {
  try {
    const { values } = parseArgs({
      options: {
        patients: { type: 'string', default: '1000' },
        seed: { type: 'string', default: '1' },
        anchor: { type: 'string', default: ANCHOR },
      },
    });
    const patients = Number(values.patients);
    const seed = Number(values.seed);
    const whole = [patients, seed].every(
      (number) => Number.isInteger(number) && number >= 0 && number <= 100_000,
    );
    if (!whole || Number.isNaN(Date.parse(values.anchor))) throw new Error('a number or date cannot be read');
    return { patients, seed, anchor: values.anchor };
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\n${USAGE}`);
  }
}

async function sendAll(target: Target, patients: number, seed: number, anchor: string): Promise<number> {
  const bar = new SingleBar({
    format: '{bar} {percentage} % | {value}/{total} patients | {rate} resources/s | {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
    noTTYOutput: true,
  });
  const started = performance.now();
  let written = 0;
  const send = async ({ writer, resources, patients: done }: Batch) => {
    await target.send(writer, transaction(resources));
    written += resources.length;
    bar.increment(done, { rate: Math.round((written / (performance.now() - started)) * 1000) });
  };
  bar.start(patients, 0, { rate: 0 });
  try {
    for (const batch of registerBatches(seed)) await send(batch);
    await inTurns(patientGroups(seed, patients, anchor), AT_ONCE, send);
  } finally {
    bar.stop();
  }
  return written;
}

/** `count` workers that take the next group when they have sent one, batch by batch. */
async function inTurns(
  groups: Generator<Batch[]>,
  count: number,
  send: (batch: Batch) => Promise<void>,
): Promise<void> {
  const worker = async () => {
    for (const group of groups) for (const batch of group) await send(batch);
  };
  await Promise.all(Array.from({ length: count }, worker));
}

await runTool(main);
