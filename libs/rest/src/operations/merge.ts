import { statedFacts, writerOf } from '@naravard/access';
import { applyJsonPatch, Problem, readJson, retargeted, storedText } from '@naravard/fhir';
import type { Merge, MovingResource, PutWrite, Stored } from '@naravard/store';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { textOf } from '../reply.ts';
import { answered, referring, said } from './answer.ts';
import { checkScopes } from './callers.ts';
import { bad, inputOf } from './input.ts';
import { checkMergeable, checkRepresentatives, mergingParty } from './mergeable.ts';
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
    // What others keep is not told of: that there is any is for $svod-status to say (SVOD 2 kap 4 §).
    const kept = (all: readonly MovingResource[]) =>
      all.filter(({ custodian }) => custodian === context.actor.organisation);
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
        judgeMoved: (resources, registrar) => {
          for (const { type } of kept(resources)) checkScopes(context.actor, type, 'u');
          checkRepresentatives(resources, registrar);
        },
        restage: (stored) => restaged(engine, call, stored, { source, target }),
      })
      .catch((error: unknown) => {
        throw isTaken(error) ? claimed(error) : error;
      });
    return answered(
      { name: 'preview', valueBoolean: preview },
      referring('target-patient', `Patient/${target}`),
      { name: 'moved', valueInteger: kept(moved).length },
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
  const text =
    type === 'Patient' ? linkedText(stored, source, target) : movedText(engine, stored, source, target);
  const resource = readJson(text) as object;
  const { meta, body } = storedText(text);
  const claims = engine.types.get(type)?.claims?.(resource, stored.custodian);
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

/**
 * What is stored as about the source is about it, also where it says so under an address that was ours once: then references to
 * a Patient of this id are to the source, whatever their address. @throws Problem 'unprocessable'
 */
function movedText(engine: Engine, stored: Stored, source: string, target: string): string {
  for (const base of [engine.base, null]) {
    const text = retargeted(textOf(stored), `Patient/${source}`, `Patient/${target}`, base);
    const { patient } = engine.extract(stored.type, stored.id, readJson(text) as object);
    if (patient === target) return text;
  }
  throw refused(
    'unprocessable',
    'A resource about the source names it in a way that cannot be made to name the target: let the organisation that keeps it write its reference anew, as Patient/id.',
    'En uppgift om personen hänvisar till registreringen på ett sätt som inte går att ändra. Den som har skrivit uppgiften behöver rätta den först.',
  );
}

function linkedText(stored: Stored, source: string, target: string): string {
  const text = textOf(stored);
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
