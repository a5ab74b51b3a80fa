import type { Made } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Interaction } from '../call.ts';
import { refusal, textOf } from '../reply.ts';
import { stage } from '../stage.ts';
import { failureOf } from '../written.ts';
import { answered, referring, said } from './answer.ts';
import { careCommission, checkScopes } from './callers.ts';
import { bad, inputOf } from './input.ts';
import { refused } from './refusal.ts';

/**
 * `POST [type]/[id]/$avvikande-mening` (PDL 2008:355 3 kap 8 §): that the person finds a record wrong or misleading is
 * written beside it, by who keeps it, in the person's words. It is a Communication from the person, part of and about the
 * record, so that `Communication?part-of=[type]/[id]` and `_revinclude=Communication:part-of` find it; the record itself stays
 * as it is.
 */
export const avvikandeMening: Interaction = {
  name: '$avvikande-mening',
  method: 'POST',
  route: '/:type/:id/$avvikande-mening',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { context, type, id } = call;
    const commission = careCommission(context.actor);
    checkScopes(context.actor, 'Communication', 'c');
    const text = inputOf(engine, call, { text: 'string' }).text('text');
    if (text === undefined) throw bad('text', 'Give the text: what the person finds wrong.');
    const record = await engine.store.read(context, type, id);
    if (!record) return refusal(new Problem('not-found'));
    if (record.deleted) return refusal(new Problem('deleted'));
    const own = await engine.store.visible({ ...context, scope: context.writable() }, [{ type, id }]);
    if (!own.has(`${type}/${id}`)) throw notKept();
    const patient = engine.extract(type, id, JSON.parse(textOf(record)) as object).patient;
    if (patient === null) throw notAboutOne();
    const made = disagreement(`${type}/${id}`, patient, context.at, text);
    const writing = { ...context, actor: { ...context.actor, unit: commission.unit } };
    const write = stage(engine, writing, {
      type: 'Communication',
      id: engine.store.newId(),
      text: JSON.stringify(made),
      resource: made,
      method: 'POST',
      mode: 'create',
    }).write;
    const [written] = await engine.store.write(writing, [write]);
    const failure = written && failureOf(written, { kind: 'put', method: 'POST', matching: false });
    if (failure) return refusal(failure);
    return answered(
      referring('communication', `Communication/${write.id}`),
      said('Patientens avvikande mening är antecknad vid uppgiften.'),
    );
  },
};

const category = {
  system: 'https://naravard.se/fhir/CodeSystem/communication',
  code: 'avvikande-mening',
  display: 'Patientens avvikande mening',
};

const disagreement = (record: string, patient: string, sent: string, text: string): Made => ({
  resourceType: 'Communication',
  partOf: [{ reference: record }],
  status: 'completed',
  category: [{ coding: [category] }],
  subject: { reference: `Patient/${patient}` },
  about: [{ reference: record }],
  sent,
  sender: { reference: `Patient/${patient}` },
  payload: [{ contentString: text }],
});

const notKept = () =>
  refused(
    'forbidden',
    'A disagreement is recorded by the organisation that keeps the record: ask that one (PDL 2008:355 3 kap 8 §).',
    'Den avvikande meningen antecknas av den som ansvarar för uppgiften.',
  );

const notAboutOne = () =>
  refused('unprocessable', 'This resource is not about one patient.', 'Uppgiften gäller inte en patient.');
