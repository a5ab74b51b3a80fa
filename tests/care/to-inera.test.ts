import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toInera } from '../../libs/care/src/to-inera.ts';
import { toIneraOperation } from '../../services/care-team/src/operations/to-inera.ts';
import { type Example, example } from './guide-examples.ts';

const ig = 'https://fhir.inera.se/ig/careteam/StructureDefinition';
const own = 'https://naravard.se/fhir/StructureDefinition';
const fast = (): Example => example('CareTeam-astrid-fast-vardkontakt');

/** The contact path of Inera's form for hours of ours. */
function hoursOf(...given: object[]): Example {
  const team = { ...fast(), telecom: [{ system: 'phone', value: '031-390 06 22', extension: given }] };
  return toInera(team)?.telecom?.[0]?.extension?.[0]?.valueAvailability;
}

const hours = (days: readonly string[], start: string, end: string, redDays?: string) => ({
  url: `${own}/tillganglighet`,
  extension: [
    ...days.map((valueCode) => ({ url: 'daysOfWeek', valueCode })),
    { url: 'startTime', valueTime: start },
    { url: 'endTime', valueTime: end },
    ...(redDays ? [{ url: 'redDays', valueCode: redDays }] : []),
  ],
});

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'];

describe("a fast kontakt in Inera's form", () => {
  test('has what the IG knows and nothing else', () => {
    expect(toInera(fast())).toEqual({
      resourceType: 'CareTeam',
      id: 'astrid-fast-vardkontakt',
      meta: { profile: [`${ig}/RIVCareManager-careteam`], security: fast().meta.security },
      status: 'active',
      category: [
        {
          coding: [
            {
              system: 'https://fhir.inera.se/ig/careteam/CodeSystem/typ-av-careteam-cs',
              code: 'fast-kontakt',
              display: 'Fast kontakt',
            },
          ],
        },
      ],
      name: 'Fast vårdkontakt: Maja Berg',
      subject: { reference: 'Patient/astrid-testberg' },
      period: { start: '2025-10-19' },
      participant: [
        {
          extension: [
            {
              url: `${ig}/riv-contact-via-team-extension`,
              valueReference: { reference: 'CareTeam/team-hemsjukvarden-soder' },
            },
          ],
          role: fast().participant[0].role[0],
          member: { reference: 'PractitionerRole/maja-berg', display: 'Maja Berg' },
        },
      ],
      managingOrganization: fast().managingOrganization,
      telecom: [
        {
          extension: [
            {
              url: `${ig}/RIVContactPointAvailability`,
              valueAvailability: {
                availableTime: [
                  { daysOfWeek: WEEKDAYS, availableStartTime: '08:00:00', availableEndTime: '17:00:00' },
                ],
                notAvailableTime: [{ description: 'Stängt på röda dagar och helgaftnar' }],
              },
            },
          ],
          system: 'phone',
          value: '031-390 06 22',
        },
      ],
      note: [{ text: 'Maja arbetar inte på fredagar. Då svarar en kollega.' }],
    });
  });

  test('leaves out all that is ours, narrative, contained resources and what refers to them', () => {
    const team = {
      ...fast(),
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Maja</div>' },
      contained: [{ resourceType: 'Organization', id: 'unit', name: 'Enheten' }],
      managingOrganization: [{ reference: '#unit', display: 'Enheten' }, { reference: '#unit' }],
      encounter: { reference: 'Encounter/1' },
      reasonCode: [{ text: 'Hjärtsvikt' }],
    };
    const shown = toInera(team);
    expect(JSON.stringify(shown)).not.toMatch(
      /naravard\.se\/fhir\/StructureDefinition|xhtml|Encounter|Hjärtsvikt/,
    );
    expect(shown?.managingOrganization).toEqual([{ display: 'Enheten' }]);
  });

  test('shows no number that is for staff or those close to the patient alone', () => {
    const audience = (valueCode: string) => ({ url: `${own}/malgrupp`, valueCode });
    const telecom = [
      { system: 'phone', value: '1' },
      { system: 'phone', value: '2', extension: [audience('personal')] },
      { system: 'phone', value: '3', extension: [audience('narstaende'), audience('patient')] },
      { system: 'phone', value: '4', extension: [audience('narstaende')] },
    ];
    expect(toInera({ ...fast(), telecom })?.telecom?.map(({ value }) => value)).toEqual(['1', '3']);
    expect(toInera({ ...fast(), telecom: telecom.slice(1, 2) })).not.toHaveProperty('telecom');
  });

  test('has one role, that of the type of fast kontakt', () => {
    const [participant] = fast().participant;
    const role = [{ text: 'Sjuksköterska' }, ...participant.role];
    expect(toInera({ ...fast(), participant: [{ ...participant, role }] })?.participant?.[0]?.role).toEqual(
      participant.role[0],
    );
  });

  test('has hours over midnight on both days, and whole days as such', () => {
    expect(hoursOf(hours(['sun'], '22:00:00', '07:00:00'))).toEqual({
      availableTime: [
        { daysOfWeek: ['sun'], availableStartTime: '22:00:00', availableEndTime: '23:59:59' },
        { daysOfWeek: ['mon'], availableStartTime: '00:00:00', availableEndTime: '07:00:00' },
      ],
    });
    const team = toInera(example('CareTeam-team-hemsjukvarden-soder'));
    expect(team?.meta).toMatchObject({ profile: [`${ig}/RIVManagingTeam-careteam`] });
    expect(team?.telecom?.[0]?.extension?.[0]?.valueAvailability).toEqual({
      availableTime: [{ daysOfWeek: [...WEEKDAYS, 'sat', 'sun'], allDay: true }],
    });
  });

  test('tells in words that a number is not answered on red days', () => {
    const closed = { notAvailableTime: [{ description: 'Stängt på röda dagar och helgaftnar' }] };
    const office = (redDays?: string) => hours(WEEKDAYS, '08:00:00', '17:00:00', redDays);
    expect(hoursOf(office())).toMatchObject(closed);
    expect(hoursOf(office('open'))).not.toHaveProperty('notAvailableTime');
    expect(hoursOf(hours([...WEEKDAYS, 'sat', 'sun'], '07:00:00', '16:00:00', 'closed'))).toMatchObject(
      closed,
    );
    expect(hoursOf()).toBeUndefined();
  });

  test('is there for fasta kontakter and teams alone', () => {
    expect(toInera({ ...fast(), category: [{ text: 'Fast kontakt' }] })).toBeUndefined();
    expect(toInera({ resourceType: 'CareTeam' })).toBeUndefined();
  });
});

describe('CareTeam/[id]/$to-inera', () => {
  let fhir: TestApp;
  beforeAll(async () => {
    const types = [
      'CareTeam',
      'Communication',
      'Patient',
      'PractitionerRole',
      'Practitioner',
      'EpisodeOfCare',
    ];
    const resources = types.map((type) => ({ type }));
    fhir = await createTestApp({
      modules: [{ name: 'care-team', resources, operations: [toIneraOperation] }],
    });
    const put = async (resource: Example) => {
      const { status } = await fhir.ask('PUT', `/${resource.resourceType}/${resource.id}`, {
        body: resource,
      });
      expect(status).toBe(201);
    };
    await put(example('Patient-astrid-testberg'));
    await put(fast());
    await put({ ...fast(), id: 'other', category: [{ text: 'Annat' }] });
    await put(example('Communication-astrid-intern-anteckning'));
  });
  afterAll(() => fhir.close());

  const ask = (id: string, as?: 'patient' | 'psykiatri') =>
    fhir.ask('GET', `/CareTeam/${id}/$to-inera`, as ? { as } : {});

  test('answers what the caller may read, as R5, with its version', async () => {
    for (const as of [undefined, 'patient'] as const) {
      const { status, headers, json } = await ask('astrid-fast-vardkontakt', as);
      expect([status, headers.etag, json.meta.profile]).toEqual([
        200,
        'W/"1"',
        [`${ig}/RIVCareManager-careteam`],
      ]);
      expect(json.meta.versionId).toBe('1');
      expect(json.participant[0].role).not.toBeInstanceOf(Array);
      expect(JSON.stringify(json)).not.toContain('Dottern');
    }
  });

  test('answers who may not read it as if it were not there', async () => {
    const [hidden, absent] = [
      await ask('astrid-fast-vardkontakt', 'psykiatri'),
      await ask('absent', 'psykiatri'),
    ];
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect(hidden.text).toBe(absent.text);
  });

  test('names no staff of protected identity, as an ordinary read does not', async () => {
    const security = [
      { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' },
    ];
    const body = { ...example('PractitionerRole-maja-berg'), meta: { security } };
    expect((await fhir.ask('PUT', '/PractitionerRole/maja-berg', { body, as: 'administrator' })).status).toBe(
      201,
    );
    const [read, shown] = [
      await fhir.ask('GET', '/CareTeam/astrid-fast-vardkontakt'),
      await ask('astrid-fast-vardkontakt'),
    ];
    expect(shown.json.participant[0].member).toEqual(read.json.participant[0].member);
    expect(shown.json.participant[0].member.display).toBe('Skyddad uppgift');
  });

  test('refuses a CareTeam of another category, and says gone of a deleted one', async () => {
    const other = await ask('other');
    expect([other.status, other.json.issue[0].details.text]).toEqual([
      422,
      'Bara fasta kontakter och team kan visas så.',
    ]);
    await fhir.ask('DELETE', '/CareTeam/other');
    expect((await ask('other')).status).toBe(410);
  });
});
