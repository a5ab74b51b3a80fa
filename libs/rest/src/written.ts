import { type DomainRule, Problem } from '@naravard/fhir';
import type { PutWrite, Transaction, Write, Written } from '@naravard/store';
import type { Call } from './call.ts';
import type { Engine } from './engine.ts';
import { expectedVersion } from './etag.ts';
import { type Reply, refusal } from './reply.ts';
import { inWordsOf } from './rules/findings-of.ts';
import type { StagedWrite } from './rules/staged-write.ts';
import { telling } from './telling-refusal.ts';

/** How a write was asked for, as far as it matters to why it was not done. */
export type Asked = Pick<Write, 'kind'> & {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Whether If-Match was sent. */
  matching: boolean;
  /** As in StagedWrite. */
  ownRule?: DomainRule | undefined;
};

export const askedOf = (write: Write, { conditions }: Pick<Call, 'conditions'>): Asked => ({
  kind: write.kind,
  method: write.kind === 'put' ? write.method : 'DELETE',
  matching: conditions.ifMatch !== undefined,
  ownRule: ownRuleOf(write),
});

const ownRuleOf = (write: Write | undefined): DomainRule | undefined =>
  write && 'ownRule' in write ? (write as StagedWrite).ownRule : undefined;

/**
 * Does one write that needs no transaction around it; `done` answers when it went well. A failure is returned as a
 * refusal, since the store has audited it.
 */
export async function writeAlone(
  { store }: Engine,
  call: Call,
  write: Write,
  done: (written: Written) => Reply,
): Promise<Reply> {
  const [written] = await store.write(call.context, [write]);
  if (!written) throw new Problem('internal');
  const failure = failureOf(written, askedOf(write, call));
  return failure ? refusal(failure) : done(written);
}

/** Does one write within a transaction. @throws Problem why it was not done, which undoes the transaction. */
export async function writeWithin(
  transaction: Transaction,
  call: Pick<Call, 'conditions'>,
  write: Write,
): Promise<Written> {
  const [written] = await transaction.write([write]);
  if (!written) throw new Problem('internal');
  const failure = failureOf(written, askedOf(write, call));
  if (failure) throw failure;
  return written;
}

/** Does several writes within a transaction, which no If-Match is about. @throws as `writeWithin` */
export async function writeAll(
  transaction: Pick<Transaction, 'write'>,
  writes: readonly PutWrite[],
): Promise<readonly Written[]> {
  const written = writes.length ? await transaction.write(writes) : [];
  for (const [index, each] of written.entries()) {
    const method = writes[index]?.method ?? 'POST';
    const failure = failureOf(each, {
      kind: 'put',
      method,
      matching: false,
      ownRule: ownRuleOf(writes[index]),
    });
    if (failure) throw failure;
  }
  return written;
}

/**
 * Why a write was not done, as the caller sees it; undefined when it was. What is absent and what the caller may not see
 * answer alike; what else was not done tells that there is such a resource.
 */
export function failureOf(written: Written, asked: Asked): Problem | undefined {
  const { result } = written;
  const problem = problemOf(written, asked);
  return problem && result !== 'absent' && result !== 'out-of-scope' ? telling(problem, [written]) : problem;
}

function problemOf({ result, type }: Written, { method, matching, ownRule }: Asked): Problem | undefined {
  switch (result) {
    case 'created':
    case 'updated':
    case 'unchanged':
    case 'deleted':
      return undefined;
    case 'exists':
      return method === 'PUT'
        ? existsProblem()
        : new Problem('conflict', 'The id is taken: send the request again.');
    case 'absent':
    case 'out-of-scope':
      // Deleting what is not there is done already, and what may not be seen is not there.
      if (method === 'DELETE') return undefined;
      if (method !== 'PUT') return new Problem('not-found');
      return matching ? noMatchProblem() : chooseIdProblem();
    case 'not-own':
      return notOwnProblem(type, ownRule);
    case 'kept':
      return keptProblem();
    case 'stale':
      return staleProblem(
        'The resource is not at that version: read it again, apply the change and send its new ETag.',
      );
    case 'subject-changed':
      return new Problem('unprocessable', {
        severity: 'error',
        diagnostics:
          'The patient of a resource cannot be changed: create a new resource for the other patient.',
      });
    case 'replaces':
      return new Problem('conflict', {
        severity: 'error',
        diagnostics:
          'Others have been merged into this Patient and lead to it: change it in place of deleting it.',
        sv: 'Andra registreringar är ihopförda med den här, som därför behöver finnas kvar.',
      });
    default:
      return result satisfies never;
  }
}

/** PUT to an id that is absent, or that the caller may not see. */
export function chooseIdProblem(): Problem {
  return new Problem(
    'forbidden',
    'There is nothing to update at this id: create with POST and use the id you are given.',
  );
}

/** PDL (2008:355) 5 kap 4 §, HFD 2017:67: direct access to another's record does not let anybody change it. */
function notOwnProblem(type: string, rule: DomainRule | undefined): Problem {
  const diagnostics =
    'Another organisation answers for this: only the one that wrote it may change it. Write your own part and refer to it.';
  return rule
    ? new Problem('business-rule', inWordsOf(rule, { severity: 'error', expression: type, diagnostics }))
    : new Problem('forbidden', diagnostics);
}

const keptProblem = (): Problem =>
  new Problem(
    'forbidden',
    'You may not change this yourself: the scope of your token does not reach it, or your unit has no current care relation to the patient (a nödöppning lets read alone), or protected identity is masked for you (send the change for an end user who takes part in the care), or it is a spärr (an authorised officer lifts it), or the person has been merged into another Patient (Patient/$match finds it). Du får inte ändra detta själv.',
  );

/** `If-None-Match: *` where there is something. */
export const existsProblem = (): Problem =>
  staleProblem('There is such a resource already: leave If-None-Match out to update it.', 'If-None-Match');

/** If-Match where there is nothing. */
export const noMatchProblem = (): Problem =>
  staleProblem('There is no such resource, so none at that version: leave If-Match out to create it.');

/** Of a patch, or an operation, whose If-Match is about the resource of its address. @throws Problem 'stale-version' or 'bad-request' */
export function checkMatch({ conditions }: Pick<Call, 'conditions'>, version: number): void {
  const expected = expectedVersion(conditions.ifMatch);
  if (expected === undefined || expected === version) return;
  throw staleProblem('The resource is not at that version: read it again and send its new ETag.');
}

const staleProblem = (diagnostics: string, expression = 'If-Match'): Problem =>
  new Problem('stale-version', { severity: 'error', expression, diagnostics });
