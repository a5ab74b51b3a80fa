import { keeperRights, keyOfActor, type Made } from '@naravard/access';
import { applyJsonPatch, Problem } from '@naravard/fhir';
import type { KnownFact, PutWrite, RequestContext, Stored } from '@naravard/store';
import type { Call } from '../call.ts';
import type { Engine } from '../engine.ts';
import { textOf } from '../reply.ts';
import { stage } from '../stage.ts';
import { writeAll } from '../written.ts';
import type { Keeper } from './callers.ts';

/** What an operation comes to: resources to write, and Consents (`Consent/id`) that end. */
export interface Recording {
  readonly made: readonly Made[];
  readonly ended?: readonly string[];
  /** That the person wants what ends to end, as staff have taken it down: noted in it. */
  readonly wished?: boolean;
}

/** `Type/id` of what was made, in its order. */
type Recorded = readonly string[];

/** A request in which its keeper's Consents about one patient are all that is seen and changed. `reason`: for the audit. */
export function keeping(
  { context, id }: Pick<Call, 'context' | 'id'>,
  { organisation, unit }: Keeper,
  reason: string,
): RequestContext {
  const key = keyOfActor(organisation);
  const { actor, at } = context;
  return {
    ...context,
    ...keeperRights(key, id, at, reason),
    actor: { ...actor, organisation: key, unit },
  };
}

/**
 * Records what `judge` makes of the facts about the call's patient, all of it or nothing: written as any resource is, with
 * validation, rules, stated facts and audit. Who records about the same patient waits, so that of two answers one is the
 * later. @throws Problem 'not-found' when there is no such Patient; what `judge` throws
 */
export function record(
  engine: Engine,
  { id }: Pick<Call, 'id'>,
  context: RequestContext,
  judge: (facts: readonly KnownFact[]) => Recording,
): Promise<Recorded> {
  return engine.store.transaction(context, async (transaction) => {
    await transaction.current([{ type: 'Patient', id }]);
    const facts = await transaction.facts(id);
    if (!facts) throw new Problem('not-found');
    const { made, ended = [], wished = false } = judge(facts);
    const earlier = await transaction.current(ended.map(keyOf));
    const writes = [
      ...earlier
        .filter((stored) => stored !== undefined)
        .map((stored) => endOf(engine, context, stored, wished ? verifiedWith(id, context.at) : [])),
      ...made.map((resource) => creationOf(engine, context, resource)),
    ];
    await writeAll(transaction, writes);
    return writes.slice(writes.length - made.length).map(({ type, id: made }) => `${type}/${made}`);
  });
}

/** Of `Type/id`. */
export const keyOf = (source: string): { type: string; id: string } => {
  const [type = '', id = ''] = source.split('/');
  return { type, id };
};

function creationOf(engine: Engine, context: RequestContext, resource: Made): PutWrite {
  const { resourceType: type } = resource;
  const text = JSON.stringify(resource);
  const id = engine.store.newId();
  return stage(engine, context, { type, id, text, resource, method: 'POST', mode: 'create', operation: true })
    .write;
}

/** An inactive Consent states nothing; its version tells when it ended and by whom. */
function endOf(engine: Engine, context: RequestContext, stored: Stored, noted: readonly object[]): PutWrite {
  const { type, id, version } = stored;
  const patch = [{ op: 'replace', path: '/status', value: 'inactive' }, ...noted];
  const text = applyJsonPatch(textOf(stored), JSON.stringify(patch));
  const method = 'PATCH';
  return stage(engine, context, {
    type,
    id,
    text,
    method,
    mode: 'update',
    expected: version,
    operation: true,
  }).write;
}

/** http://hl7.org/fhir/R4/consent-definitions.html#Consent.verification */
const verifiedWith = (patient: string, at: string): object[] => [
  {
    op: 'add',
    path: '/verification',
    value: [{ verified: true, verifiedWith: { reference: `Patient/${patient}` }, verificationDate: at }],
  },
];
