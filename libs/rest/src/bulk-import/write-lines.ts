import { Problem } from '@naravard/fhir';
import { type HeldImport, LostImport, type RequestContext } from '@naravard/store';
import type { Call } from '../call.ts';
import type { Engine } from '../engine.ts';
import { problemOf } from '../framework-error.ts';
import { logFailure } from '../log-failure.ts';
import { type Staged, stage } from '../stage.ts';
import { writeAll } from '../written.ts';
import { identifiedLines } from './identified-lines.ts';
import { type ImportLine, type RefusedLine, refusedLine, type WrittenLine } from './import-line.ts';
import { type DoneLine, doneLines } from './line-outcome.ts';

/** An upload that goes on. */
export interface Upload {
  readonly engine: Engine;
  readonly call: Call;
  readonly held: HeldImport;
}

/**
 * Does lines in one transaction with what is told of them. Where one is not to be written, halves are tried until it is found:
 * it is refused, and the others are written. Gives how many are refused.
 * @throws Problem 'unavailable', or 'conflict' when the import is lost: these lines, or some of them, are not done
 */
export async function writeLines(upload: Upload, lines: readonly ImportLine[]): Promise<number> {
  try {
    return await writeTogether(upload, lines);
  } catch (error) {
    const problem = problemOf(error);
    if (problem.kind === 'unavailable' || problem.cause instanceof LostImport) throw problem;
    const [first] = lines;
    if (lines.length === 1 && first?.kind === 'write') {
      logFailure(upload.engine.log, problem, upload.call.context.request);
      return writeTogether(upload, [refusedLine(first, first.incoming.type, problem)]);
    }
    if (lines.length < 2) throw problem;
    const half = Math.ceil(lines.length / 2);
    const refused = await writeLines(upload, lines.slice(0, half));
    return refused + (await writeLines(upload, lines.slice(half)));
  }
}

/** By the rights of this moment, since an upload may last long. */
async function writeTogether({ engine, call, held }: Upload, given: readonly ImportLine[]): Promise<number> {
  const context = { ...call.context, ...engine.rights(call.context.actor) };
  const lines = await identifiedLines(engine, context, given);
  const staged = lines.map((line) => stagedLine(engine, context, line));
  const writes = staged.flatMap((line) => (line.kind === 'staged' ? [line.write] : []));
  return engine.store.transaction(context, async (transaction) => {
    const written = (await writeAll(transaction, writes))[Symbol.iterator]();
    const done = staged.map((line): DoneLine => {
      if (line.kind === 'refused') return line;
      const { number, digest, warnings } = line;
      const own = written.next().value;
      if (!own) throw new Problem('internal');
      return { kind: 'written', number, digest, written: own, warnings };
    });
    const kept = doneLines(engine, done);
    await transaction.imported(held, kept);
    return kept.refused;
  });
}

type StagedLine =
  | RefusedLine
  | (Pick<WrittenLine, 'number' | 'digest'> & Staged & { readonly kind: 'staged' });

function stagedLine(engine: Engine, context: RequestContext, line: ImportLine): StagedLine {
  if (line.kind === 'refused') return line;
  const { number, digest, incoming } = line;
  try {
    return { kind: 'staged', number, digest, ...stage(engine, context, incoming) };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status >= 500) throw problem;
    return refusedLine(line, incoming.type, problem);
  }
}
