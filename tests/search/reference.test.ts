import { describe, expect, it } from 'vitest';
import { base, condition, extract, finds, refusal } from './memory.ts';

const plan = (reference: object) => ({ resourceType: 'CarePlan', subject: reference });
const found = (name: string, value: string, reference: object) =>
  finds(`${name}=${encodeURIComponent(value)}`, plan(reference));

describe('a reference', () => {
  const relative = { reference: 'Patient/astrid' };

  it('is found by id, Type/id and our own absolute URL', () => {
    for (const value of ['astrid', 'Patient/astrid', `${base}/Patient/astrid`])
      expect(found('subject', value, relative)).toBe(true);
    expect(found('subject', 'Group/astrid', relative)).toBe(false);
  });
  it('is stored once whether relative or absolute to us', () => {
    for (const reference of ['Patient/astrid', `${base}/Patient/astrid`, 'Patient/astrid/_history/3']) {
      expect(found('subject', 'Patient/astrid', { reference })).toBe(true);
      expect(extract('CarePlan', 'x', plan({ reference })).patient).toBe('astrid');
    }
  });
  it('is found by a version of its target too, since an edge leads to a resource', () => {
    expect(found('subject', 'Patient/astrid/_history/7', relative)).toBe(true);
  });
  it('to elsewhere is found by its URL and by nothing shorter', () => {
    const far = { reference: 'https://other.example.se/fhir/Patient/astrid' };
    expect(found('subject', far.reference, far)).toBe(true);
    expect(found('patient', far.reference, far)).toBe(true);
    for (const value of ['astrid', 'Patient/astrid']) expect(found('subject', value, far)).toBe(false);
    expect(extract('CarePlan', 'x', plan(far)).patient).toBeNull();
  });
  it('to a look-alike of our base is not ours', () => {
    expect(found('subject', 'Patient/a', { reference: `${base}.evil.example/Patient/a` })).toBe(false);
  });
  it('may be a urn', () => {
    const urn = 'urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e';
    expect(found('subject', urn, { reference: urn })).toBe(true);
  });
  it('can be narrowed by :Type', () => {
    expect(found('subject:Patient', 'astrid', relative)).toBe(true);
    expect(found('subject:Group', 'astrid', relative)).toBe(false);
  });
  it('under patient finds patients only', () => {
    expect(found('patient', 'g', { reference: 'Group/g' })).toBe(false);
    expect(found('subject', 'g', { reference: 'Group/g' })).toBe(true);
  });
  it('of another type than the parameter has is refused', () => {
    expect(refusal('CarePlan', 'patient=Group/g').findings[0]?.diagnostics).toContain('Patient');
    expect(refusal('CarePlan', 'subject:Practitioner=x').kind).toBe('bad-request');
  });
  it('of a type that is not among several is refused too, by what a URL elsewhere shows', () => {
    for (const [type, value] of [
      ['CareTeam', 'participant=Location/1'],
      ['Encounter', 'subject=Practitioner/1'],
      ['Encounter', 'subject=https://other.example.se/fhir/Practitioner/1'],
      ['Encounter', `subject=${base}/Practitioner/1`],
    ] as const) {
      const problem = refusal(type, value);
      expect([value, problem.kind]).toEqual([value, 'bad-request']);
      expect(problem.findings[0]?.diagnostics).toContain('not to');
    }
    expect(found('subject', 'https://other.example.se/x', { reference: 'https://other.example.se/x' })).toBe(
      true,
    );
  });
  it('under patient is missing only where no search by patient finds it', () => {
    for (const [reference, missing] of [
      [{ reference: 'Patient/a' }, false],
      [{ reference: 'https://other.example.se/fhir/Patient/a' }, false],
      [{ identifier: { value: 'a' } }, false],
      [{ type: 'Patient', identifier: { value: 'a' } }, false],
      [{ reference: 'Group/a' }, true],
      [{ type: 'Group', identifier: { value: 'a' } }, true],
      [{ display: 'Astrid' }, true],
    ] as const) {
      expect([reference, found('patient:missing', 'true', reference)]).toEqual([reference, missing]);
    }
  });
  it('that is contained or unreadable is refused as a value, and not found', () => {
    for (const value of ['%23p', 'Patient%3Fidentifier=1', 'a b'])
      expect(refusal('CarePlan', `subject=${value}`).kind).toBe('bad-request');
    expect(extract('CarePlan', 'x', plan({ reference: '#p' })).references).toEqual([]);
  });
  it('by identifier alone keeps the canonical identifier for the searches to come', () => {
    const logical = {
      type: 'Patient',
      identifier: { system: '1.2.752.129.2.1.3.1', value: '19410314-9805' },
    };
    expect(extract('CarePlan', 'x', plan(logical)).references).toEqual([
      {
        param: 'subject',
        targetType: 'Patient',
        target: null,
        system: 'http://electronichealth.se/identifier/personnummer',
        value: '194103149805',
      },
    ]);
  });
});

describe(':identifier of a reference', () => {
  const PNR = 'http://electronichealth.se/identifier/personnummer';
  const logical = { identifier: { system: 'urn:oid:1.2.752.129.2.1.3.1', value: '19410314-9805' } };

  it('finds by any system and form of a Swedish identifier', () => {
    for (const value of [`${PNR}|194103149805`, '410314-9805', '19410314-9805', `${PNR}|`]) {
      expect([value, found('subject:identifier', value, logical)]).toEqual([value, true]);
    }
    for (const value of [
      '|194103149805',
      'http://a.se|194103149805',
      '194103149806',
      'urn:oid:1.2.752.29.4.19|',
    ]) {
      expect([value, found('subject:identifier', value, logical)]).toEqual([value, false]);
    }
  });
  it('finds it beside a literal reference too', () => {
    expect(found('subject:identifier', '410314-9805', { reference: 'Patient/astrid', ...logical })).toBe(
      true,
    );
    expect(found('subject:identifier', '410314-9805', { reference: 'Patient/astrid' })).toBe(false);
  });
  it('under patient finds references to a Patient and those that say no type, as most by personnummer do', () => {
    const cases: readonly (readonly [object, boolean])[] = [
      [logical, true],
      [{ type: 'Patient', ...logical }, true],
      [{ type: 'Group', ...logical }, false],
      [{ reference: 'Patient/astrid', ...logical }, true],
      [{ reference: 'Group/g', ...logical }, false],
      [{ reference: 'https://other.example.se/fhir/Patient/a', ...logical }, true],
      [{ reference: 'https://other.example.se/fhir/Group/a', ...logical }, false],
    ];
    for (const [reference, hit] of cases) {
      expect([reference, found('patient:identifier', '410314-9805', reference)]).toEqual([reference, hit]);
    }
  });
  it('is refused without a value, and where there is no Reference', () => {
    for (const value of ['%7C', 'a%7Cb%7Cc']) {
      expect(refusal('CarePlan', `subject:identifier=${value}`).kind).toBe('bad-request');
    }
    expect(refusal('CarePlan', 'instantiates-canonical:identifier=a').kind).toBe('unknown-parameter');
  });
});

describe('a canonical reference', () => {
  const resource = { resourceType: 'CarePlan', instantiatesCanonical: ['https://a.se/PlanDefinition/sip|2'] };
  it('is found with its version and without', () => {
    const hits = [
      'https://a.se/PlanDefinition/sip',
      'https://a.se/PlanDefinition/sip|2',
      'https://a.se/PlanDefinition/sip|1',
    ].map((value) => finds(`instantiates-canonical=${encodeURIComponent(value)}`, resource));
    expect(hits).toEqual([true, true, false]);
  });
  it('is found by :below in each version, or in those that begin so', () => {
    const of = (version: string, value: string) =>
      finds(`instantiates-canonical:below=${encodeURIComponent(value)}`, {
        resourceType: 'CarePlan',
        instantiatesCanonical: [`http://ex.se/sip${version}`],
      });
    for (const version of ['', '|1.0', '|1.1', '|2.0']) {
      expect([version, of(version, 'http://ex.se/sip')]).toEqual([version, true]);
    }
    expect(
      ['|1', '|1.0', '|1.1', '|2.0', '|10', ''].map((version) => of(version, 'http://ex.se/sip|1')),
    ).toEqual([true, true, true, false, false, false]);
    const [finding] = refusal('CarePlan', 'subject:below=Patient/1').findings;
    expect(finding?.diagnostics).toContain('Hierarchies are not followed');
  });
});

describe('the patient of a resource', () => {
  it('is the one Patient it refers to, and itself for a Patient', () => {
    const appointment = (...actors: string[]) => ({
      resourceType: 'Appointment',
      participant: actors.map((reference) => ({ actor: { reference } })),
    });
    expect(extract('Appointment', 'x', appointment('Patient/a', 'Practitioner/p')).patient).toBe('a');
    expect(extract('Appointment', 'x', appointment('Patient/a', 'Patient/a')).patient).toBe('a');
    expect(extract('Appointment', 'x', appointment('Patient/a', 'Patient/b')).patient).toBeNull();
    expect(extract('Patient', 'p', { resourceType: 'Patient' }).patient).toBe('p');
    expect(extract('Organization', 'o', { resourceType: 'Organization' }).patient).toBeNull();
  });
  it('is a column where there can be one only', () => {
    expect(condition('CarePlan', 'patient=a')).toMatchObject({ parameter: { column: 'patient' } });
    expect(condition('Appointment', 'patient=a')).toMatchObject({ parameter: { column: null } });
  });
});
