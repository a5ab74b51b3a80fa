import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids, type StoryService, startStory } from './story-service.ts';

const ASTRID = 'Patient/astrid-testberg';
const PLAN = 'CarePlan/astrid-behandlingsplan-2';
const HEMSJUKVARD = 'CarePlan/astrid-behandlingsplan-2-hemsjukvard';
/** From the story. */
const FORMER = 'astrid-egen-anteckning';
const NOTE = 'Jag sover bäst med två kuddar. <b>Snälla</b>';

let service: StoryService;
beforeAll(async () => {
  service = await startStory();
});
afterAll(() => service.close());

interface Sent {
  kind?: string;
  text?: string;
  about?: string;
  organisation?: string;
  as?: string;
}

const say = (persona: string, { kind, text, about, organisation, as }: Sent, of = ASTRID) =>
  service.ask(persona, `${of}/$meddelande`, {
    resourceType: 'Parameters',
    parameter: [
      ...(kind ? [{ name: 'kind', valueCode: kind }] : []),
      ...(text ? [{ name: 'text', valueString: text }] : []),
      ...(about ? [{ name: 'about', valueReference: { reference: about } }] : []),
      ...(organisation
        ? [
            {
              name: 'organisation',
              valueIdentifier: { system: 'urn:oid:1.2.752.29.4.19', value: organisation },
            },
          ]
        : []),
      ...(as ? [{ name: 'as', valueCode: as }] : []),
    ],
  });

interface Part {
  name: string;
  valueReference?: { reference: string };
  valueString?: string;
}

async function written(persona: string, sent: Sent, of = ASTRID): Promise<{ id: string; text: string }> {
  const { status, text, json } = await say(persona, sent, of);
  expect(status, text).toBe(200);
  const part = (name: string) => (json.parameter as Part[]).find((each) => each.name === name);
  const id = part('communication')?.valueReference?.reference.split('/')[1] ?? '';
  return { id, text: part('text')?.valueString ?? '' };
}

const notes = async (persona: string, code: string, of = 'astrid-testberg') =>
  ids(await service.search(`Communication?patient=${of}&category=${code}`, persona));

describe('Patient/$meddelande', () => {
  it('keeps what Astrid writes about her plan with who keeps the plan, as she wrote it', async () => {
    const { id, text } = await written('patient', { kind: 'egen-anteckning', text: NOTE, about: PLAN });
    expect(text).toContain('Anteckningen är sparad');
    const { json } = await service.ask('lakare-vardcentral', `Communication/${id}`);
    expect(json).toMatchObject({
      status: 'completed',
      subject: { reference: ASTRID },
      sender: { reference: ASTRID },
      about: [{ reference: PLAN }],
      recipient: [{ identifier: { value: 'TSTNMT2321000115-RH00' } }],
      payload: [{ contentString: NOTE }],
    });
    expect(json).not.toHaveProperty('text');
    for (const persona of [
      'patient',
      'ssk-hemsjukvard',
      'nattsjukskoterska',
      'nattpatrull',
      'lakare-slutenvard',
    ])
      expect([persona, await notes(persona, 'egen-anteckning')]).toEqual([persona, [id, FORMER]]);
  });

  it('is read by nobody without right: not by who has no relation, and no consent opens what she did not share', async () => {
    for (const persona of ['ambulans', 'lakare-privat', 'logg-granskare', 'barn', 'journalsystem-kommun'])
      expect([persona, await notes(persona, 'egen-anteckning')]).toEqual([persona, []]);
    await service.ask('patient', `${ASTRID}/$samtycke`, {
      resourceType: 'Parameters',
      parameter: [
        { name: 'answer', valueCode: 'nej' },
        {
          name: 'organisation',
          valueIdentifier: { system: 'urn:oid:1.2.752.29.4.19', value: 'TSTNMT2321000115-KO00' },
        },
        { name: 'as', valueCode: 'omsorgsgivare' },
      ],
    });
    expect(await notes('usk-hemtjanst', 'egen-anteckning')).toEqual([]);
    expect(await notes('ssk-hemsjukvard', 'egen-anteckning')).toHaveLength(2);
  });

  it('goes to the organisation of the part that it is about, to who is named, or to who registered her', async () => {
    const change = await written('patient', {
      kind: 'onskan-andring',
      text: 'Kom hellre på förmiddagen.',
      about: HEMSJUKVARD,
    });
    const asked = await written('patient', {
      kind: 'onskan-fast-kontakt',
      text: 'Jag vill ha en fast omsorgskontakt till.',
      organisation: 'TSTNMT2321000115-KO00',
      as: 'omsorgsgivare',
    });
    const sip = await written('patient', { kind: 'onskan-sip', text: 'Jag vill ha ett nytt möte.' });
    const recipients = await Promise.all(
      [change, asked, sip].map(async ({ id }) => {
        const { json } = await service.ask('patient', `Communication/${id}`);
        return (json.recipient as { identifier: { value: string } }[])[0]?.identifier.value;
      }),
    );
    expect(recipients.map((each) => each?.slice(-4))).toEqual(['KH00', 'KO00', 'RH00']);
    expect(await notes('journalsystem-hemtjanst', 'onskan-fast-kontakt')).toEqual([asked.id]);
    expect(await notes('journalsystem-kommun', 'onskan-fast-kontakt')).toEqual([]);
  });

  it('is in her log as what it is', async () => {
    const { text } = await service.ask('patient', `${ASTRID}/$atkomstlogg`);
    expect(text).toContain('skrev ett meddelande');
  });

  it('lets staff tell of a wrong number alone, in the record of their own organisation', async () => {
    const about = 'CareTeam/astrid-fast-lakarkontakt';
    const { id } = await written('nattsjukskoterska', {
      kind: 'fel-nummer',
      text: 'Numret går till en butik.',
      about,
    });
    const { json } = await service.ask('lakare-vardcentral', `Communication/${id}`);
    expect(json.recipient).toMatchObject([{ identifier: { value: 'TSTNMT2321000115-KH00' } }]);
    expect(JSON.stringify(json.contained)).toContain('TSTNMT2321000115-P302');
    for (const kind of ['egen-anteckning', 'onskan-sip']) {
      const { status, json } = await say('nattsjukskoterska', { kind, text: 'Hon vill ha en SIP.' });
      expect([status, (json.issue as { expression: string[] }[])[0]?.expression]).toEqual([
        403,
        ["Parameters.parameter.where(name = 'kind')"],
      ]);
    }
    expect((await say('ambulans', { kind: 'fel-nummer', text: 'Fel nummer.', about })).status).toBe(404);
    expect((await say('journalsystem', { kind: 'fel-nummer', text: 'Fel nummer.', about })).status).toBe(403);
  });

  it('rule meddelande-eget: staff write nothing in her name, and may write as themselves', async () => {
    const message = (sender: object) => ({
      resourceType: 'Communication',
      status: 'completed',
      category: [
        {
          coding: [{ system: 'https://naravard.se/fhir/CodeSystem/communication', code: 'egen-anteckning' }],
        },
      ],
      subject: { reference: ASTRID },
      sender,
      payload: [{ contentString: 'Allt är bra.' }],
    });
    for (const sender of [{ reference: ASTRID }, { type: 'RelatedPerson', display: 'Karin Testberg' }]) {
      const { status, json } = await service.ask('ssk-hemsjukvard', 'Communication', message(sender));
      expect([status, (json.issue as { expression: string[] }[])[0]?.expression]).toEqual([
        422,
        ['Communication.sender'],
      ]);
    }
    const own = message({ reference: 'PractitionerRole/maja-berg' });
    expect((await service.ask('ssk-hemsjukvard', 'Communication', own)).status).toBe(201);
  });

  it('lets who acts for Alva, and Alva herself, write where they may read', async () => {
    const of = 'Patient/alva-testberg';
    const about = 'CarePlan/alva-astmaplan';
    const sent = { kind: 'egen-anteckning', text: 'Hon glömmer sprayen på morgonen.', about };
    const mother = await written('vardnadshavare', sent, of);
    const own = await written('barn', { ...sent, text: 'Jag vill ha en mindre spray.' }, of);
    expect((await notes('lakare-vardcentral', 'egen-anteckning', 'alva-testberg')).toSorted()).toEqual(
      [mother.id, own.id].toSorted(),
    );
    expect(await notes('barn', 'egen-anteckning', 'alva-testberg')).toContain(own.id);
    expect((await say('vardnadshavare', sent)).status).toBe(404);
    expect((await say('patient', sent, of)).status).toBe(404);
  });

  it('is seen in the plan by who acts for Alva, also when it is to an organisation, and the answer promises no more than the law', async () => {
    const of = 'Patient/alva-testberg';
    const region = { organisation: 'TSTNMT2321000115-RH00', as: 'vardgivare' };
    const kommun = { organisation: 'TSTNMT2321000115-KH00', as: 'vardgivare' };
    const sent = { kind: 'onskan-fast-kontakt', text: 'Vi vill ha någon som samordnar.' };
    const seen = [await written('vardnadshavare', sent, of)];
    seen.push(await written('vardnadshavare', { ...sent, ...region }, of));
    for (const { text } of seen)
      expect(text).toBe('Din önskan är sparad. De som vårdar barnet kan läsa den. Ring om det är bråttom.');
    const hidden = await written('vardnadshavare', { ...sent, ...kommun }, of);
    expect(hidden.text).toContain('Du kan inte läsa den själv här.');
    const { json } = await service.ask('vardnadshavare', `${of}/$samordnad-plan?_format=compact`);
    const shown = (json.notes as { reference: string }[]).map(({ reference }) => reference);
    for (const { id } of seen) expect(shown).toContain(`Communication/${id}`);
    expect(shown).not.toContain(`Communication/${hidden.id}`);
    const own = await written('barn', { ...sent, ...region }, of);
    expect(own.text).toContain('De som vårdar dig kan läsa den. Ring');
    expect(await notes('barn', 'onskan-fast-kontakt', 'alva-testberg')).toContain(own.id);
  });

  it.each<[Sent, number, string]>([
    [{ text: 'Hej' }, 400, 'kind'],
    [{ kind: 'klagomal', text: 'Hej' }, 400, 'kind'],
    [{ kind: 'egen-anteckning' }, 400, 'text'],
    [{ kind: 'egen-anteckning', text: 'x'.repeat(2001) }, 400, 'text'],
    [{ kind: 'egen-anteckning', text: 'Hej', about: 'Goal/astrid-mal-vikt' }, 400, 'about'],
    [{ kind: 'egen-anteckning', text: 'Hej', about: 'CarePlan/no-such-plan' }, 422, 'about'],
    [{ kind: 'egen-anteckning', text: 'Hej', about: 'CarePlan/gunvor-behandlingsplan' }, 422, 'about'],
    [{ kind: 'egen-anteckning', text: 'Hej', organisation: 'TSTNMT2321000115-KO00' }, 400, 'organisation'],
    [
      {
        kind: 'egen-anteckning',
        text: 'Hej',
        about: PLAN,
        organisation: 'TSTNMT2321000115-KO00',
        as: 'vardgivare',
      },
      400,
      'organisation',
    ],
  ])('refuses %o with %i', async (sent, code, name) => {
    const { status, json } = await say('patient', sent);
    const [issue] = json.issue as { expression: string[]; diagnostics: string }[];
    expect([status, issue?.expression]).toEqual([code, [`Parameters.parameter.where(name = '${name}')`]]);
  });

  it('keeps a text of 2000 characters, and the text as text', async () => {
    await written('patient', { kind: 'egen-anteckning', text: 'å'.repeat(2000) });
  });
});
