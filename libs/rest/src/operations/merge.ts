import { statedFacts, writerOf } from '@naravard/access';
import { applyJsonPatch, Problem, readJson, retargeted, storedText } from '@naravard/fhir';
import type { Merge, PutWrite, Stored } from '@naravard/store';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { textOf } from '../reply.ts';
import { answered, referring, said } from './answer.ts';
import { checkScopes } from './callers.ts';
import { bad, inputOf } from './input.ts';
import { checkMergeable, mergingParty } from './mergeable.ts';
import { refused } from './refusal.ts';

/** Resources that one call moves at most. */
const most = 1_000;

/**
 * `POST Patient/[id]/$merge` (named after R5's, http://hl7.org/fhir/R5/patient-operation-merge.html): a person who was
 * registered without a number, or twice, becomes one Patient. The instance is the source; all that is about it, whoever
 * keeps it, becomes about `target-patient`, and the source is replaced by it. `preview`: only says whether it can be done.
 * Deviations from R5: no `result-patient`, and the answer refers to the target in place of showing it.
 */
export const merge: Interaction = {
  name: '$merge',
  method: 'POST',
  route: '/Patient/:id/$merge',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { context, id: source } = call;
    const party = mergingParty(context.actor);
    checkScopes(context.actor, 'Patient', 'u');
    const input = inputOf(engine, call, { 'target-patient': 'reference', preview: 'boolean' });
    const target = input.idOf('target-patient', 'Patient');
    if (target === undefined) throw bad('target-patient', 'Name the Patient that remains, as Patient/id.');
    const preview = input.isTrue('preview');
    const asking = preview ? { ...context, interaction: '$merge-preview' } : context;
    const moved = await engine.store
      .merge(asking, {
        source,
        target,
        preview,
        most,
        judge: (from, to) => checkMergeable(party, from, to, context.at),
        restage: (stored) => restaged(engine, call, stored, { source, target }),
      })
      .catch((error: unknown) => {
        throw isTaken(error) ? claimed(error) : error;
      });
    // What others keep is not told of: that there is any is for $svod-status to say (SVOD 2 kap 4 §).
    const own = moved.filter(({ custodian }) => custodian === context.actor.organisation);
    return answered(
      { name: 'preview', valueBoolean: preview },
      referring('target-patient', `Patient/${target}`),
      { name: 'moved', valueInteger: own.length },
      said(preview ? 'Registreringarna kan föras ihop.' : 'Registreringarna är ihopförda till en.'),
    );
  },
};

/** The next version of a resource of a merge. What was valid when it was written is not judged anew. */
function restaged(
  engine: Engine,
  { context: { actor } }: Call,
  stored: Stored,
  { source, target }: Pick<Merge, 'source' | 'target'>,
): PutWrite {
  const { type, id } = stored;
  const text = nextText(engine, stored, source, target);
  const resource = readJson(text, engine.limits.depth) as object;
  const { meta, body } = storedText(text);
  const claims = engine.types.get(type)?.claims?.(resource);
  return {
    kind: 'put',
    method: 'PUT',
    mode: 'update',
    type,
    id,
    meta,
    body,
    rows: engine.extract(type, id, resource),
    claims,
    ...(type === 'Patient' && { facts: statedFacts(resource, id, writerOf(actor, true), engine.base) }),
  };
}

function nextText(engine: Engine, stored: Stored, source: string, target: string): string {
  const text = textOf(stored);
  if (stored.type !== 'Patient') {
    return retargeted(text, `Patient/${source}`, `Patient/${target}`, engine.base);
  }
  return stored.id === source
    ? linked(text, `Patient/${target}`, 'replaced-by', [{ op: 'add', path: '/active', value: false }])
    : linked(text, `Patient/${source}`, 'replaces', []);
}

/** http://hl7.org/fhir/R4/patient.html#linking */
function linked(text: string, reference: string, type: string, more: readonly object[]): string {
  const { link = [] } = JSON.parse(text) as { link?: { type?: string; other?: { reference?: string } }[] };
  const has = link.some((each) => each.type === type && each.other?.reference === reference);
  const value = { other: { reference }, type };
  const add = link.length ? { path: '/link/-', value } : { path: '/link', value: [value] };
  return applyJsonPatch(text, JSON.stringify([...more, ...(has ? [] : [{ op: 'add', ...add }])]));
}

/** "One at a time" that both Patients had. */
const isTaken = (error: unknown): error is Problem =>
  error instanceof Problem &&
  error.kind === 'business-rule' &&
  (error.cause as { code?: string })?.code === '23P01';

const claimed = ({ findings }: Problem): Problem =>
  refused(
    'business-rule',
    `Both Patients have what one person may have one of: end one of them first. ${findings[0]?.diagnostics ?? ''}`,
    'Båda registreringarna har något som en person bara kan ha ett av, till exempel fast läkarkontakt. Avsluta det ena först.',
  );
