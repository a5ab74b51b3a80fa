import { createValidator, loadDefinitions } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';
import { hideNames, hideReferences, referencesOf } from '../../libs/fhir/src/redact/hidden-references.ts';
import { ProtectedGenerator } from './redact-generated.ts';

const base = 'http://localhost:8080/fhir';
const definitions = loadDefinitions();
const validate = createValidator(definitions);
const plan = {
  resourceType: 'CarePlan',
  id: 'c1',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Psykos</div>' },
  contained: [
    {
      resourceType: 'Goal',
      id: 'g',
      lifecycleStatus: 'active',
      description: { text: 'Mål' },
      subject: { reference: 'Patient/p1' },
      addresses: [{ reference: 'Condition/x', display: 'Psykos' }],
    },
  ],
  extension: [{ url: 'urn:e', valueUri: 'Encounter/e1' }],
  status: 'active',
  intent: 'plan',
  subject: { reference: 'Patient/p1', display: 'Astrid' },
  encounter: { reference: `${base}/Encounter/e1/_history/3`, display: 'Psykiatrin' },
  addresses: [
    { reference: 'Condition/x', type: 'Condition', identifier: { value: 'F20' }, display: 'Psykos' },
    { reference: 'Condition/y', display: 'Hjärtsvikt' },
  ],
  goal: [{ reference: '#g' }],
  author: { reference: 'https://other.example/fhir/Practitioner/q', display: 'Q' },
};
const text = JSON.stringify(plan);
const keys = (each: string) => referencesOf(each, base).map(({ type, id }) => `${type}/${id}`);
const hidden = (type: string, id: string) => ['Condition/x', 'Encounter/e1'].includes(`${type}/${id}`);

describe('referencesOf', () => {
  test('finds each resource here once, whatever version, element and way of writing', () => {
    expect(keys(text).sort()).toEqual(['Condition/x', 'Condition/y', 'Encounter/e1', 'Patient/p1']);
  });

  test('leaves out what is contained, elsewhere, or only looks like it', () => {
    expect(
      keys('{"resourceType":"Basic","code":{"text":"Encounter/e1"},"subject":{"reference":"#x"}}'),
    ).toEqual([]);
  });
});

describe('hideReferences', () => {
  const cut = hideReferences(text, hidden, base);
  const found = JSON.parse(cut);
  const masked = {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
  };

  test('leaves nothing of a reference to what is hidden, contained resources and narrative included', () => {
    expect(cut).not.toMatch(/Psykos|Psykiatrin|F20|Condition\/x|Encounter\/e1/);
    expect([found.encounter, found.addresses[0], found.contained[0].addresses[0]]).toEqual([
      masked,
      masked,
      masked,
    ]);
    expect(found.meta.security[0].code).toBe('REDACTED');
  });

  test('leaves all others as they are', () => {
    expect([found.addresses[1], found.subject, found.author]).toEqual([
      plan.addresses[1],
      plan.subject,
      plan.author,
    ]);
    expect(hideReferences(text, () => false, base)).toBe(text);
  });

  test('gives a valid resource', () => {
    expect(validate(plan, { base }).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(validate(found, { base }).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('leaves no trace in a made-up resource of any type, and changes nothing that does not refer', () => {
    for (const [seed, type] of [...definitions.resourceTypes].entries()) {
      const resource = JSON.stringify(new ProtectedGenerator(definitions, seed).resource(type));
      const found = keys(resource);
      const [first] = found;
      const hides = (...[of, id]: [string, string]) => `${of}/${id}` === first;
      const after = hideReferences(resource, hides, base);
      expect(keys(after)).toEqual(found.slice(1));
      if (first) expect(after).not.toContain(`"${first}"`);
      else expect(after).toBe(resource);
    }
  });

  test('reads lists of URIs as it reads single ones', () => {
    const plan = '{"resourceType":"CarePlan","instantiatesUri":["Encounter/e1","urn:kept"]}';
    expect(referencesOf(plan)).toEqual([{ type: 'Encounter', id: 'e1' }]);
    const shown = JSON.parse(hideReferences(plan, () => true));
    expect(shown.instantiatesUri).toEqual(['urn:naravard:masked', 'urn:kept']);
  });

  test('does not take another element named reference for a Reference', () => {
    const issue = '{"resourceType":"DetectedIssue","status":"final","reference":"Encounter/e1","detail":"x"}';
    expect(JSON.parse(hideReferences(issue, hidden, base))).toMatchObject({
      status: 'final',
      detail: 'x',
      reference: 'urn:naravard:masked',
    });
  });
});

describe('hideNames', () => {
  const nobody = { resource: () => false, hsaId: () => false };

  test('takes the names of protected people and leaves the references', () => {
    const found = JSON.parse(hideNames(text, { ...nobody, resource: (type) => type === 'Patient' }, base));
    expect(found.subject).toEqual({ reference: 'Patient/p1', display: 'Skyddad uppgift' });
    expect(found.addresses).toEqual(plan.addresses);
    expect(hideNames(text, { ...nobody, resource: (type) => type === 'Group' }, base)).toBe(text);
  });

  test('knows them by HSA-id, however it is written', () => {
    const team = (system: string, value: string, type = 'Practitioner') =>
      `{"resourceType":"CareTeam","participant":[{"member":{"type":"${type}","identifier":{"system":"${system}","value":"${value}"},"display":"Karin Holm"}}]}`;
    const nameless = { ...nobody, hsaId: (value: string) => value === 'SE0000000001-1' };
    for (const [system, value] of [
      ['urn:oid:1.2.752.29.4.19', 'SE0000000001-1'],
      ['urn:oid:1.2.752.129.2.1.4.1', ' se0000000001-1'],
    ] as const) {
      expect(hideNames(team(system, value), nameless, base)).toContain('"display":"Skyddad uppgift"');
    }
    for (const other of [team('urn:oid:1.2.752.29.4.19', 'SE0000000001-2'), team('urn:a', 'SE0000000001-1')])
      expect(hideNames(other, nameless, base)).toBe(other);
  });

  test('labels what it has taken a narrative from, and nothing else', () => {
    const of = (narrative: string) =>
      `{"resourceType":"CareTeam"${narrative},"participant":[{"member":{"reference":"Practitioner/a","display":"Karin Holm"}}]}`;
    const nameless = { ...nobody, resource: (type: string) => type === 'Practitioner' };
    expect(hideNames(of(''), nameless, base)).toBe(of('').replace('Karin Holm', 'Skyddad uppgift'));
    const told = hideNames(
      of(',"text":{"status":"generated","div":"<div>Karin Holm</div>"}'),
      nameless,
      base,
    );
    expect(told).toContain('REDACTED');
    expect(told).not.toContain('Holm');
  });
});
