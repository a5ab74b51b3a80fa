import {
  acknowledgementOf,
  acknowledgementsOf,
  activationOf,
  egenKandAv,
  egenSignatur,
  employeeOf,
  extensions,
  hourInWords,
  isBehandlingsplan,
  partsOf,
  readBehandlingsplan,
  revision,
  signatureOf,
  signersOf,
} from '@naravard/care';
import { createValidator, loadDefinitions, type StagedResource } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';
import { at, extension, foundAmong, head, part, step } from './behandlingsplan-fixtures.ts';

// biome-ignore lint/suspicious/noExplicitAny: plans are made as JSON
const carePlan = (resource: object): any => {
  expect(isBehandlingsplan(resource)).toBe(true);
  return resource;
};

describe('A behandlingsplan', () => {
  test('is read as its head composed with the parts that are in force', () => {
    const plan = carePlan(
      head({
        goal: [{ reference: 'Goal/brevladan' }, { display: 'Sova gott' }],
        activity: [
          step({ niva: 'ring-nu', larm112: true }),
          { detail: { description: 'Väg dig', scheduledString: 'Varje dag' } },
        ],
      }),
    );
    plan.extension.push(
      {
        url: extensions.normalvarde,
        extension: [
          { url: 'vad', valueString: 'Vikt' },
          { url: 'varde', valueString: '68 kg' },
        ],
      },
      extension(extensions.behandlingsbegransning, { valueString: 'Ingen intensivvård.' }),
    );
    const goal = {
      resourceType: 'Goal',
      id: 'brevladan',
      description: { text: 'Gå till brevlådan' },
      expressedBy: { reference: 'Patient/astrid' },
    };
    const parts = partsOf('CarePlan/plan', [
      part({ activity: [step({ kontakt: 'CareTeam/soder', forst: 'Vila.' })] }),
      part({ id: 'utkast', status: 'draft', activity: [step()] }),
      part({ id: 'annan', partOf: [{ reference: 'CarePlan/annan' }] }),
    ]);
    const read = readBehandlingsplan(plan, parts, foundAmong(goal));
    expect(read).toMatchObject({
      key: 'CarePlan/plan',
      patient: 'Patient/astrid',
      doctor: { reference: 'PractitionerRole/lakare' },
      nurse: { reference: 'PractitionerRole/ssk' },
      review: '2027-02-01',
      forPatient: true,
      limit: 'Ingen intensivvård.',
      normal: [{ what: 'Vikt', value: '68 kg' }],
      contacts: ['HealthcareService/dygnet'],
      parts: ['CarePlan/del'],
      goals: [
        { text: 'Gå till brevlådan', own: true },
        { text: 'Sova gott', own: false },
      ],
      actions: [{ plan: 'CarePlan/plan', text: 'Väg dig', often: 'Varje dag' }],
    });
    expect(
      read.steps.map(({ plan: of, level, contact, larm112, first }) => [of, level, contact, larm112, first]),
    ).toEqual([
      ['CarePlan/plan', 'ring-nu', null, true, null],
      ['CarePlan/del', 'ring-idag', 'CareTeam/soder', false, 'Vila.'],
    ]);
  });

  test('is read without an error whatever it lacks', () => {
    const bare = carePlan({ resourceType: 'CarePlan', category: head().category });
    expect(readBehandlingsplan(bare)).toMatchObject({ steps: [], contacts: [], doctor: null, review: null });
    expect(isBehandlingsplan({ resourceType: 'CarePlan' })).toBe(false);
  });

  test('is revised as a draft that replaces it, without the parts of others', () => {
    const plan = carePlan(
      head({ supportingInfo: [{ reference: 'CarePlan/del' }, { reference: 'Consent/1' }] }),
    );
    const draft = revision(plan, at);
    expect(draft).toMatchObject({
      status: 'draft',
      created: at,
      replaces: [{ reference: 'CarePlan/plan' }],
      supportingInfo: [{ reference: 'Consent/1' }],
    });
    expect([draft.id, draft.meta]).toEqual([undefined, undefined]);
    const meta = { versionId: '4', security: [{ code: 'NOPAT' }] };
    expect(revision({ ...plan, meta }, at).meta).toEqual({ security: [{ code: 'NOPAT' }] });
    expect(revision(carePlan(part()), at, 'CarePlan/ny').partOf).toEqual([{ reference: 'CarePlan/ny' }]);
  });
});

test.each([
  ['2026-12-24T02:00:00Z', 'natten till torsdag 24 december 2026 (julafton) kl. 03'],
  ['2026-11-25T15:30:00Z', 'onsdag 25 november 2026 kl. 16.30'],
  ['2027-06-05T22:00:00Z', 'natten till söndag 6 juni 2027 (nationaldagen) kl. 00'],
])('an hour is said as people say it: %s', (instant, words) => {
  expect(hourInWords(instant)).toBe(words);
});

const doctor = { employee: 'SE0000000002-2001', unit: 'SE0000000002-A1' };
const version = (number: number) => ({ plan: 'CarePlan/plan', version: number });
const staged = (resource: object, person: string | null): StagedResource => ({
  type: 'Provenance',
  id: 'x',
  resource,
  writer: { as: 'vardgivare', organisation: 'vg:SE0000000002-A', unit: 'SE0000000002-A1', person },
  at,
});

describe('A signature', () => {
  const signed = signatureOf(version(3), 'Patient/astrid', doctor, at);

  test('is a valid Provenance of one version', () => {
    const validate = createValidator(loadDefinitions());
    expect(validate(signed).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(signersOf([signed], version(3))).toEqual(['SE0000000002-2001']);
    expect(signersOf([signed], version(2))).toEqual([]);
    expect(signersOf([signed], version(4))).toEqual([]);
  });

  test('goes on to hold for the version that is put in force out of the signed one', () => {
    const activated = activationOf(version(4), version(3), 'Patient/astrid', doctor, at);
    expect(signersOf([signed, activated], version(4))).toEqual(['SE0000000002-2001']);
    expect(signersOf([signed, activated], version(5))).toEqual([]);
  });

  test('is of the person that a post leads to, under either OID of HSA-ids', () => {
    const role = { resourceType: 'PractitionerRole', id: 'r', practitioner: { reference: 'Practitioner/p' } };
    const person = {
      resourceType: 'Practitioner',
      id: 'p',
      identifier: [{ system: '1.2.752.129.2.1.4.1', value: 'se0000000002-2001' }],
    };
    expect(employeeOf('PractitionerRole/r', foundAmong(role, person))).toBe('SE0000000002-2001');
    expect(employeeOf('PractitionerRole/r', foundAmong(role))).toBeUndefined();
    expect(employeeOf('PractitionerRole/r', foundAmong())).toBeUndefined();
  });

  test('rule provenance-egen-signatur: staff sign in their own name alone', () => {
    expect(egenSignatur.check(staged(signed, 'SE0000000002-2001'), () => undefined)).toEqual([]);
    expect(egenSignatur.check(staged(signed, null), () => undefined)).toEqual([]);
    expect(egenSignatur.check(staged(signed, 'SE0000000002-2002'), () => undefined)).toHaveLength(1);
    const nobody = { ...signed, signature: [{ ...signed.signature?.[0], who: { display: 'Dr Lind' } }] };
    expect(egenSignatur.check(staged(nobody, 'SE0000000002-2001'), () => undefined)).toHaveLength(1);
  });
});

describe('Känd av', () => {
  const known = acknowledgementOf(version(2), 'Patient/astrid', doctor, at);

  test('is a valid Communication that tells unit, version and time', () => {
    const validate = createValidator(loadDefinitions());
    expect(validate(known).filter(({ severity }) => severity === 'error')).toEqual([]);
    const expected = { unit: 'SE0000000002-A1', version: 2, at };
    expect(acknowledgementsOf('CarePlan/plan', [known, known])).toEqual([expected]);
    expect(acknowledgementsOf('CarePlan/pla', [known])).toEqual([]);
    expect(acknowledgementsOf('CarePlan/plan', [{ ...known, status: 'entered-in-error' }])).toEqual([]);
  });

  test('rule behandlingsplan-kand-av: staff say so for their own unit alone', () => {
    const other = {
      ...staged(known, 'SE0000000002-2001'),
      writer: { ...staged(known, 'x').writer, unit: 'SE0000000002-A2' },
    };
    expect(egenKandAv.check(staged(known, 'SE0000000002-2001'), () => undefined)).toEqual([]);
    expect(egenKandAv.check(other, () => undefined)).toHaveLength(1);
    expect(egenKandAv.check(staged({ ...known, category: [] }, 'x'), () => undefined)).toEqual([]);
  });
});
