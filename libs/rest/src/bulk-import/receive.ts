import { randomUUID } from 'node:crypto';
import { Problem } from '@naravard/fhir';
import { type HeldImport, type Import, lostImport } from '@naravard/store';
import type { Call } from '../call.ts';
import type { Engine } from '../engine.ts';
import { problemOf } from '../framework-error.ts';
import { jobHolderOf } from '../jobs/held-actor.ts';
import type { Reply } from '../reply.ts';
import { type FileLine, fileLines } from './file-lines.ts';
import { importReply } from './import-answer.ts';
import { type ImportLine, readLine } from './import-line.ts';
import { checkImporter, chosenId } from './importer.ts';
import { writeLines } from './write-lines.ts';

/** Milliseconds that an import is kept from other uploads without a sign of life. */
const LEASE = 30_000;
/** Lines, and bytes of them, that are written together. */
const LINES = 50;
const BYTES = 1_000_000;
/** Refused lines of an import: a file with more is wrong as a whole. */
const MOST_REFUSED = 10_000;

/**
 * Writes the lines of a file as they come, and answers at its end with how many became what. With the id of an import that broke
 * off, what is done of it is passed over: by the numbers of the lines, and by a digest of the file so far.
 * @throws Problem 'forbidden', 'bad-request'; 'conflict' for another file, or while another upload of it goes on; 'too-large';
 * 'unprocessable' when too much is refused; 'unavailable'
 */
export async function receive(engine: Engine, call: Call): Promise<Reply> {
  const { actor } = call.context;
  checkImporter(actor);
  const id = chosenId(call);
  const { imports } = engine.store;
  const holder = jobHolderOf(actor);
  const upload = { worker: randomUUID(), lease: LEASE, hours: engine.jobHours };
  const begun = await imports.begin(call.context, { id, holder, ...upload });
  const held = { key: begun.key, ...upload };
  const beat = setInterval(() => imports.keep(held).catch(() => {}), LEASE / 3).unref();
  try {
    await readFile(engine, call, begun, held);
  } catch (error) {
    await imports.release(held, 'interrupted').catch(() => {});
    throw resumable(error);
  } finally {
    clearInterval(beat);
  }
  await imports.release(held, 'done');
  const done = await imports.find(id, holder);
  if (!done) throw lostImport();
  return importReply(engine, done);
}

function resumable(error: unknown): Problem {
  const problem = problemOf(error);
  if (problem.kind !== 'unavailable' || !problem.cause) return problem;
  const text = 'Send the file again in a few seconds with the same id, and it goes on where it was.';
  return new Problem('unavailable', text, { cause: problem.cause });
}

async function readFile(engine: Engine, call: Call, begun: Import, held: HeldImport): Promise<void> {
  const lines = linesLeft(fileLines(call.stream ?? none(), engine.limits.bodyBytes), begun);
  let { refused } = begun;
  for await (const batch of batchesOf(engine, call, lines)) {
    if (refused >= MOST_REFUSED) throw tooMany();
    refused += await writeLines({ engine, call, held }, batch);
  }
}

async function* none(): AsyncGenerator<Buffer> {}

const tooMany = (): Problem =>
  new Problem(
    'unprocessable',
    `${MOST_REFUSED} lines are refused, and no more are read: see $import/[id]/outcome, mend the file, and send it with another id.`,
  );

/** The lines after those that are done. @throws Problem 'conflict' for another file */
async function* linesLeft(lines: AsyncIterable<FileLine>, begun: Import): AsyncGenerator<FileLine> {
  let isSame = begun.line === 0;
  for await (const line of lines) {
    if (line.number === begun.line) isSame = line.digest === begun.digest;
    if (line.number < begun.line) continue;
    if (!isSame) throw anotherFile();
    if (line.number === begun.line) continue;
    if (begun.state === 'done') throw anotherFile();
    yield line;
  }
  if (!isSame) throw anotherFile();
}

const anotherFile = (): Problem =>
  new Problem(
    'conflict',
    'This is not the file that was imported under this id before, or not all of it: send that one, or choose another id.',
  );

/** Of what is written together each resource has one line. */
async function* batchesOf(
  engine: Engine,
  { context }: Call,
  lines: AsyncIterable<FileLine>,
): AsyncGenerator<readonly ImportLine[]> {
  let batch: ImportLine[] = [];
  let bytes = 0;
  let keys = new Set<string>();
  for await (const each of lines) {
    const line = readLine(engine, context, each);
    const key = line.kind === 'write' ? `${line.incoming.type}/${line.incoming.id}` : '';
    const isFull = batch.length >= LINES || bytes >= BYTES || keys.has(key);
    if (isFull) {
      yield batch;
      [batch, bytes, keys] = [[], 0, new Set()];
    }
    batch.push(line);
    bytes += each.bytes?.length ?? 0;
    if (key) keys.add(key);
  }
  if (batch.length) yield batch;
}
