import { createValidator, loadDefinitions } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';
import { createRedactor, type Shown } from '../../libs/fhir/src/redact/redactor.ts';
import { redactedLabel, refuseRedacted, withLabels } from '../../libs/fhir/src/redact/security-labels.ts';

const definitions = loadDefinitions();
const redact = createRedactor(definitions);
const validate = createValidator(definitions);
const securitySystem = 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel';
const label = `${securitySystem}|sekretessmarkering`;
const masked: Shown = { mask: 'protected-identity', labels: [label] };

const text = {
  status: 'generated',
  div: '<div xmlns="http://www.w3.org/1999/xhtml">Astrid, Storgatan 5</div>',
};
const name = [{ family: 'Testberg', given: ['Astrid'] }];
const address = [{ line: ['Storgatan 5'], city: 'Falkenberg' }];
const telecom = [{ system: 'phone', value: '0701234567' }];
const known = /Astrid|Testberg|Storgatan|Falkenberg|0701234567|Karin/;

function shown(resource: object) {
  const before = JSON.stringify(resource);
  const after = redact(before, masked);
  const found = JSON.parse(after);
  const errors = (each: unknown) =>
    validate(each, { base: 'http://localhost/fhir' }).filter(({ severity }) => severity === 'error');
  expect(errors(resource)).toEqual([]);
  expect(errors(found)).toEqual([]);
  expect(after).not.toMatch(known);
  return found;
}

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  meta: { versionId: '2', lastUpdated: '2026-11-23T10:00:00.000Z' },
  text,
  extension: [{ url: 'urn:kommun', valueString: 'Falkenberg' }],
  identifier: [
    {
      system: 'http://electronichealth.se/identifier/personnummer',
      value: '194103149805',
      assigner: { display: 'Falkenberg' },
    },
  ],
  active: true,
  name,
  _gender: { extension: [{ url: 'urn:x', valueString: 'Astrid' }] },
  telecom,
  gender: 'female',
  birthDate: '1941-03-14',
  address: [...address, ...address],
  photo: [{ title: 'Astrid' }],
  contact: [{ name: { text: 'Karin' }, telecom }],
  communication: [{ language: { text: 'Svenska' }, preferred: true }],
  generalPractitioner: [{ display: 'Falkenberg' }],
  managingOrganization: { reference: '#vc' },
  link: [{ type: 'seealso', other: { reference: 'RelatedPerson/r1', display: 'Karin' } }],
  contained: [{ resourceType: 'Organization', id: 'vc', name: 'Falkenberg', telecom }],
};

describe('the mask of protected identity', () => {
  test('shows a Patient in the shape of the Swedish base example', () => {
    const protectedPart = 'Skyddad uppgift';
    expect(shown(patient)).toEqual({
      resourceType: 'Patient',
      id: 'p1',
      meta: {
        ...patient.meta,
        security: [
          { system: securitySystem, code: 'sekretessmarkering' },
          { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'REDACTED' },
        ],
      },
      text: { status: 'generated', div: expect.stringContaining('skyddade') },
      identifier: [{ system: 'http://electronichealth.se/identifier/personnummer', value: '194103149805' }],
      active: true,
      name: [{ use: 'official', text: protectedPart, family: protectedPart, given: [protectedPart] }],
      gender: 'female',
      birthDate: '1941-03-14',
      address: [
        expect.objectContaining({
          line: ['Förmedlingsuppdrag', 'Box 2820'],
          city: 'GÖTEBORG',
          postalCode: '40320',
        }),
      ],
      communication: patient.communication,
      link: [{ type: 'seealso', other: { reference: 'RelatedPerson/r1', display: protectedPart } }],
    });
  });

  test('tells of next of kin who they are to the patient and no more', () => {
    const relative = {
      resourceType: 'RelatedPerson',
      id: 'r1',
      identifier: [{ value: '196501019999' }],
      active: true,
      patient: { reference: 'Patient/p1', display: 'Astrid Testberg' },
      relationship: [{ text: 'Dotter' }],
      name: [{ text: 'Karin' }],
      telecom,
      gender: 'female',
      birthDate: '1965-01-01',
      address,
    };
    const found = shown(relative);
    expect(Object.keys(found).sort()).toEqual(
      ['resourceType', 'id', 'active', 'patient', 'relationship', 'name', 'meta'].sort(),
    );
    expect(found.patient).toEqual({ reference: 'Patient/p1', display: 'Skyddad uppgift' });
  });

  test('takes the places from an Encounter, and who is not known to be staff', () => {
    const found = shown({
      resourceType: 'Encounter',
      id: 'e1',
      text,
      contained: [
        { resourceType: 'Location', id: 'home', name: 'Hemma hos Astrid', address: address[0], telecom },
        {
          resourceType: 'Organization',
          id: 'unit',
          name: 'Hemsjukvården',
          telecom: [{ system: 'phone', value: '112' }],
        },
      ],
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
      subject: { reference: 'Patient/p1', display: 'Astrid Testberg' },
      participant: [
        { individual: { reference: 'Practitioner/n1', display: 'Nina Natt' } },
        {
          individual: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: 'SE1-1' }, display: 'Bo Ek' },
        },
        { individual: { display: 'Karin' } },
      ],
      hospitalization: {
        origin: { display: 'Storgatan 5' },
        destination: { reference: 'Organization/shelter' },
      },
      location: [{ location: { reference: '#home' }, status: 'completed' }],
      serviceProvider: { reference: '#unit', display: 'Hemsjukvården' },
    });
    expect(found.location).toBeUndefined();
    expect(found.subject.reference).toBe('Patient/p1');
    expect(
      found.participant.map((each: { individual: { display: string } }) => each.individual.display),
    ).toEqual(['Nina Natt', 'Bo Ek', 'Skyddad uppgift']);
    expect(JSON.stringify(found.hospitalization)).not.toContain('shelter');
    expect(found.contained).toEqual([
      {
        resourceType: 'Organization',
        id: 'unit',
        name: 'Hemsjukvården',
        telecom: [{ system: 'phone', value: '112' }],
      },
    ]);
  });

  test('takes places and relatives from an Appointment and a CareTeam, and leaves the number of the team', () => {
    const appointment = shown({
      resourceType: 'Appointment',
      id: 'a1',
      status: 'proposed',
      participant: [
        { actor: { reference: 'Patient/p1', display: 'Astrid' }, status: 'accepted' },
        { actor: { reference: 'Location/l1', display: 'Storgatan 5' }, status: 'accepted' },
      ],
    });
    expect(JSON.stringify(appointment)).not.toContain('Location/l1');
    const team = shown({
      resourceType: 'CareTeam',
      id: 't1',
      subject: { reference: 'Patient/p1' },
      participant: [
        {
          member: { reference: 'RelatedPerson/r1', identifier: { value: '196501019999' }, display: 'Karin' },
        },
        { member: { reference: 'PractitionerRole/x', display: 'Fast vårdkontakt' } },
      ],
      telecom: [{ system: 'phone', value: '034610000' }],
    });
    expect(team.telecom).toEqual([{ system: 'phone', value: '034610000' }]);
    expect(team.participant[0].member).toEqual({ reference: 'RelatedPerson/r1', display: 'Skyddad uppgift' });
    expect(team.participant[1].member.display).toBe('Fast vårdkontakt');
  });

  test('keeps an identifier that only the patient can have', () => {
    const identifier = {
      system: 'http://electronichealth.se/identifier/personnummer',
      value: '194103149805',
    };
    const found = shown({
      resourceType: 'Observation',
      id: 'o1',
      status: 'final',
      code: { text: 'Vikt' },
      subject: { identifier, display: 'Astrid' },
    });
    expect(found.subject).toEqual({ identifier, display: 'Skyddad uppgift' });
  });

  test('shows the unit of protected staff instead of the person', () => {
    const role = shown({
      resourceType: 'PractitionerRole',
      id: 'x',
      practitioner: { reference: 'Practitioner/n1', display: 'Astrid' },
      organization: { reference: 'Organization/u', display: 'Hemsjukvården' },
      code: [{ text: 'Sjuksköterska' }],
      location: [{ reference: 'Location/l1' }],
      telecom,
      availableTime: [{ allDay: true }],
    });
    expect(Object.keys(role)).toEqual(['resourceType', 'id', 'meta', 'practitioner', 'organization', 'code']);
    expect(role.organization.display).toBe('Hemsjukvården');
    const practitioner = shown({
      resourceType: 'Practitioner',
      id: 'n1',
      identifier: [
        { system: 'urn:oid:1.2.752.129.2.1.4.1', value: 'SE0000000001-1001' },
        { system: 'http://electronichealth.se/identifier/personnummer', value: '197001019999' },
      ],
      name,
      telecom,
      address,
      photo: [{ title: 'Astrid' }],
      qualification: [{ identifier: [{ value: '998877' }], code: { text: 'Sjuksköterska' } }],
    });
    expect(practitioner.identifier).toEqual([
      { system: 'urn:oid:1.2.752.129.2.1.4.1', value: 'SE0000000001-1001' },
    ]);
    expect(practitioner.qualification).toEqual([{ code: { text: 'Sjuksköterska' } }]);
  });

  test('reaches values in extensions, inputs of tasks and authors of notes', () => {
    const found = shown({
      resourceType: 'Task',
      id: 'k',
      status: 'requested',
      intent: 'order',
      for: { reference: 'Patient/p1' },
      extension: [
        { url: 'urn:a', valueAddress: address[0] },
        { url: 'urn:t', valueContactPoint: telecom[0] },
      ],
      location: { reference: 'Location/l1' },
      note: [{ authorString: 'Karin', text: 'Ring innan' }],
      input: [
        { type: { text: 'Namn' }, valueHumanName: name[0] },
        { type: { text: 'Vem' }, valueReference: { display: 'Karin' } },
      ],
    });
    expect(found.note[0].authorString).toBe('Skyddad uppgift');
    expect(JSON.stringify(found)).not.toContain('Location/l1');
  });

  test('does not tell how much it hides', () => {
    const once = redact(JSON.stringify({ ...patient, name, address }), masked);
    const twice = redact(JSON.stringify({ ...patient, name: [...name, ...name] }), masked);
    expect(once).toBe(twice);
  });

  test('is the same when it is done again', () => {
    const once = redact(JSON.stringify(patient), masked);
    expect(redact(once, masked)).toBe(once);
  });
});

describe('the warning', () => {
  const observation =
    '{"resourceType":"Observation","id":"o","meta":{"versionId":"1","security":[{"code":"R"}]},"status":"final","code":{"text":"Vikt"},"valueQuantity":{"value":1.50000000000000000001}}';

  test('takes nothing away and adds the labels of the patient once', () => {
    const warned = redact(observation, { mask: 'warning', labels: [label, label, '|R'] });
    expect(JSON.parse(warned).meta).toEqual({
      versionId: '1',
      security: [{ code: 'R' }, { system: securitySystem, code: 'sekretessmarkering' }],
    });
    expect(warned).toContain('"value":1.50000000000000000001}');
    expect(redact(warned, { mask: 'warning', labels: [label] })).toBe(warned);
  });

  test('makes meta where there is none, behind type and id', () => {
    expect(withLabels('{"resourceType":"Basic","id":"b","code":{"text":"x"}}', ['urn:s|c'])).toBe(
      '{"resourceType":"Basic","id":"b","meta":{"security":[{"system":"urn:s","code":"c"}]},"code":{"text":"x"}}',
    );
    expect(withLabels('{"resourceType":"Basic"}', ['urn:s|c'])).toBe(
      '{"resourceType":"Basic","meta":{"security":[{"system":"urn:s","code":"c"}]}}',
    );
  });

  test('is not given where the identity is not protected', () => {
    expect(redact(observation, { mask: 'none', labels: [label] })).toBe(observation);
  });
});

test('a resource that content was taken out of is refused when it comes back', () => {
  const found = JSON.parse(redact(JSON.stringify(patient), masked));
  expect(() => refuseRedacted(found)).toThrow(
    expect.objectContaining({ kind: 'business-rule', status: 422 }),
  );
  expect(() => refuseRedacted(patient)).not.toThrow();
  expect(redactedLabel).toContain('|REDACTED');
});
