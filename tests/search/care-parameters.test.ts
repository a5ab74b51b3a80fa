import { describe, expect, it } from 'vitest';
import { base, catalog, finds } from './memory.ts';

const SNOMED = 'http://snomed.info/sct';
const concept = (code: string) => [{ coding: [{ system: SNOMED, code }] }];
const to = (reference: string) => ({ reference });

const meta = {
  versionId: '1',
  source: 'https://journal.example.se#42',
  profile: ['https://naravard.se/fhir/StructureDefinition/plan|1.0'],
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }],
  tag: [{ system: 'https://naravard.se/tag', code: 'demo' }],
};
const common: Row[] = [
  ['_id', 'x', 'y'],
  ['_lastUpdated', '2026-11-23', '2026-11-24'],
  [
    '_profile',
    'https://naravard.se/fhir/StructureDefinition/plan',
    'https://naravard.se/fhir/StructureDefinition/pla',
  ],
  [
    '_profile',
    'https://naravard.se/fhir/StructureDefinition/plan|1.0',
    'https://naravard.se/fhir/StructureDefinition/plan|2.0',
  ],
  ['_security', 'NOPAT', 'R'],
  ['_source', 'https://journal.example.se#42', 'https://journal.example.se'],
  ['_tag', 'https://naravard.se/tag|demo', 'https://naravard.se/tag|test'],
];

/** Parameter, a value that finds the resource, one that does not. */
type Row = readonly [code: string, hit: string, miss: string];

const cases: Record<
  string,
  { resource: { resourceType: string; [element: string]: unknown }; rows: readonly Row[] }
> = {
  CareTeam: {
    resource: {
      resourceType: 'CareTeam',
      meta,
      identifier: [{ system: 'urn:oid:1.2.752.129.2.1.4.1', value: 'tstnmt2321000115-vc01' }],
      status: 'active',
      category: concept('735320007'),
      subject: to('Patient/astrid'),
      encounter: to('Encounter/e1'),
      period: { start: '2026-01-01' },
      participant: [
        { role: concept('309343006'), member: to('PractitionerRole/berg') },
        { member: to('Organization/vc') },
      ],
      managingOrganization: [to('Organization/region')],
    },
    rows: [
      ['category', `${SNOMED}|735320007`, `${SNOMED}|1`],
      ['date', 'ge2026-06', 'lt2026'],
      ['encounter', 'Encounter/e1', 'e2'],
      ['identifier', 'urn:oid:1.2.752.29.4.19|TSTNMT2321000115-VC01', 'TSTNMT2321000115-VC02'],
      ['organization', 'Organization/region', 'Organization/vc'],
      ['participant', 'Organization/vc', 'Organization/berg'],
      ['patient', 'astrid', 'sven'],
      ['role', `${SNOMED}|309343006`, `${SNOMED}|1`],
      ['status', 'active', 'inactive'],
      ['subject', `${base}/Patient/astrid`, 'Group/astrid'],
    ],
  },
  CarePlan: {
    resource: {
      resourceType: 'CarePlan',
      meta,
      identifier: [{ system: 'https://vc.example.se/plan', value: '17' }],
      instantiatesCanonical: ['https://naravard.se/PlanDefinition/sip|2'],
      instantiatesUri: ['https://naravard.se/sip.html'],
      basedOn: [to('CarePlan/base')],
      replaces: [to('CarePlan/old')],
      partOf: [to('CarePlan/head')],
      status: 'active',
      intent: 'plan',
      category: concept('1'),
      subject: to('Patient/astrid'),
      encounter: to('Encounter/e1'),
      period: { start: '2026-11-01', end: '2027-05-01' },
      author: to('PractitionerRole/berg'),
      careTeam: [to('CareTeam/t1')],
      addresses: [to('Condition/hf')],
      goal: [to('Goal/walk')],
      activity: [
        { reference: to('Task/weigh') },
        {
          detail: {
            status: 'in-progress',
            code: { coding: [{ system: SNOMED, code: '307818003' }] },
            scheduledPeriod: { start: '2026-11-02T08:00:00+01:00', end: '2026-11-02T09:00:00+01:00' },
            performer: [to('PractitionerRole/berg')],
          },
        },
      ],
    },
    rows: [
      ['activity-code', '307818003', '307818004'],
      ['activity-date', '2026-11-02', '2026-11-03'],
      ['activity-reference', 'Task/weigh', 'Task/walk'],
      ['author', 'PractitionerRole/berg', 'Practitioner/berg'],
      ['based-on', 'base', 'old'],
      ['care-team', 'CareTeam/t1', 'CareTeam/t2'],
      ['category', '1', '2'],
      ['condition', 'hf', 'copd'],
      ['date', 'gt2026-12-24', 'sa2026-12-24'],
      ['encounter', 'e1', 'e2'],
      ['goal', 'Goal/walk', 'Goal/run'],
      ['identifier', 'https://vc.example.se/plan|17', '|17'],
      [
        'instantiates-canonical',
        'https://naravard.se/PlanDefinition/sip',
        'https://naravard.se/PlanDefinition/sip|1',
      ],
      ['instantiates-uri', 'https://naravard.se/sip.html', 'https://naravard.se/sip'],
      ['intent', 'plan', 'order'],
      ['part-of', 'CarePlan/head', 'CarePlan/old'],
      ['patient', 'Patient/astrid', 'Patient/sven'],
      ['performer', 'PractitionerRole/berg', 'Practitioner/berg'],
      ['replaces', 'old', 'head'],
      ['status', 'http://hl7.org/fhir/request-status|active', 'http://hl7.org/fhir/other|active'],
      ['subject', 'astrid', 'sven'],
    ],
  },
  Encounter: {
    resource: {
      resourceType: 'Encounter',
      meta,
      identifier: [{ value: 'v-1' }],
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
      type: concept('t'),
      subject: to('Patient/astrid'),
      episodeOfCare: [to('EpisodeOfCare/ep')],
      basedOn: [to('ServiceRequest/sr')],
      participant: [
        { type: concept('pt'), individual: to('Practitioner/lind') },
        { individual: to('PractitionerRole/berg') },
      ],
      appointment: [to('Appointment/a1')],
      period: { start: '2026-11-02T11:30:00+01:00', end: '2026-11-02T12:00:00+01:00' },
      length: { value: 30, system: 'http://unitsofmeasure.org', code: 'min', unit: 'minuter' },
      reasonCode: concept('rc'),
      reasonReference: [to('Condition/hf')],
      diagnosis: [{ condition: to('Condition/copd') }],
      account: [to('Account/acc')],
      hospitalization: { specialArrangement: concept('wheel') },
      location: [{ location: to('Location/home'), period: { start: '2026-11-02', end: '2026-11-02' } }],
      serviceProvider: to('Organization/vc'),
      partOf: to('Encounter/stay'),
    },
    rows: [
      ['account', 'acc', 'bcc'],
      ['appointment', 'a1', 'a2'],
      ['based-on', 'ServiceRequest/sr', 'ServiceRequest/ss'],
      ['class', 'HH', 'VR'],
      ['date', '2026-11-02', '2026-11-02T11:30:00+01:00'],
      ['diagnosis', 'Condition/copd', 'Condition/hf'],
      ['episode-of-care', 'ep', 'eq'],
      ['identifier', '|v-1', 'x|v-1'],
      ['length', 'gt29||min', 'gt29||h'],
      ['location', 'Location/home', 'Location/ward'],
      ['location-period', 'eb2026-11-03', 'eb2026-11-02'],
      ['part-of', 'stay', 'Encounter/go'],
      ['participant', 'berg', 'ek'],
      ['participant-type', 'pt', 't'],
      ['patient', 'astrid', 'berg'],
      ['practitioner', 'lind', 'berg'],
      ['reason-code', 'rc', 'rd'],
      ['reason-reference', 'Condition/hf', 'Condition/copd'],
      ['service-provider', 'Organization/vc', 'Organization/sj'],
      ['special-arrangement', 'wheel', 'oil'],
      ['status', 'planned,finished', 'planned'],
      ['subject', 'Patient/astrid', 'Group/astrid'],
      ['type', 't', 'pt'],
    ],
  },
};

for (const [type, { resource, rows }] of Object.entries(cases)) {
  describe(`${type} is searched by`, () => {
    const all = [...common, ...rows];
    it.each(all)('%s: %s finds it, %s does not', (code, hit, miss) => {
      const finding = (value: string) => finds(`${code}=${encodeURIComponent(value)}`, resource);
      expect({ hit: finding(hit), miss: finding(miss) }).toEqual({ hit: true, miss: false });
    });

    it('every parameter that R4 defines for it, except _query', () => {
      const named = [...new Set(all.map(([code]) => code))].sort();
      expect(
        catalog
          .parameters(type)
          .map(({ code }) => code)
          .sort(),
      ).toEqual(named);
      expect(
        catalog
          .unsupported(type)
          .map(({ code }) => code)
          .sort(),
      ).toEqual(['_query']);
    });
  });
}

describe('the catalog', () => {
  it('keeps the edges of patient under subject and those of practitioner under participant', () => {
    expect(catalog.parameter('CarePlan', 'patient')).toMatchObject({
      stored: 'subject',
      only: 'Patient',
      column: 'patient',
    });
    expect(catalog.parameter('Encounter', 'practitioner')).toMatchObject({
      stored: 'participant',
      only: 'Practitioner',
    });
    expect(catalog.patientParameter('Task')?.code).toBe('patient');
    expect(catalog.patientParameter('Practitioner')).toBeUndefined();
  });

  it('answers from a column only what has at most one value', () => {
    expect(catalog.parameter('Encounter', 'date')?.column).toBe('period');
    expect(catalog.parameter('Encounter', 'location-period')?.column).toBeNull();
    expect(catalog.parameter('MedicationRequest', 'date')?.column).toBeNull();
    expect(catalog.parameter('Appointment', 'patient')?.column).toBeNull();
    expect(catalog.parameter('Goal', 'patient')?.column).toBe('patient');
  });

  it('offers parameters of our own where R4 has none', () => {
    const own = [
      ['CareTeam', 'role', 'token'],
      ['CareTeam', 'organization', 'reference'],
      ['CarePlan', 'author', 'reference'],
    ] as const;
    for (const [type, code, kind] of own) {
      expect(catalog.parameter(type, code)).toMatchObject({
        type: kind,
        url: `https://naravard.se/fhir/SearchParameter/${type}-${code}`,
      });
      expect(catalog.definitions.searchParameters(type).map((each) => each.code)).not.toContain(code);
    }
  });

  it('knows the distance of a location and does not offer it', () => {
    expect(catalog.parameter('Location', 'near')).toBeUndefined();
    expect(catalog.unsupported('Location')).toContainEqual(
      expect.objectContaining({ code: 'near', reason: expect.stringContaining('distance is not built') }),
    );
  });

  it('has every other parameter of R4', () => {
    const { definitions } = catalog;
    let offered = 0;
    for (const type of definitions.resourceTypes) {
      offered += catalog.parameters(type).length;
      for (const { code } of catalog.unsupported(type)) {
        const known = ['_content', '_query', '_text', 'near'].includes(code);
        if (!known) expect(['classification', 'target-species']).toContain(code);
      }
    }
    expect(offered).toBeGreaterThan(2470);
  });
});
