import { type Finding, outcomeOf, Problem } from '@naravard/fhir';
import type { DoneLines, ImportCounts, LineOutcome, LineRefusal, Written } from '@naravard/store';
import type { Engine } from '../engine.ts';
import { toldBy } from '../telling-refusal.ts';
import type { RefusedLine, WrittenLine } from './import-line.ts';

/** What became of a line. */
export type DoneLine =
  | RefusedLine
  | (Pick<WrittenLine, 'number' | 'digest'> & {
      readonly kind: 'written';
      readonly written: Written;
      readonly warnings: readonly Finding[];
    });

/** What is kept of lines that are done together; the last is that of the highest number. */
export function doneLines(engine: Engine, lines: readonly DoneLine[]): DoneLines {
  const counts: Record<keyof ImportCounts, number> = {
    created: 0,
    updated: 0,
    unchanged: 0,
    refused: 0,
    warned: 0,
  };
  const outcomes: LineOutcome[] = [];
  const refusals: LineRefusal[] = [];
  for (const line of lines) {
    if (line.kind === 'refused') refusals.push(refusalOf(line));
    if (line.kind === 'written' && line.warnings.length) counts.warned += 1;
    counts[countOf(line)] += 1;
    const outcome = outcomeOfLine(engine, line);
    if (outcome) outcomes.push({ line: line.number, outcome: JSON.stringify(outcome) });
  }
  const { number = 0, digest = '' } = lines.at(-1) ?? {};
  return { ...counts, line: number, digest, outcomes, refusals };
}

function countOf(line: DoneLine): 'created' | 'updated' | 'unchanged' | 'refused' {
  if (line.kind === 'refused') return 'refused';
  const { result } = line.written;
  return result === 'created' || result === 'unchanged' ? result : 'updated';
}

const refusalOf = ({ problem, type }: RefusedLine): LineRefusal => ({
  outcome: problem.status >= 500 ? 12 : problem.status === 403 ? 8 : 4,
  reason: problem.kind,
  type: type ?? null,
  told: toldBy(problem),
});

/** Undefined for what was written and about which nothing is to be said. */
function outcomeOfLine({ base, limits }: Engine, line: DoneLine): object | undefined {
  if (line.kind === 'refused') return parametersOf(line.number, line.problem.status, undefined, line.problem);
  if (!line.warnings.length) return undefined;
  const { result, type, id, version } = line.written;
  const location = `${base}/${type}/${id}/_history/${version}`;
  const said = new Problem('invalid', line.warnings.slice(0, limits.findings));
  return parametersOf(line.number, result === 'created' ? 201 : 200, location, said);
}

const parametersOf = (line: number, status: number, location: string | undefined, said: Problem): object => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'line', valueInteger: line },
    { name: 'status', valueInteger: status },
    ...(location ? [{ name: 'location', valueUri: location }] : []),
    { name: 'outcome', resource: outcomeOf(said) },
  ],
});
