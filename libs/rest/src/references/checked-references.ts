import { type Definitions, type Finding, Problem } from '@naravard/fhir';
import {
  type ReferringWrite,
  type Store,
  UnresolvedReferences,
  type Write,
  type Written,
  type WrittenReferring,
} from '@naravard/store';
import { atEntry } from '../bundle/at-entry.ts';
import type { StagedWrite } from '../rules/staged-write.ts';
import { type Judge, type Judged, judgeReferences } from './judged-references.ts';
import type { ReferencePolicy } from './reference-policy.ts';

/**
 * http://hl7.org/fhir/R4/http.html#create, http://hl7.org/fhir/R4/validation.html: the store, in which what a write refers to is
 * looked at in the statement that writes it. What is required and not there refuses the write; other findings come with its
 * answer. What is written together counts as there. What an operation writes it has looked up itself.
 */
export function checkedReferences(
  store: Store,
  definitions: Definitions,
  base: string,
  policy: ReferencePolicy,
): Store {
  if (policy.policy === 'off') return store;
  const judge = judgeReferences(definitions, base, policy);
  return {
    ...store,
    write: (context, writes) => checked(judge, writes, (all) => store.write(context, all)),
    transaction: (context, work) =>
      store.transaction(context, (transaction) =>
        work({
          ...transaction,
          write: (writes) => checked(judge, writes, (all) => transaction.write(all)),
        }),
      ),
  };
}

const isLookedAt = (write: Write): write is StagedWrite =>
  write.kind === 'put' && 'staged' in write && write.operation !== true;

async function checked(
  judge: Judge,
  writes: readonly Write[],
  write: (writes: readonly Write[]) => Promise<Written[]>,
): Promise<Written[]> {
  const own = new Set(writes.filter(({ kind }) => kind === 'put').map(({ type, id }) => `${type}/${id}`));
  const judged = new Map<StagedWrite, Judged>();
  for (const each of writes) if (isLookedAt(each)) judged.set(each, judge(each, own));
  refuse([...judged].map(([each, { findings }]) => [each, findings]));
  const asked = new Map<Write, StagedWrite>();
  const all = writes.map((each): Write => {
    const refers = isLookedAt(each) ? judged.get(each)?.refers : undefined;
    if (!refers?.length) return each;
    const referring: ReferringWrite = { ...(each as StagedWrite), refers };
    asked.set(referring, each as StagedWrite);
    return referring;
  });
  const written = await write(all).catch((error: unknown) => {
    if (!(error instanceof UnresolvedReferences)) throw error;
    throw refusalOf(error, asked, judged) ?? error;
  });
  for (const [at, each] of writes.entries()) {
    if (!isLookedAt(each)) continue;
    const { unresolved = [] } = (written[at] ?? {}) as Partial<WrittenReferring>;
    const { findings, missing } = judged.get(each) as Judged;
    note(each, [...findings, ...missing(unresolved)]);
  }
  return written;
}

function refusalOf(
  { missing }: UnresolvedReferences,
  asked: ReadonlyMap<Write, StagedWrite>,
  judged: ReadonlyMap<StagedWrite, Judged>,
): Problem | undefined {
  const findings = [...missing].flatMap(([write, targets]) => {
    const staged = asked.get(write);
    return staged ? placed(staged, judged.get(staged)?.missing(targets) ?? []) : [];
  });
  return findings.length ? new Problem('unprocessable', findings) : undefined;
}

/** @throws Problem 'unprocessable' with the findings of all writes, where one is an error */
function refuse(found: readonly (readonly [StagedWrite, readonly Finding[]])[]): void {
  const findings = found.flatMap(([write, each]) => placed(write, each));
  if (findings.some(({ severity }) => severity === 'error')) throw new Problem('unprocessable', findings);
}

/** A transaction that is run again notes nothing twice. */
function note({ warnings }: StagedWrite, findings: readonly Finding[]): void {
  const keyOf = ({ expression, diagnostics }: Finding) => `${expression} ${diagnostics}`;
  const noted = new Set(warnings.map(keyOf));
  for (const finding of findings) if (!noted.has(keyOf(finding))) warnings.push(finding);
}

/** With the place of the entry where they came in a Bundle. */
const placed = ({ entry: index }: StagedWrite, findings: readonly Finding[]): readonly Finding[] =>
  index === undefined || !findings.length
    ? findings
    : atEntry({ index }, new Problem('unprocessable', findings)).findings;
