import { extensions } from '@naravard/care';
import { createValidator, loadDefinitions } from '@naravard/fhir';
import type { PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import {
  audience,
  fastKontakt,
  hours,
  of,
  phone,
  service,
  team,
  viaTeam,
  week,
  workdays,
} from '../care/contact-world.ts';
import { alva, astrid, auditOf, createWorld, type World } from '../law/operations/world.ts';

/** The demo numbers of PTS, 031-390 06 00 to 99, are nobody's. */
const numbers = {
  omar: '031-390 06 20',
  maja: '031-390 06 22',
  sven: '031-390 06 23',
  soder: '031-390 06 24',
  natt: '031-390 06 25',
  bakjour: '031-390 06 26',
};

let world: World;
beforeAll(async () => {
  world = await createWorld({ modules: allModules(loadDefinitions()), guide: ownGuide() });
  for (const id of ['vc', 'hsv', 'ht'])
    await put('administrator', { resourceType: 'Organization', id, name: id });
  for (const [id, name, unit] of [
    ['maja', 'Maja Berg', 'hsv'],
    ['omar', 'Omar Lind', 'vc'],
    ['sven', 'Sven Dahl', 'ht'],
  ] as const) {
    const practitioner = { reference: `Practitioner/${id}`, display: name };
    const organization = { reference: `Organization/${unit}` };
    await put(
      'administrator',
      { resourceType: 'Practitioner', id, name: [{ text: name }] },
      { resourceType: 'PractitionerRole', id, practitioner, organization },
    );
  }
  await put('journalsystem-kommun', night, teamSoder, maja);
  await put('journalsystem', omar);
  await put('journalsystem-hemtjanst', sven);
});
afterAll(() => world.api.close());

async function put(as: PersonaId, ...resources: object[]): Promise<void> {
  for (const body of resources) {
    const { resourceType, id } = body as { resourceType: string; id: string };
    const { status, text } = await world.api.ask('PUT', `/${resourceType}/${id}`, { as, body });
    expect([status, text]).toEqual([201, text]);
  }
}

const subject = { reference: `Patient/${astrid}` };
const uppdrag = [{ url: extensions.uppdrag, valueString: 'Svarar på frågor om din vård.' }];
const office = hours(workdays, ['08:00', '17:00']);

const night = service('natt', 'Hemsjukvården Natt', {
  providedBy: { reference: 'Organization/hsv' },
  telecom: [phone(numbers.natt), phone(numbers.bakjour, ...audience('personal'))],
  availableTime: [{ daysOfWeek: week, availableStartTime: '22:00:00', availableEndTime: '07:00:00' }],
});

const teamSoder = team('soder', 'Hemsjukvården Söder', {
  ...of('hsv'),
  subject,
  telecom: [phone(numbers.soder, hours(week, ['07:00', '21:00']))],
});

const maja = {
  ...fastKontakt('maja', '1', 'Maja Berg', {
    extension: uppdrag,
    ...of('hsv'),
    subject,
    telecom: [phone(numbers.maja, office)],
  }),
};
Object.assign((maja as { participant?: object[] }).participant?.[0] ?? {}, { extension: viaTeam('soder') });

const omar = fastKontakt('omar', '2', 'Omar Lind', {
  extension: uppdrag,
  ...of('vc'),
  subject,
  telecom: [phone(numbers.omar, office)],
});

const sven = fastKontakt('sven', '3', 'Sven Dahl', {
  extension: uppdrag,
  ...of('ht'),
  subject,
  telecom: [phone(numbers.sven, hours(week, ['07:00', '16:00']))],
});

interface Part {
  name: string;
  part?: Part[];
  valueString?: string;
  valueInstant?: string;
  valueContactPoint?: { value: string };
}

const ask = (as: PersonaId, query: string, patient = astrid) =>
  world.api.ask('GET', `/Patient/${patient}/$vem-ringer-jag?${query}`, { as });

/** First and then, by their numbers; reason and gap in words. */
async function told(as: PersonaId, query: string) {
  const { status, text, json } = await ask(as, query);
  expect([status, text]).toEqual([200, text]);
  const parts: Part[] = json.parameter;
  const named = (name: string) => parts.filter((part) => part.name === name);
  const numberOf = ({ part = [] }: Part) =>
    part.find(({ name }) => name === 'number')?.valueContactPoint?.value;
  expect(named('first')).toHaveLength(1);
  return {
    first: named('first').map(numberOf)[0],
    others: named('then').map(numberOf),
    reason: named('reason')[0]?.valueString,
    ifNoAnswer: named('ifNoAnswer')[0]?.valueString,
    gap: named('gap')[0]?.part?.[1]?.valueString,
  };
}

const MONDAY = 'at=2026-11-23T10:00';
const JULAFTON = 'at=2026-12-24T03:00';

describe('Patient/$vem-ringer-jag', () => {
  test('tells the patient whom to call on a weekday, for each need', async () => {
    const firsts = [];
    for (const need of ['forsamring', 'fraga', 'behandling', 'omsorg'])
      firsts.push((await told('patient', `${MONDAY}&need=${need}`)).first);
    expect(firsts).toEqual([numbers.soder, numbers.maja, numbers.omar, numbers.sven]);
    expect(await told('patient', `${MONDAY}&need=fraga`)).toMatchObject({
      reason: 'Vardag 08–17: ring din fasta vårdkontakt Maja Berg.',
      ifNoAnswer: `Svarar ingen? Ring Hemsjukvården Söder, ${numbers.soder}.`,
    });
  });

  test('tells at three in the night to julafton who answers then', async () => {
    expect(await told('patient', JULAFTON)).toMatchObject({
      first: numbers.natt,
      others: ['1177', numbers.soder, numbers.maja, numbers.omar, numbers.sven],
      reason: 'Natt 22–07: ring Hemsjukvården Natt.',
    });
  });

  test('reports the first hour of the year after when nobody answers, and whom to call then', async () => {
    expect((await told('patient', MONDAY)).gap).toBe(
      'Ingen av dina kontakter svarar måndag 23 november 2026 kl. 21. Ring då 1177.',
    );
    expect(await told('patient', 'at=2026-11-23T21:30')).toMatchObject({
      first: '1177',
      reason: 'Ingen av dina kontakter svarar just nu. Ring 1177.',
    });
  });

  test('gives numbers of the staff to the staff alone, who may look at what the patient is given', async () => {
    expect((await told('ssk-hemsjukvard', JULAFTON)).others).toContain(numbers.natt);
    expect((await told('ssk-hemsjukvard', JULAFTON)).first).toBe(numbers.bakjour);
    const marked = (await ask('ssk-hemsjukvard', JULAFTON)).json.parameter.filter(({ part = [] }: Part) =>
      part.some(({ name }) => name === 'staffOnly'),
    );
    expect(marked.map(({ name }: Part) => name)).toEqual(['first']);
    const ofPatient = JSON.stringify((await ask('patient', JULAFTON)).json);
    expect(ofPatient).not.toContain(numbers.bakjour);
    expect(ofPatient).not.toContain('staffOnly');
    const shown = await told('ssk-hemsjukvard', `${JULAFTON}&reader=patient`);
    expect([shown.first, shown.others.includes(numbers.bakjour)]).toEqual([numbers.natt, false]);
    const { status, json } = await ask('patient', 'reader=personal');
    expect([status, json.issue[0].expression]).toEqual([400, ['reader']]);
  });

  test('tells the staff of the contacts that they may see, and of the services of their units', async () => {
    const seen = await told('usk-hemtjanst', MONDAY);
    expect([seen.first, ...seen.others]).toEqual([numbers.sven, '1177']);
    const doctor = await told('lakare-vardcentral', MONDAY);
    expect([doctor.first, ...doctor.others]).toEqual([numbers.omar, '1177']);
  });

  test('is about nobody to who does not see the patient, as if there were no such Patient', async () => {
    for (const as of ['lakare-privat', 'barn', 'ambulans', 'administrator'] as const) {
      const hidden = await ask(as, MONDAY);
      const absent = await ask(as, MONDAY, 'no-such-patient');
      expect([as, hidden.status, hidden.text]).toEqual([as, 404, absent.text]);
    }
    expect((await world.api.ask('GET', `/Patient/${astrid}/$vem-ringer-jag`, { as: null })).status).toBe(401);
  });

  test('answers for a patient without contacts with 1177, and is now when nothing else is said', async () => {
    const { status, json } = await ask('journalsystem', '', alva);
    expect(status).toBe(200);
    const [at, first] = json.parameter as Part[];
    expect(Math.abs(Date.parse(at?.valueInstant ?? '') - Date.now())).toBeLessThan(60_000);
    expect(first?.part?.find(({ name }) => name === 'number')?.valueContactPoint?.value).toBe('1177');
  });

  test.each([
    ['need=huvudvark', 'need'],
    ['at=i-morgon', 'at'],
    ['at=2026', 'at'],
    ['at=1850-01-01', 'at'],
    ['reader=granne', 'reader'],
    ['nar=nu', 'nar'],
  ])('refuses %s and says what it knows', async (query, expression) => {
    const { status, json } = await ask('ssk-hemsjukvard', query);
    expect([status, json.issue[0].expression?.[0]]).toEqual([400, expression]);
    expect(json.issue[0].diagnostics).toMatch(/must be|Only these/);
  });

  test('goes to the team of a contact without a number of its own; with it somebody answers every hour of the year', async () => {
    const shared = team('gemensam', 'Hemsjukvården Norr', {
      subject,
      telecom: [phone('031-390 06 27', hours(week, 'allDay'))],
    });
    await put('journalsystem-kommun', shared);
    const contact = fastKontakt('maja', '1', 'Maja Berg', {
      id: 'norr',
      ...of('hsv'),
      subject,
      extension: uppdrag,
    });
    Object.assign((contact as { participant?: object[] }).participant?.[0] ?? {}, {
      extension: viaTeam('gemensam'),
    });
    await put('journalsystem-kommun', contact);
    expect(await told('ssk-hemsjukvard', 'at=2026-11-23T21:30')).toMatchObject({
      first: '031-390 06 27',
      gap: undefined,
    });
  });

  test('is audited as one look at the patient, and is valid FHIR in Swedish', async () => {
    const before = (await auditOf(world, '$vem-ringer-jag')).length;
    const { json } = await ask('ssk-hemsjukvard', MONDAY);
    const rows = (await auditOf(world, '$vem-ringer-jag')).slice(before);
    expect(rows.map(({ patient }) => patient)).toEqual([astrid]);
    expect(json.language).toBe('sv');
    expect(createValidator(loadDefinitions())(json, { base: world.api.base })).toEqual([]);
  });
});
