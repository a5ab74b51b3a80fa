import type { CompactPlan } from '@naravard/care';
import { planSchema } from '@naravard/care';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type StoryService, startStory } from './story-service.ts';

let service: StoryService;
beforeAll(async () => {
  service = await startStory();
});
afterAll(() => service.close());

async function plan(persona: string, patient = 'astrid', query = ''): Promise<CompactPlan> {
  const path = `Patient/${patient}-testberg/$samordnad-plan?_format=compact${query}`;
  const { status, text, json } = await service.ask(persona, path);
  expect(status, text).toBe(200);
  return json as unknown as CompactPlan;
}

interface Schema {
  type?: string;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
}

/** Where a value is not as a JSON Schema of these few words has it; what the schema does not name is a fault here. */
function faults(value: unknown, schema: Schema, at: string): string[] {
  if (schema.anyOf) {
    const tried = schema.anyOf.map((each) => faults(value, each, at));
    return tried.find((each) => each.length === 0) ?? tried[0] ?? [];
  }
  if (schema.enum) return schema.enum.includes(value) ? [] : [`${at}: ${value}`];
  switch (schema.type) {
    case 'null':
      return value === null ? [] : [`${at} is not null`];
    case 'integer':
      return Number.isInteger(value) ? [] : [`${at} is no integer`];
    case 'array':
      if (!Array.isArray(value)) return [`${at} is no array`];
      return value.flatMap((each, index) => faults(each, schema.items ?? {}, `${at}[${index}]`));
    case 'object': {
      const { properties = {}, required = [] } = schema;
      if (typeof value !== 'object' || value === null) return [`${at} is no object`];
      return [
        ...required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`),
        ...Object.entries(value).flatMap(([name, each]) =>
          properties[name]
            ? faults(each, properties[name], `${at}.${name}`)
            : [`${at}.${name} is not in the schema`],
        ),
      ];
    }
    default:
      return typeof value === schema.type ? [] : [`${at} is no ${schema.type}`];
  }
}

describe('The compact plan', () => {
  it.each([
    ['nattsjukskoterska', 'astrid'],
    ['lakare-vardcentral', 'astrid'],
    ['usk-hemtjanst', 'astrid'],
    ['journalsystem', 'astrid'],
    ['patient', 'astrid'],
    ['nattpatrull', 'gunvor'],
    ['lakare-privat', 'elis'],
    ['barn', 'alva'],
    ['vardnadshavare', 'alva'],
    ['vardnadshavare-barn', 'moa'],
    ['ssk-hemsjukvard', 'vera'],
    ['journalsystem', 'vera'],
  ])('for %s of %s is as OpenAPI says', async (persona, patient) => {
    const answer = await plan(persona, patient, '&week=true');
    expect(faults(answer, planSchema as Schema, 'plan')).toEqual([]);
    expect(answer.complete).toBe(true);
    expect(answer.cover.length).toBeGreaterThan(0);
  });

  it('tells a nurse at the door who Astrid is, where, how to get in, and what to know first', async () => {
    const { patient, relatives, attention } = await plan('nattsjukskoterska');
    expect(patient).toMatchObject({
      name: 'Astrid Testberg',
      born: '1941-03-14',
      gender: 'female',
      identity: '…-9805',
      phones: ['070-174 06 05'],
      address: {
        text: 'Strandvägen 12, 311 00 Falkenberg',
        access: 'Portkod 4711. Nyckel i nyckelskåpet till höger om dörren.',
      },
      languages: [{ text: 'Svenska', interpreter: false }],
    });
    expect(relatives).toEqual([
      {
        reference: 'RelatedPerson/karin-testberg',
        name: 'Karin Testberg',
        relation: 'Dotter',
        number: '070-174 06 06',
        mayBeWoken: true,
      },
    ]);
    expect(attention.map(({ kind }) => kind)).toEqual(['allergi', 'syrgas']);
  });

  it('tells who comes to Gunvor how to be heard, and leaves that she hears badly to the kind', async () => {
    const { attention } = await plan('nattsjukskoterska', 'gunvor');
    expect(attention).toMatchObject([{ kind: 'horsel' }]);
    expect(attention[0]?.text).not.toMatch(/hör dåligt/i);
  });

  it('tells what has been: visits, ticks and measurements with the limits of the plan', async () => {
    const { recent, measurements } = await plan('nattsjukskoterska');
    expect(recent.map(({ start }) => start)).toEqual(
      recent.map(({ start }) => start).toSorted((a, b) => Date.parse(b) - Date.parse(a)),
    );
    expect(recent[0]).toMatchObject({ title: 'Hemsjukvårdsbesök', unit: 'Hemsjukvården Natt' });
    expect(recent[1]).toMatchObject({
      title: 'Hembesök',
      unit: 'Vårdcentral Havsvinden',
      status: 'finished',
      who: ['Omar Lind'],
      note: 'Uppföljning efter sjukhusvården. Ny behandlingsplan.',
    });
    const [weight, oxygen] = measurements;
    expect(weight).toMatchObject({ code: '29463-7', title: 'Vikt', unit: 'kg', low: 67, high: 69 });
    expect(weight?.values.length).toBeGreaterThanOrEqual(10);
    expect(Math.max(...(weight?.values ?? []).map(({ value }) => value))).toBe(70.5);
    expect(oxygen).toMatchObject({ title: 'Syremättnad', unit: '%', low: 88, high: 92 });
  });

  it('tells what was ticked as done, and by which unit', async () => {
    const task = {
      resourceType: 'Task',
      identifier: [{ system: 'urn:ietf:rfc:3986', value: 'urn:uuid:6f1ac9b4-7a63-4f3f-9c37-2f2d0a3f7a10' }],
      status: 'completed',
      intent: 'order',
      code: {
        coding: [{ system: 'https://naravard.se/fhir/CodeSystem/uppgift', code: 'utford-aktivitet' }],
        text: 'Kontrollerar vikt och ben.',
      },
      for: { reference: 'Patient/astrid-testberg' },
      basedOn: [{ reference: 'CarePlan/astrid-behandlingsplan-2-hemsjukvard' }],
      owner: { reference: 'Organization/hemsjukvarden-natt' },
      executionPeriod: { start: new Date().toISOString(), end: new Date().toISOString() },
    };
    expect((await service.ask('nattsjukskoterska', 'Task', task)).status).toBe(201);
    for (const persona of ['ssk-hemsjukvard', 'patient', 'lakare-vardcentral']) {
      expect((await plan(persona)).done[0]).toMatchObject({
        plan: 'CarePlan/astrid-behandlingsplan-2-hemsjukvard',
        text: 'Kontrollerar vikt och ben.',
        who: 'Hemsjukvården Natt',
      });
    }
  });

  it('shows what Astrid has written, and by whom it is', async () => {
    const say = (persona: string, kind: string, text: string, about: string) =>
      service.ask(persona, 'Patient/astrid-testberg/$meddelande', {
        resourceType: 'Parameters',
        parameter: [
          { name: 'kind', valueCode: kind },
          { name: 'text', valueString: text },
          { name: 'about', valueReference: { reference: about } },
        ],
      });
    await say('patient', 'egen-anteckning', '<script>alert(1)</script>', 'CarePlan/astrid-behandlingsplan-2');
    await say('nattsjukskoterska', 'fel-nummer', 'Ingen abonnent.', 'CareTeam/astrid-fast-vardkontakt');
    for (const persona of ['patient', 'ssk-hemsjukvard', 'usk-hemtjanst']) {
      expect((await plan(persona)).notes).toMatchObject([
        {
          kind: 'fel-nummer',
          by: 'Hemsjukvården Natt (personal)',
          about: 'CareTeam/astrid-fast-vardkontakt',
        },
        { kind: 'egen-anteckning', text: '<script>alert(1)</script>', by: 'Astrid Testberg (patient)' },
        { kind: 'egen-anteckning', about: 'CarePlan/astrid-behandlingsplan-2' },
      ]);
    }
    await service.ask('vardnadshavare', 'Patient/alva-testberg/$meddelande', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'kind', valueCode: 'onskan-andring' },
        { name: 'text', valueString: 'Mindre spray.' },
        { name: 'about', valueReference: { reference: 'CarePlan/alva-astmaplan' } },
      ],
    });
    const [wish] = (await plan('lakare-vardcentral', 'alva')).notes;
    expect(wish).toMatchObject({ kind: 'onskan-andring', about: 'CarePlan/alva-astmaplan' });
    expect(wish?.by).toMatch(/årdnadshavare/);
  });

  it('says whom to call at every time of the week, to the person without numbers for staff', async () => {
    const at = `${new Date().getFullYear()}-12-22T12:00:00%2B01:00`;
    const { cover, answers } = await plan('nattsjukskoterska', 'astrid', `&week=true&at=${at}`);
    const now = await plan(
      'nattsjukskoterska',
      'astrid',
      `&at=${new Date().getFullYear()}-12-24T03:00:00%2B01:00`,
    );
    const instant = now.at;
    const { answer = -1 } = cover.find(({ from, to }) => from <= instant && instant < to) ?? {};
    const { first, thenList, reason, ifNoAnswer } = now.contactNow;
    expect(answers[answer]).toEqual({ first, thenList, reason, ifNoAnswer });
    expect(thenList.map(({ value }) => value)).toContain('031-390 06 29');
    const staffOnly = thenList.filter((each) => each.staffOnly).map(({ value }) => value);
    expect(staffOnly).toContain('031-390 06 29');
    expect(staffOnly).not.toContain('031-390 06 24');
    expect(cover.length).toBeLessThan(50);
    const own = await plan('patient', 'astrid', `&week=true&at=${at}`);
    for (const staff of [
      '031-390 06 27',
      '031-390 06 28',
      '031-390 06 29',
      'Läkare i beredskap',
      'Hemsjukvården Natt',
    ])
      expect(
        JSON.stringify([own.answers, own.contactNow, own.patientkontrakt.fastVardkontakt]),
      ).not.toContain(staff);
    expect(JSON.stringify(own)).not.toContain('staffOnly');
    expect((await plan('patient')).cover).toEqual([]);
  });

  it('hides of protected persons what reading them hides', async () => {
    expect((await plan('ssk-hemsjukvard', 'vera')).patient.address?.access).toBe('Portkod 2580.');
    const { patient } = await plan('journalsystem', 'vera');
    expect(patient).toMatchObject({ name: 'Skyddad uppgift', phones: [], protectedIdentity: true });
    expect(JSON.stringify(patient)).not.toMatch(/Ängsvägen|Portkod|Falkenberg/);
  });

  it('asks the database once', async () => {
    await plan('ssk-hemsjukvard', 'astrid', '&week=true');
    const query = vi.spyOn(pg.Client.prototype, 'query');
    await plan('ssk-hemsjukvard', 'astrid', '&week=true');
    const { length } = query.mock.calls;
    query.mockRestore();
    expect(length).toBe(1);
  });

  it('is in the log of Astrid as fetched for reading without a connection, when it is', async () => {
    await plan('ssk-hemsjukvard', 'astrid', '&offline=true&week=true');
    const { text } = await service.ask('patient', 'Patient/astrid-testberg/$atkomstlogg');
    expect(text).toContain('hämtade planen för att kunna läsa den utan uppkoppling');
    const { status } = await service.ask(
      'ssk-hemsjukvard',
      'Patient/astrid-testberg/$samordnad-plan?_format=compact&offline=yes',
    );
    expect(status).toBe(400);
  });
});
