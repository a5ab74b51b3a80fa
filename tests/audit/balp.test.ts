import { grounds, refusals } from '@naravard/access';
import { createValidator, loadDefinitions } from '@naravard/fhir';
import type { LogRow } from '@naravard/store';
import { describe, expect, test } from 'vitest';
import { auditEvent } from '../../libs/rest/src/audit/audit-event.ts';
import { shapes } from '../../libs/rest/src/audit/interaction-shape.ts';
import { explained, wordsOf } from '../../libs/rest/src/audit/reason-words.ts';
import type { View } from '../../libs/rest/src/audit/view.ts';
import { type Balp, balpFaults } from './balp-profiles.ts';

const base = 'http://localhost:8080/fhir';
const validate = createValidator(loadDefinitions());
const reviewer: View = { voice: 'staff', names: true, query: 'whole' };
const person: View = { voice: 'patient', names: false, query: 'names-only' };

const row: LogRow = {
  id: '01976f00-0000-7000-8000-000000000001',
  at: '2026-11-23T09:15:00.000Z',
  request: 'request-1',
  interaction: 'read',
  outcome: 0,
  reason: 'svod-consent',
  actorKind: 'staff',
  actor: 'SE0000000001-1001',
  organisation: 'vg:SE0000000001-A',
  unit: 'SE0000000001-A1',
  commission: 'SE0000000001-1001U',
  purpose: 'Vård och behandling',
  title: 'Sjuksköterska',
  client: 'nattapp',
  type: 'CarePlan',
  patient: 'astrid-testberg',
  targets: ['CarePlan/plan-1'],
  query: null,
};

// biome-ignore lint/suspicious/noExplicitAny: looked into freely
const eventOf = (over: Partial<LogRow> = {}, view = reviewer): any =>
  auditEvent({ ...row, ...over }, view, base);

const interactions = [...Object.keys(shapes), '$nodoppning', '$atkomstlogg', 'capabilities'];
const callers: Partial<LogRow>[] = [
  {},
  { organisation: 'og:SE0000000001-B', title: null, commission: null },
  {
    actorKind: 'patient',
    actor: 'astrid-testberg',
    organisation: null,
    unit: null,
    title: null,
    purpose: null,
  },
  {
    actorKind: 'guardian',
    actor: 'hanna-testberg',
    organisation: null,
    unit: null,
    title: null,
    purpose: null,
  },
  { actorKind: 'system', actor: 'journalsystem', client: null, unit: null, title: null, purpose: null },
  { actorKind: 'administrator', actor: 'administrator', client: null },
];
const contents: Partial<LogRow>[] = [
  {},
  { patient: null },
  { targets: [], patient: null, reason: 'no match' },
  { targets: ['CarePlan/plan-1/_history/2', 'Goal/goal-1', 'CarePlan/plan-2'] },
  { outcome: 4, reason: 'out of scope' },
  { outcome: 8, reason: 'forbidden', targets: [], type: null, patient: null },
  { query: 'patient=astrid-testberg&status=active' },
];

/** Every combination of what was done, by whom, and with what. */
const rows: LogRow[] = interactions.flatMap((interaction) =>
  callers.flatMap((caller) => contents.map((content) => ({ ...row, interaction, ...caller, ...content }))),
);

describe('AuditEvents of the audit', () => {
  test('are valid R4, whatever was done, by whom, and whoever reads', () => {
    for (const each of rows) {
      for (const view of [reviewer, person]) {
        expect([each.interaction, validate(auditEvent(each, view, base), { base })]).toEqual([
          each.interaction,
          [],
        ]);
      }
    }
  });

  test('meet the IHE BALP profile that they claim', () => {
    const claimed = new Set<string>();
    for (const each of rows) {
      const event = auditEvent(each, reviewer, base) as Balp;
      const profile = event.meta.profile?.[0]?.split('IHE.BasicAudit.')[1];
      if (profile === undefined) continue;
      claimed.add(profile);
      expect([profile, each.interaction, balpFaults(profile, event)]).toEqual([
        profile,
        each.interaction,
        [],
      ]);
    }
    const patterns = ['Create', 'Delete', 'Query', 'Read', 'Update'];
    expect([...claimed].sort()).toEqual([...patterns, ...patterns.map((each) => `Patient${each}`)].sort());
  });

  test('claim none for what failed, and for what BALP has no pattern of', () => {
    const profile = (over: Partial<LogRow>) => eventOf(over).meta.profile;
    expect(profile({ outcome: 4 })).toBeUndefined();
    expect(profile({ interaction: 'history-instance' })).toBeUndefined();
    expect(profile({ interaction: '$nodoppning' })).toBeUndefined();
    expect(profile({ targets: ['CarePlan/1', 'CarePlan/2'] })).toBeUndefined();
  });

  test('hold what HSLF-FS 2016:40 4:9 asks for: what, when, unit, user, patient, and the purpose', () => {
    const event = eventOf();
    expect(event.subtype[0].code).toBe('read');
    expect(event.recorded).toBe('2026-11-23T09:15:00.000Z');
    const [user, , , provider] = event.agent;
    expect(user.who.identifier).toEqual({ system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000001-1001' });
    expect(user.location.identifier.value).toBe('SE0000000001-A1');
    expect(user.role.map(({ text }: { text: string }) => text)).toEqual([
      'Sjuksköterska',
      'Medarbetaruppdrag',
    ]);
    expect(provider.who.identifier.value).toBe('SE0000000001-A');
    expect(provider.role).toEqual([{ text: 'Vårdgivare' }]);
    expect(event.entity[0].what.reference).toBe('Patient/astrid-testberg');
    expect(event.purposeOfEvent[0].text).toBe('Vård och behandling');
    expect(event.outcomeDesc).toBe(
      'sammanhållen vård- och omsorgsdokumentation med patientens samtycke (SVOD 3:1)',
    );
  });

  test('tell an omsorgsgivare from a vårdgivare of the same municipality', () => {
    expect(eventOf({ organisation: 'og:SE0000000001-A' }).agent.at(-1).role).toEqual([
      { text: 'Omsorgsgivare' },
    ]);
  });

  test('mark an emergency opening as break the glass', () => {
    const codes = (over: Partial<LogRow>) =>
      eventOf(over).purposeOfEvent[0].coding.map(({ code }: { code: string }) => code);
    expect(codes({ reason: 'own-unit svod-emergency' })).toContain('BTG');
    expect(codes({ interaction: '$nodoppning' })).toContain('BTG');
    expect(codes({})).not.toContain('BTG');
  });

  test('tell when a read made offline took place, and when it was told', () => {
    const event = eventOf({ interaction: 'offline-read', query: 'at=2026-11-22T22%3A14%3A00.000Z' });
    expect(event.period).toEqual({ start: '2026-11-22T22:14:00.000Z', end: '2026-11-22T22:14:00.000Z' });
    expect(event.recorded).toBe('2026-11-23T09:15:00.000Z');
  });

  test('tell a person the role and the unit of staff, and no name, id, target or search term', () => {
    const event = eventOf(
      { interaction: 'search-type', query: 'patient=astrid-testberg,other&name=Olle', targets: ['CarePlan'] },
      person,
    );
    const text = JSON.stringify(event);
    expect(text).toContain('Sjuksköterska');
    expect(text).toContain('SE0000000001-A1');
    expect(text).not.toContain('SE0000000001-1001');
    expect(queryOf(event)).toBe('CarePlan?patient=&name=');
    expect(event.entity[1].what).toEqual({ type: 'CarePlan', display: 'vårdplan' });
    expect(event.outcomeDesc).toContain('ditt samtycke');
  });
});

// biome-ignore lint/suspicious/noExplicitAny: looked into freely
const queryOf = (event: any): string =>
  Buffer.from(event.entity.find(({ query }: { query?: string }) => query).query, 'base64').toString();

describe('a query in an AuditEvent', () => {
  const shown = (query: string, how: View['query']) =>
    queryOf(eventOf({ interaction: 'search-type', type: 'Patient', query }, { ...reviewer, query: how }));
  const number = '194103149805';

  test('is whole to the reviewer of the organisation that asked', () => {
    expect(shown(`identifier=x|${number}`, 'whole')).toBe(`Patient?identifier=x|${number}`);
  });

  test.each([
    `identifier=http://electronichealth.se/identifier/personnummer|${number}`,
    'identifier=http%3A%2F%2Felectronichealth.se%2Fidentifier%2Fpersonnummer%7C%31%39%34%31%30%33%31%34%39%38%30%35',
    `identifier=19410314-9805,x|410314-9805`,
    `patient.identifier=x|${number}`,
    `subject:identifier=x|${number}`,
    `_has:CarePlan:subject:identifier=${number}`,
    `_filter=identifier eq "${number}"`,
    `_content=410314+9805`,
    `name=${number}`,
    `${number}=1`,
    `identifier=1.2.752.74.9.1|19900101A123`,
  ])('keeps no number of a person to others: %s', (query) => {
    const text = shown(query, 'without-numbers');
    expect(text).not.toMatch(/\d{6}[-+ ]?\d{4}|19900101A123/);
    expect(text).toContain('***');
  });

  test('keeps what is no number of a person', () => {
    const query =
      'organization:identifier=urn:oid:1.2.752.29.4.19|SE0000000001-A1&date=ge2026-11-23T10:00:00Z&_count=20';
    expect(shown(query, 'without-numbers')).toBe(`Patient?${query}`);
  });

  test('keeps its path where it is not of one type', () => {
    expect(shown('Patient/1/CarePlan?status=active', 'whole')).toBe('Patient/1/CarePlan?status=active');
  });

  test('is there even when nothing was asked for', () => {
    expect(shown('', 'whole')).toBe('Patient?');
  });
});

describe('reasons in words', () => {
  test('are there for every ground and refusal of the decision', () => {
    for (const code of [...Object.keys(grounds), ...Object.keys(refusals)]) {
      for (const voice of ['patient', 'guardian', 'staff'] as const) {
        expect([code, wordsOf(code, voice)]).toEqual([code, expect.stringMatching(/^[^{}]{8,}$/)]);
      }
    }
  });

  test('of several grounds stand beside each other with their sections', () => {
    expect(explained(['own-unit', 'svod-emergency'], 'staff')).toMatch(/\(PDL 4:1\); .*\(SVOD 3:6\)$/);
  });

  test('of what is no known code are the code itself', () => {
    expect(explained(['authenticated'], 'staff')).toBe('authenticated');
  });
});
