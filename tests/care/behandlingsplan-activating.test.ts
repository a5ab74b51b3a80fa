import { behandlingsplanRules, isBehandlingsplan } from '@naravard/care';
import { expect, test } from 'vitest';
import { lackingFor, neededFor } from '../../services/care-plan/src/behandlingsplan/activating.ts';
import { at, foundAmong, head, part, service, step } from './behandlingsplan-fixtures.ts';

const person = (id: string, hsaId: string) => [
  { resourceType: 'PractitionerRole', id, practitioner: { reference: `Practitioner/${id}` } },
  { resourceType: 'Practitioner', id, identifier: [{ system: 'urn:oid:1.2.752.29.4.19', value: hsaId }] },
];
const doctor = 'SE0000000002-2001';
const nurse = 'SE0000000002-2002';
const found = foundAmong(service(), ...person('lakare', doctor), ...person('ssk', nurse));

/** What is lacking when these have signed: by `CarePlan/id`. */
function lacking(signed: Record<string, string[]>, over: object = {}): (string | undefined)[] {
  const plan = head(over);
  const parts = [part({ activity: [step()] }) as object].filter((each) => isBehandlingsplan(each));
  if (!isBehandlingsplan(plan)) throw new Error('no plan');
  const activating = { plan, parts, signers: new Map(Object.entries(signed)), at };
  return lackingFor(activating, found).map(({ sv }) => sv);
}

const byDoctor = 'Ansvarig läkare behöver signera planen.';
const byNurse = 'Ansvarig sjuksköterska behöver signera sin del av planen.';

test('one head with two signatures is enough where doctor and nurse are of one organisation', () => {
  expect(lacking({ 'CarePlan/plan': [doctor, nurse] })).toEqual([]);
});

test('the nurse may sign the own part instead; the doctor signs the head', () => {
  expect(lacking({ 'CarePlan/plan': [doctor], 'CarePlan/del': [nurse] })).toEqual([]);
  expect(lacking({ 'CarePlan/plan': [nurse], 'CarePlan/del': [doctor] })).toEqual([byDoctor]);
  expect(lacking({})).toEqual([byDoctor, byNurse]);
});

test('signatures that are lacking are told together with what the rules find', () => {
  expect(lacking({}, { activity: [step({ tecken: '' }, { performer: undefined })] })).toEqual([
    'Skriv vilket tecken på försämring steget gäller.',
    'Skriv vem som ansvarar för steget.',
    byDoctor,
    byNurse,
  ]);
});

test('a plan whose time or review has passed is not put in force', () => {
  const passed = { period: { start: '2025-11-20', end: '2026-11-22' } };
  const signed = { 'CarePlan/plan': [doctor, nurse] };
  expect(lacking(signed, passed)).toEqual([
    'Ange när planen ska ses över. Datumet ska ligga inom planens tid.',
    'Planens tid har gått ut.',
  ]);
  expect(lacking(signed, { period: { start: '2025-11-20', end: '2026-11-23' } })).not.toContain(
    'Planens tid har gått ut.',
  );
});

test('all that the rules and signatures look at is named', () => {
  const plan = head();
  if (!isBehandlingsplan(plan)) throw new Error('no plan');
  const activating = { plan, parts: [], signers: new Map(), at };
  expect(new Set(neededFor(activating, found))).toEqual(
    new Set([
      'HealthcareService/dygnet',
      'PractitionerRole/lakare',
      'PractitionerRole/ssk',
      'Practitioner/lakare',
      'Practitioner/ssk',
    ]),
  );
  expect(behandlingsplanRules.map(({ id }) => id)).toHaveLength(9);
});
