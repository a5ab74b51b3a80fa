import { createValidator, loadDefinitions } from '@naravard/fhir';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { story } from '../../services/all-in-one/src/sandbox/demo/story.ts';
import { storyTime } from '../../services/all-in-one/src/sandbox/demo/story-time.ts';
import { ids, lastThursday, type Resource, type StoryService, startStory } from './story-service.ts';

const NOW = lastThursday();
const time = storyTime(NOW);

let service: StoryService;
const search: StoryService['search'] = (...asked) => service.search(...asked);

beforeAll(async () => {
  service = await startStory(NOW);
});
afterAll(() => service.close());

describe('The story of Astrid', () => {
  it('tells who cares for her: one CareTeam for each fast kontakt, with one person and a way to reach them', async () => {
    const contacts = await search('CareTeam?patient=astrid-testberg&category=fast-kontakt&status=active');
    expect(ids(contacts)).toEqual([
      'astrid-fast-lakarkontakt',
      'astrid-fast-omsorgskontakt',
      'astrid-fast-vardkontakt',
      'astrid-fast-vardkontakt-samordning',
    ]);
    const kinds = contacts.map((contact) => {
      const [participant] = contact.participant as [
        { role: [{ coding: [{ code: string }] }]; member: { display: string } },
      ];
      expect(contact.participant).toHaveLength(1);
      expect(contact.telecom).toHaveLength(1);
      return [participant.role[0].coding[0].code, participant.member.display];
    });
    expect(kinds).toEqual([
      ['2', 'Omar Lind'],
      ['3', 'Sven Dahl'],
      ['1', 'Maja Berg'],
      ['4', 'Eva Strand'],
    ]);
  });

  it('has the team that answers day and night', async () => {
    const [team] = await search(
      'CareTeam?patient=astrid-testberg&organization=Organization/hemsjukvarden-soder&category=team',
    );
    expect(team).toMatchObject({ id: 'team-hemsjukvarden-soder', name: 'Hemsjukvården Söder' });
    expect(JSON.stringify(team)).toContain('"allDay"');
  });

  it('tells what is planned: a head plan and a part of each organisation, for behandlingsplan and SIP', async () => {
    const plans = await search('CarePlan?patient=astrid-testberg&status=active');
    const heads = plans.filter((plan) => !plan.partOf).map(({ id }) => id);
    expect(heads).toEqual(['astrid-behandlingsplan-2', 'astrid-sip']);
    for (const head of heads) {
      const parts = ids(await search(`CarePlan?part-of=CarePlan/${head}`));
      expect(parts).toEqual([`${head}-hemsjukvard`, `${head}-hemtjanst`, `${head}-vardcentral`]);
    }
    expect(ids(await search('CarePlan?patient=astrid-testberg&category=SIP&status=active'))).toHaveLength(4);
  });

  it('keeps the former plan, which the present one replaces', async () => {
    expect(ids(await search('CarePlan?patient=astrid-testberg&status=completed'))).toEqual([
      'astrid-behandlingsplan-1',
    ]);
    expect(ids(await search('CarePlan?replaces=CarePlan/astrid-behandlingsplan-1'))).toEqual([
      'astrid-behandlingsplan-2',
    ]);
  });

  it('tells what has happened since a day, latest first', async () => {
    const met = await search(
      `Encounter?patient=astrid-testberg&date=ge${time.date(-9)}&date=le${time.date(0)}&_sort=-date`,
    );
    expect(ids(met)).toEqual([
      'astrid-nattbesok-igar',
      'astrid-hembesok-lakare',
      'astrid-hemsjukvardsbesok-29',
      'astrid-telefon-samordning',
      'astrid-vardtillfalle',
      'astrid-video-lakare',
      'astrid-hembesok-sjukskoterska',
    ]);
    const starts = met.map((encounter) => (encounter.period as { start: string }).start);
    expect(starts).toContain(time.at(-8, '03:40'));
    expect(starts).toContain(time.at(-9, '11:30'));
  });

  it('tells home visits, visits of the hemsjukvård, contacts at a distance and hospital care apart', async () => {
    const of = async (query: string) =>
      (await search(`Encounter?patient=astrid-testberg&_count=50&${query}`)).length;
    expect(await of('class=VR')).toBe(2);
    expect(await of('class=IMP')).toBe(1);
    expect(await of('type=hembesok')).toBe(2);
    expect(await of('type=hemsjukvardsbesok&status=finished')).toBe(8);
    expect(
      await of(`type=hemsjukvardsbesok&status=planned&date=ge${time.date(1)}&date=le${time.date(8)}`),
    ).toBe(19);
  });

  it('is one of those whom each unit of the hemsjukvård visits today, and in two months', async () => {
    const visited = async (unit: string, persona: string, day: number) => {
      const query = `Encounter?service-provider=Organization/${unit}&status=planned&date=${time.date(day)}`;
      const found = await search(query, persona);
      return [
        ...new Set(found.map(({ subject }) => (subject as { reference: string }).reference)),
      ].toSorted();
    };
    const [astrid, gunvor, vera] = ['astrid', 'gunvor', 'vera'].map((name) => `Patient/${name}-testberg`);
    for (const day of [time.today, time.today + 60]) {
      expect(await visited('hemsjukvarden-soder', 'ssk-hemsjukvard', day)).toEqual([astrid, gunvor, vera]);
      expect(await visited('hemsjukvarden-natt', 'nattsjukskoterska', day)).toEqual([astrid, gunvor]);
      expect(await visited('hemsjukvarden-soder', 'ambulans', day)).toEqual([]);
    }
  });

  it('has a doctor at night whose number the staff alone are given', async () => {
    const at = `${time.date(time.today + 1)}T02:15:00%2B01:00`;
    const plan = async (persona: string) =>
      (await service.ask(persona, `Patient/astrid-testberg/$samordnad-plan?_format=compact&at=${at}`)).text;
    expect(await plan('nattsjukskoterska')).toContain('031-390 06 29');
    for (const number of ['031-390 06 27', '031-390 06 28', '031-390 06 29'])
      expect(await plan('patient')).not.toContain(number);
  });

  it('is the same for the patient, found by her personnummer', async () => {
    const [astrid] = await search(
      'Patient?identifier=http://electronichealth.se/identifier/personnummer|19410314-9805',
      'patient',
    );
    expect(astrid).toMatchObject({ id: 'astrid-testberg', birthDate: '1941-03-14' });
    expect(JSON.stringify(astrid?.meta)).toContain('DEMO');
  });

  it('is written by the organisations it belongs to', async () => {
    const { rows } = await service.database.pool.query<{
      id: string;
      custodian: string;
      author_unit: string;
    }>(
      "select id, custodian, author_unit from resource where type in ('CarePlan', 'Encounter') and id in ('astrid-sip', 'astrid-sip-hemsjukvard', 'astrid-sip-hemtjanst', 'astrid-vardtillfalle') order by id",
    );
    const unit = (suffix: string) => `TSTNMT2321000115-${suffix}`;
    const provider = (suffix: string) => `vg:${unit(suffix)}`;
    expect(rows.map((row) => [row.id, row.custodian, row.author_unit])).toEqual([
      ['astrid-sip', provider('RH00'), unit('VC01')],
      ['astrid-sip-hemsjukvard', provider('KH00'), unit('KH01')],
      ['astrid-sip-hemtjanst', `og:${unit('KO00')}`, unit('KO01')],
      ['astrid-vardtillfalle', provider('RH00'), unit('SJ03')],
    ]);
  });

  it('is loaded once', async () => {
    expect(service.loaded).toBe(story(time).flatMap(({ resources }) => resources).length);
    expect(await service.loadAgain()).toBe(0);
  });
});

describe('The calendar of the story', () => {
  const validate = createValidator(loadDefinitions());

  it('keeps its weekdays, lies in the past and has visits to come, on whatever day it starts', () => {
    for (let day = 0; day < 400; day++) {
      const now = new Date(Date.UTC(2026, 0, 1 + day, 12));
      const time = storyTime(now);
      expect(new Date(time.date(0)).getUTCDay(), 'SIP on a Wednesday').toBe(3);
      expect(time.at(0, '11:00') < now.toISOString()).toBe(true);
      expect(time.date(time.today)).toBe(now.toISOString().slice(0, 10));
      const visits = story(time)
        .flatMap(({ resources }) => resources as unknown as Resource[])
        .filter(({ resourceType }) => resourceType === 'Encounter');
      const planned = visits.filter(({ status }) => status === 'planned');
      expect(planned.length).toBeGreaterThanOrEqual(1);
      for (const { status, period } of visits) {
        const start = (period as { start: string }).start.slice(0, 10);
        expect(status).toBe(start < time.date(time.today) ? 'finished' : 'planned');
      }
    }
  });

  it('gives summer and winter time their zones', () => {
    expect(storyTime(new Date('2026-11-12T08:00:00Z')).at(-30, '09:30')).toBe('2026-10-12T09:30:00+02:00');
    expect(storyTime(new Date('2026-11-12T08:00:00Z')).at(0, '09:30')).toBe('2026-11-11T09:30:00+01:00');
  });

  it('makes resources without any fault, the wish for a narrative aside', () => {
    const findings = story(time)
      .flatMap(({ resources }) => resources)
      .flatMap((resource) => validate(resource))
      .filter(({ diagnostics }) => !diagnostics.includes('dom-6'));
    expect(findings).toEqual([]);
  });
});
