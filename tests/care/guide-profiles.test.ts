import { createProfiles, loadDefinitions } from '@naravard/fhir';
import { loadTerminology } from '@naravard/terminology';
import { describe, expect, test } from 'vitest';
import { loadGuide } from '../../libs/care/src/guide.ts';
import { profileFor } from '../../libs/care/src/profile-for.ts';
import { profiling } from '../../libs/rest/src/rules/guide.ts';
import { examples, hasThirdParty } from '../validation/third-party.ts';
import { broken } from './guide-broken.ts';
import { example, exampleNames } from './guide-examples.ts';

const guide = loadGuide();
const definitions = loadDefinitions();
const profiles = profiling(
  { definitions: guide.definitions, profilesFor: profileFor },
  definitions,
  loadTerminology(guide.definitions),
);

const own = 'https://naravard.se/fhir/StructureDefinition/';
const planType = 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs';

const findingsOf = (resource: object): string[] =>
  profiles.check(resource).map(({ severity, expression }) => `${severity} ${expression}`);

const errorsOf = (resource: object): string[] =>
  findingsOf(resource).filter((finding) => finding.startsWith('error'));

test('all profiles and extensions compile', () => {
  expect(() => createProfiles(definitions, guide.profiles, () => undefined).compile()).not.toThrow();
});

test.each(exampleNames)('the example %s is as its profile says, without a warning', (name) => {
  expect(findingsOf(example(name))).toEqual([]);
});

describe('a profile refuses', () => {
  test.each(broken)('%s: %s %s, at %s', (profile, name, _how, at, change) => {
    const resource = example(name);
    change(resource);
    expect(profileFor(resource)).toContain(own + profile);
    expect(errorsOf(resource)[0]).toBe(`error ${at}`);
  });

  test('something of each, and each has an example', () => {
    const ids = guide.profiles
      .filter((each) => (each as { type?: string }).type !== 'Extension')
      .map(({ id }) => id);
    const shown = new Set(exampleNames.flatMap((name) => profileFor(example(name))));
    expect(ids.filter((id) => !shown.has(own + id) || !broken.some(([profile]) => profile === id))).toEqual(
      [],
    );
  });
});

describe('a profile lets through', () => {
  test('a draft that has only just been begun', () => {
    const subject = { reference: 'Patient/1' };
    const begun = { resourceType: 'CarePlan', status: 'draft', intent: 'plan', title: 'Plan', subject };
    for (const code of ['SIP', 'VP', 'GP', 'RP', 'HP'])
      expect(errorsOf({ ...begun, category: [{ coding: [{ system: planType, code }] }] })).toEqual([]);
    const system = 'https://naravard.se/fhir/CodeSystem/plantyp';
    expect(errorsOf({ ...begun, category: [{ coding: [{ system, code: 'behandlingsplan' }] }] })).toEqual([]);
  });

  test('a new type of fast kontakt, with a warning', () => {
    const team = example('CareTeam-astrid-fast-vardkontakt');
    team.participant[0].role[0].coding[0].code = '5';
    expect(findingsOf(team)).toEqual(['warning CareTeam.participant[0].role[0]']);
  });

  test('a planned visit without a time', () => {
    const visit = example('Encounter-astrid-hembesok-lakare');
    delete visit.period;
    expect(errorsOf({ ...visit, status: 'planned' })).toEqual([]);
    expect(errorsOf(visit)).toEqual(['error Encounter']);
  });

  test.skipIf(!hasThirdParty)('the examples of the Swedish base profiles', () => {
    const swedish = examples('hl7se-base/*.json').filter(({ resource }) => profileFor(resource).length > 0);
    expect(swedish.length).toBeGreaterThan(5);
    expect(swedish.flatMap(({ resource }) => errorsOf(resource))).toEqual([]);
  });
});

describe('the profiles of a resource', () => {
  const category = (...codes: string[]) => [{ coding: codes.map((code) => ({ system: planType, code })) }];

  test('go by its category or type', () => {
    expect(profileFor({ resourceType: 'CarePlan', category: category('HP') })).toEqual([`${own}rehabplan`]);
    expect(profileFor({ resourceType: 'CarePlan', category: category('SIP', 'GP') })).toHaveLength(2);
    expect(profileFor({ resourceType: 'CarePlan', category: category('SVP') })).toEqual([]);
    expect(profileFor({ resourceType: 'Patient' })).toEqual([]);
  });

  test('are for a behandlingsplan its own alone, though it is a vårdplan to Inera', () => {
    expect(profileFor(example('CarePlan-astrid-behandlingsplan'))).toEqual([`${own}behandlingsplan`]);
  });

  test('go by meta.profile, ours or that of hl7se.fhir.base, with its version or without', () => {
    const claiming = (resourceType: string, ...profile: string[]) =>
      profileFor({ resourceType, meta: { profile } });
    const base = 'http://hl7.se/fhir/ig/base/StructureDefinition/';
    expect(claiming('Patient', `${base}SEBasePatient`)).toEqual([`${own}patient`]);
    expect(claiming('Patient', `${base}SEBasePatient|1.1.0`, `${own}patient`)).toEqual([`${own}patient`]);
    expect(claiming('Organization', `${base}SEBaseOrganization`)).toEqual([`${own}organization`]);
    expect(claiming('CarePlan', `${own}sip|0.1.0`)).toEqual([`${own}sip`]);
    expect(claiming('CarePlan', 'urn:other', `${own}patient`, `${own}sip|9`)).toEqual([]);
  });

  test('are found in whatever stands there', () => {
    for (const strange of [null, 1, 'a', {}, [null], [{ coding: 1 }], [{ coding: [null] }]])
      expect(profileFor({ resourceType: 'CarePlan', category: strange, meta: { profile: strange } })).toEqual(
        [],
      );
    expect(profileFor({ resourceType: 'constructor', meta: null })).toEqual([]);
  });
});
