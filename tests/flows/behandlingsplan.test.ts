import { careRelation, svodConsent } from '@naravard/access';
import { allModules, ownGuide } from '@naravard/all-in-one';
import { extensions, forsamring, signatureOf, systems } from '@naravard/care';
import { loadDefinitions } from '@naravard/fhir';
import type { PersonaId, TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  astrid,
  createWorld,
  kommun,
  parameters,
  region,
  value,
  type World,
} from '../law/operations/world.ts';

const doctor: PersonaId = 'lakare-vardcentral';
const nurse: PersonaId = 'ssk-hemsjukvard';
const night: PersonaId = 'nattsjukskoterska';
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const subject = { reference: `Patient/${astrid}` };
const hsa = (hsaId: string) => [{ system: 'urn:oid:1.2.752.29.4.19', value: hsaId }];

let world: World;
beforeAll(async () => {
  world = await createWorld({ modules: allModules(loadDefinitions()), guide: ownGuide() });
  world.clock.at = '2026-11-23T10:00:00.000Z';
  await relations();
  await directory();
});
afterAll(() => world.api.close());

async function relations(): Promise<void> {
  const unit = 'SE0000000001-A2';
  await world.send(careRelation({ patient: astrid, unit }), 'journalsystem-kommun');
  for (const [organisation, as] of [
    [region.hsaId, 'journalsystem'],
    [kommun.hsaId, 'journalsystem-kommun'],
  ] as const) {
    await world.send(svodConsent({ patient: astrid, answer: 'yes', organisation }), as);
  }
}

const put = (resource: { resourceType: string; id?: string }, as: PersonaId) =>
  world.api.ask('PUT', `/${resource.resourceType}/${resource.id}`, { as, body: resource });

async function directory(): Promise<void> {
  const organisation = (id: string, hsaId: string) => ({
    resourceType: 'Organization',
    id,
    name: id,
    identifier: hsa(hsaId),
  });
  const person = (id: string, hsaId: string) => ({
    resourceType: 'Practitioner',
    id,
    identifier: hsa(hsaId),
  });
  const role = (id: string) => ({
    resourceType: 'PractitionerRole',
    id,
    practitioner: { reference: `Practitioner/${id}` },
  });
  for (const each of [
    organisation('soder', 'SE0000000001-A1'),
    organisation('natt', 'SE0000000001-A2'),
    person('omar-lind', 'SE0000000002-2001'),
    person('maja-berg', 'SE0000000001-1001'),
    role('omar-lind'),
    role('maja-berg'),
    service('dag', 'soder', '07:00:00', '21:00:00'),
    service('natt', 'natt', '21:00:00', '07:00:00', christmas),
  ]) {
    expect((await put(each, 'administrator')).status).toBe(201);
  }
}

const christmas = [
  { description: 'Jul', during: { start: '2026-12-24T03:00:00+01:00', end: '2026-12-24T06:59:59+01:00' } },
];

const service = (id: string, unit: string, from: string, to: string, notAvailable: object[] = []) => ({
  resourceType: 'HealthcareService',
  id,
  name: `Sjuksköterska ${id}`,
  providedBy: { reference: `Organization/${unit}` },
  telecom: [{ system: 'phone', value: '010-000 00 00' }],
  availableTime: [{ daysOfWeek: everyDay, availableStartTime: from, availableEndTime: to }],
  ...(notAvailable.length && { notAvailable }),
});

const category = [
  {
    coding: [
      { system: systems.ownPlanType, code: 'behandlingsplan' },
      { system: systems.planType, code: 'VP' },
    ],
  },
];

const step = (niva: string, tecken: string, description: string, performer: string[]) => ({
  extension: [
    {
      url: extensions.forsamring,
      extension: [
        { url: forsamring.niva, valueCode: niva },
        { url: forsamring.tecken, valueString: tecken },
        ...(niva === 'ring-nu' ? [{ url: forsamring.larm112, valueBoolean: true }] : []),
        ...(niva === 'ring-idag'
          ? [{ url: forsamring.kontakt, valueReference: { reference: 'HealthcareService/natt' } }]
          : []),
      ],
    },
  ],
  detail: {
    status: 'scheduled',
    description,
    ...(performer.length && { performer: performer.map((reference) => ({ reference })) }),
  },
});

const swollen = (performer: string[]) =>
  step('ring-idag', 'Vikten har ökat 2 kg på 3 dagar.', 'Ring sjuksköterskan.', performer);

const contacts = (...ids: string[]) =>
  ids.map((id) => ({ url: extensions.kontaktvag, valueReference: { reference: `HealthcareService/${id}` } }));

const plan = (extension: object[], performer: string[], over: object = {}) => ({
  resourceType: 'CarePlan',
  status: 'draft',
  intent: 'plan',
  title: 'Behandlingsplan vid hjärtsvikt',
  category,
  subject,
  period: { start: '2026-11-23', end: '2027-05-22' },
  ...(extension.length && { extension }),
  activity: [
    step('gor-sjalv', 'Du mår som vanligt.', 'Väg dig varje morgon.', [`Patient/${astrid}`]),
    swollen(performer),
    step('ring-nu', 'Du har svårt att andas i vila.', 'Ring 112.', [`Patient/${astrid}`]),
  ],
  ...over,
});

const stated = [
  { url: extensions.granskas, valueDate: '2027-02-01' },
  { url: extensions.synligForPatient, valueBoolean: true },
  { url: extensions.ansvarigLakare, valueReference: { reference: 'PractitionerRole/omar-lind' } },
  { url: extensions.ansvarigSjukskoterska, valueReference: { reference: 'PractitionerRole/maja-berg' } },
];

const operate = (id: string, name: string, as: PersonaId, sent: Parameters<typeof parameters>[0] = {}) =>
  world.api.ask('POST', `/CarePlan/${id}/${name}`, { as, body: parameters(sent) });

const read = async (id: string, as: PersonaId) =>
  (await world.api.ask('GET', `/CarePlan/${id}`, { as })).json;

const make = async (body: object, as: PersonaId): Promise<string> =>
  (await world.send(body, as)).slice('CarePlan/'.length);

const referred = ({ json }: TestResponse, name: string): string =>
  (value(json.parameter, name) as { reference: string }).reference;

// biome-ignore lint/suspicious/noExplicitAny: answers are of every type
const texts = ({ json }: TestResponse): string[] => json.issue.map((issue: any) => issue.details.text);

let head: string;
let part: string;
/** The version that follows. */
let next: string;

test('a draft is stored however incomplete, and is not activated: all that is lacking is told at once', async () => {
  head = await make(plan(contacts('dag', 'natt'), []), doctor);
  const answer = await operate(head, '$activate', doctor);
  expect(answer.status).toBe(422);
  expect(texts(answer)).toEqual([
    'Skriv vem som ansvarar för steget.',
    'Ange ansvarig läkare.',
    'Ange ansvarig sjuksköterska.',
    'Ange när planen ska ses över. Datumet ska ligga inom planens tid.',
    'Ange om patienten ska se planen.',
    'Ingen svarar natten till torsdag 24 december 2026 (julafton) kl. 03. Lägg till en kontaktväg för den tiden.',
  ]);
  expect(answer.json.issue[0]).toMatchObject({
    code: 'business-rule',
    expression: ['CarePlan.activity[1].detail.performer'],
  });
  expect(answer.json.issue[5].diagnostics).toContain('behandlingsplan-komplett');
  expect((await read(head, doctor)).status).toBe('draft');
});

test('an incomplete plan is not written active in other ways either, and nothing is stored', async () => {
  const body = plan(contacts('dag', 'natt'), [], { id: head, status: 'active' });
  const { status, text } = await put(body, doctor);
  expect([status, text.includes('julafton')]).toEqual([422, true]);
  const posted = await world.api.ask('POST', '/CarePlan', { as: doctor, body: { ...body, id: undefined } });
  expect(posted.status).toBe(422);
  expect((await read(head, doctor)).meta.versionId).toBe('1');
});

test('completed, and with the part of the home nursing, it still lacks the two signatures', async () => {
  await put(service('natt', 'natt', '21:00:00', '07:00:00'), 'administrator');
  const complete = plan([...stated, ...contacts('dag', 'natt')], ['HealthcareService/dag'], { id: head });
  expect((await put(complete, doctor)).status).toBe(200);
  part = await make(
    {
      ...plan([], []),
      title: 'Hemsjukvårdens del',
      status: 'active',
      partOf: [{ reference: `CarePlan/${head}` }],
      activity: [swollen(['PractitionerRole/maja-berg'])],
    },
    nurse,
  );
  const answer = await operate(head, '$activate', doctor);
  expect([answer.status, texts(answer)]).toEqual([
    422,
    ['Ansvarig läkare behöver signera planen.', 'Ansvarig sjuksköterska behöver signera sin del av planen.'],
  ]);
});

test('rule behandlingsplan-signerad: complete and unsigned it is put in force in no other way', async () => {
  const { status, text } = await put({ ...(await read(head, doctor)), status: 'active' }, doctor);
  expect([status, text.includes('behandlingsplan-signerad')]).toEqual([422, true]);
  expect(await read(head, doctor)).toMatchObject({ status: 'draft', meta: { versionId: '2' } });
});

test('each signs the own part, the version that was read; the same again changes nothing', async () => {
  expect((await operate(head, '$sign', doctor)).status).toBe(400);
  expect((await operate(head, '$sign', doctor, { version: 1 })).status).toBe(412);
  expect((await operate(head, '$sign', nurse, { version: 2 })).status).toBe(403);
  expect((await operate(part, '$sign', doctor, { version: 1 })).status).toBe(403);
  const signed = await operate(head, '$sign', doctor, { version: 2 });
  expect(signed.status).toBe(200);
  const again = await operate(head, '$sign', doctor, { version: 2 });
  expect(referred(again, 'signature')).toBe(referred(signed, 'signature'));
  const { json } = await world.api.ask('GET', `/${referred(signed, 'signature')}`, { as: doctor });
  expect(json).toMatchObject({
    target: [{ reference: `CarePlan/${head}/_history/2` }, subject],
    signature: [
      { type: [{ code: '1.2.840.10065.1.12.1.1' }], who: { identifier: { value: 'SE0000000002-2001' } } },
    ],
  });
  expect(json.signature[0].data).toBeUndefined();
});

test('a signature counts when its own organisation wrote it, in the name of who signs', async () => {
  const forged = signatureOf(
    { plan: `CarePlan/${part}`, version: 1 },
    subject.reference,
    { employee: 'SE0000000001-1001', unit: 'SE0000000001-A1' },
    world.clock.at ?? '',
  );
  const byHand = await world.api.ask('POST', '/Provenance', { as: doctor, body: forged });
  expect([byHand.status, byHand.text.includes('provenance-egen-signatur')]).toEqual([422, true]);
  await world.send(forged, 'journalsystem');
  const lacking = ['Ansvarig sjuksköterska behöver signera sin del av planen.'];
  expect(texts(await operate(head, '$activate', doctor))).toEqual(lacking);
  const both = await Promise.all([1, 2].map(() => operate(part, '$sign', nurse, { version: 1 })));
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect(new Set(both.map((each) => referred(each, 'signature'))).size).toBe(1);
});

test('signed by both it is put in force, once, and names the parts that it was put in force with', async () => {
  expect((await operate(part, '$activate', nurse)).status).toBe(422);
  expect((await operate(head, '$activate', nurse)).status).toBe(403);
  const answer = await operate(head, '$activate', doctor);
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  expect(await read(head, doctor)).toMatchObject({
    status: 'active',
    period: { start: '2026-11-23' },
    supportingInfo: [{ reference: `CarePlan/${part}` }],
  });
  expect((await operate(head, '$activate', doctor)).status).toBe(409);
});

test('an active plan is changed as long as it stays complete', async () => {
  const { meta, ...active } = await read(head, doctor);
  const hidden = active.extension.filter(({ url }: { url: string }) => url !== extensions.granskas);
  expect((await put({ ...active, extension: hidden }, doctor)).status).toBe(422);
  expect((await put({ ...active, activity: undefined }, doctor)).status).toBe(200);
  const emptied = { ...(await read(part, nurse)), activity: undefined };
  expect((await put(emptied, nurse)).status).toBe(422);
  expect((await put(active, doctor)).status).toBe(200);
  expect((await read(head, doctor)).meta.versionId).toBe('5');
});

test('the night team reads the steps, and says that it knows the plan', async () => {
  const steps = (await read(head, night)).activity;
  expect(JSON.stringify(steps)).toContain('Vikten har ökat 2 kg på 3 dagar.');
  expect((await operate(head, '$acknowledge', night, { version: 4 })).status).toBe(412);
  const known = await operate(head, '$acknowledge', night, { version: 5 });
  expect([known.status, known.text]).toEqual([200, known.text]);
  const again = await operate(head, '$acknowledge', night, { version: 5 });
  expect(referred(again, 'communication')).toBe(referred(known, 'communication'));
});

test('those who wrote it see which units know it, and which contacts do not', async () => {
  const { status, json } = await world.api.ask('GET', `/CarePlan/${head}/$kand-av`, { as: doctor });
  expect(status).toBe(200);
  expect(json.parameter[0]).toMatchObject({
    name: 'known',
    part: [
      { name: 'unit', valueIdentifier: { value: 'SE0000000001-A2' } },
      { name: 'version', valueInteger: 5 },
      { name: 'at', valueDateTime: world.clock.at },
      { name: 'current', valueBoolean: true },
    ],
  });
  expect(value(json.parameter, 'lacking')).toEqual({
    reference: 'HealthcareService/dag',
    display: 'Sjuksköterska dag',
  });
  expect(value(json.parameter, 'text')).toBe(
    '1 enhet känner till planen som den är nu. Det har inte bekräftats av: Sjuksköterska dag.',
  );
});

test('revised without a gap: the former plan holds until the next begins, at the same instant', async () => {
  const other = referred(await operate(head, '$revise', doctor), 'draft').slice('CarePlan/'.length);
  const revised = await operate(head, '$revise', doctor);
  expect(revised.status).toBe(200);
  next = referred(revised, 'draft').slice('CarePlan/'.length);
  expect(await read(next, doctor)).toMatchObject({
    status: 'draft',
    replaces: [{ reference: `CarePlan/${head}` }],
  });
  expect((await read(head, doctor)).status).toBe('active');
  expect((await operate(part, '$revise', nurse)).status).toBe(400);
  const copied = await operate(part, '$revise', nurse, { head: { reference: `CarePlan/${next}` } });
  const newPart = referred(copied, 'draft').slice('CarePlan/'.length);
  const draft = await read(newPart, nurse);
  expect((await put({ ...draft, status: 'active' }, nurse)).status).toBe(200);
  expect((await operate(next, '$sign', doctor, { version: 1 })).status).toBe(200);
  expect((await operate(newPart, '$sign', nurse, { version: 2 })).status).toBe(200);
  const direct = await put({ ...(await read(next, doctor)), status: 'active' }, doctor);
  expect([direct.status, direct.text.includes('behandlingsplan-ersatter-en')]).toEqual([422, true]);
  world.clock.at = '2026-12-01T13:00:00.000Z';
  const answer = await operate(next, '$activate', doctor);
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  expect(referred(answer, 'ended')).toBe(`CarePlan/${head}`);
  const former = await read(head, doctor);
  const present = await read(next, doctor);
  expect([former.status, former.period.end]).toEqual(['completed', world.clock.at]);
  expect([present.status, present.period.start]).toEqual(['active', world.clock.at]);
  expect((await operate(other, '$activate', doctor)).status).toBe(409);
  const { json } = await world.api.ask('GET', `/CarePlan/${next}/$kand-av`, { as: night });
  expect(json.parameter.filter(({ name }: { name: string }) => name === 'lacking')).toHaveLength(2);
});

test('the patient reads the plan and who knows it, and puts nothing in force', async () => {
  const { status } = await world.api.ask('GET', `/CarePlan/${head}/$kand-av`, { as: 'patient' });
  expect([status, (await read(head, 'patient')).title]).toEqual([200, 'Behandlingsplan vid hjärtsvikt']);
  for (const name of ['$activate', '$revise'])
    expect((await operate(head, name, 'patient')).status).toBe(403);
});

test('If-Match is heeded by every operation on a plan', async () => {
  for (const name of ['$sign', '$activate', '$revise', '$acknowledge']) {
    const { status, json } = await world.api.ask('POST', `/CarePlan/${next}/${name}`, {
      as: doctor,
      headers: { 'if-match': 'W/"99"' },
      body: parameters(/sign|ack/.test(name) ? { version: 2 } : {}),
    });
    expect([name, status, json.issue[0].expression]).toEqual([name, 412, ['If-Match']]);
  }
});

test('who has nothing to do with the patient is told nothing of a plan', async () => {
  for (const name of ['$sign', '$activate', '$revise', '$acknowledge']) {
    const { status } = await operate(head, name, 'lakare-privat', {
      ...(/sign|ack/.test(name) && { version: 1 }),
    });
    expect([name, status]).toEqual([name, 404]);
  }
  expect((await world.api.ask('GET', `/CarePlan/${head}/$kand-av`, { as: 'lakare-privat' })).status).toBe(
    404,
  );
});
