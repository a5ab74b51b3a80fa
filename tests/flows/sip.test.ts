import { careRelation, childFoundUnable } from '@naravard/access';
import { extensions, type SipExtension, sipExtensions } from '@naravard/care';
import { loadDefinitions } from '@naravard/fhir';
import type { PersonaId, TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import { alva, astrid, createWorld, parameters, value, type World } from '../law/operations/world.ts';

/** Samordnare at the vårdcentral; home nursing, home help and psychiatry are invited. */
const samordnare = 'lakare-vardcentral';
const units = {
  vardcentral: 'SE0000000002-A1',
  psykiatri: 'SE0000000002-A3',
  hemsjukvard: 'SE0000000001-A1',
  hemtjanst: 'SE0000000001-B1',
} as const;

let world: World;
beforeAll(async () => {
  world = await createWorld({ modules: allModules(loadDefinitions()), guide: ownGuide() });
  const as = 'administrator';
  for (const [id, hsaId] of Object.entries(units)) {
    const identifier = [{ system: 'urn:oid:1.2.752.29.4.19', value: hsaId }];
    const body = { resourceType: 'Organization', id, name: `Enheten ${id}`, identifier };
    expect((await world.api.ask('PUT', `/Organization/${id}`, { as, body })).status).toBe(201);
  }
  const body = { resourceType: 'PractitionerRole', id: 'eva' };
  expect((await world.api.ask('PUT', '/PractitionerRole/eva', { as, body })).status).toBe(201);
  await world.send(careRelation({ patient: astrid, unit: units.psykiatri }));
  await world.send(careRelation({ patient: alva, unit: units.vardcentral }));
  for (const each of [samordnare, 'ssk-hemsjukvard', 'usk-hemtjanst'] as const) {
    const { status, text } = await world.operate('$samtycke', { answer: 'ja', scope: 'organisation' }, each);
    expect([status, text]).toEqual([200, text]);
  }
});
afterAll(() => world.api.close());

const unit = (id: string) => ({ reference: `Organization/${id}` });
const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const day = (days: number) => ({ date: later(days) });

type Sent = Parameters<typeof parameters>[0];

const invite = (sent: Sent = {}, as: PersonaId = samordnare, patient = astrid) =>
  world.operate(
    '$sip-inbjudan',
    {
      samordnare: { reference: 'PractitionerRole/eva' },
      inbjuden: [unit('hemsjukvard'), unit('hemtjanst'), unit('psykiatri')],
      viktigt: 'Att kunna bo kvar hemma.',
      ...sent,
    },
    as,
    patient,
  );

const onPlan = (name: string, plan: string, sent: object, as: PersonaId = samordnare, ifMatch?: string) =>
  world.api.ask('POST', `/${plan}/${name}`, {
    as,
    body: 'resourceType' in sent ? sent : parameters(sent as Sent),
    ...(ifMatch && { headers: { 'if-match': ifMatch } }),
  });

/** Days are sent as they are: `date` of the world's parameters is an instant. */
const decision = (days: number): object => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'huvudansvarig', valueReference: unit('vardcentral') },
    { name: 'uppfoljning', valueDate: later(days).slice(0, 10) },
    { name: 'vem', valueReference: { reference: 'PractitionerRole/eva' } },
  ],
});

const planOf = ({ json, status, text }: TestResponse): string => {
  expect([status, text]).toEqual([200, text]);
  return (value(json.parameter, 'plan') as { reference: string }).reference;
};

const insats = (huvudman: string, description: string) => ({
  extension: [{ url: extensions.huvudman, valueCode: huvudman }],
  detail: { status: 'scheduled', description },
});

const part = (head: string, huvudman: string, over: object = {}) => ({
  resourceType: 'CarePlan',
  partOf: [{ reference: head }],
  status: 'active',
  intent: 'plan',
  title: 'SIP: våra insatser',
  category: [{ coding: [{ system: 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs', code: 'SIP' }] }],
  subject: { reference: `Patient/${astrid}` },
  activity: [insats(huvudman, 'Hembesök två gånger i veckan.')],
  ...over,
});

const rulesIn = ({ json }: TestResponse): string[] =>
  json.issue.flatMap((issue: { details: { coding: { system: string; code: string }[] } }) =>
    issue.details.coding.filter(({ system }) => system.endsWith('/regel')).map(({ code }) => code),
  );

const read = async (reference: string, as: PersonaId = samordnare) =>
  (await world.api.ask('GET', `/${reference}`, { as })).json;

describe('SIP, from need to end', () => {
  let plan: string;

  test('rule sip-samtycke: without a recorded consent nobody is invited, and nothing is stored', async () => {
    const refused = await invite();
    expect([refused.status, rulesIn(refused), refused.json.issue[0].details.text]).toEqual([
      422,
      ['sip-samtycke'],
      'Fråga personen om samtycke först. Anteckna svaret, eller att personen inte kan ta ställning.',
    ]);
    const stored = await world.api.ask('GET', `/Task?patient=${astrid}`, { as: samordnare });
    expect(stored.json.entry ?? []).toEqual([]);
  });

  test('with a consent, the invitation makes the head as a draft, a Task for each unit and the meeting', async () => {
    const said = await world.operate(
      '$samtycke',
      { answer: 'ja', kind: 'sip', form: 'muntligt' },
      samordnare,
    );
    const consent = value(said.json.parameter, 'consent') as { reference: string };
    const invited = await invite({ start: day(7), slut: day(7.05), plats: 'Hemma hos Astrid' });
    plan = planOf(invited);
    const head = await read(plan);
    expect(head).toMatchObject({ status: 'draft', description: 'Att kunna bo kvar hemma.' });
    expect(head.supportingInfo).toHaveLength(2);
    expect(head.supportingInfo[0]).toEqual(consent);
    const meeting = await read(head.supportingInfo[1].reference);
    expect(meeting).toMatchObject({ status: 'booked', comment: 'Hemma hos Astrid' });
    const tasks = await world.api.ask('GET', `/Task?focus=${plan}`, { as: 'ssk-hemsjukvard' });
    expect(tasks.json.entry.map(({ resource }: { resource: { status: string } }) => resource.status)).toEqual(
      ['requested', 'requested', 'requested'],
    );
  });

  test('no meeting is held before anybody has accepted', async () => {
    const sent = { narvarande: { reference: `Patient/${astrid}` } };
    const refused = await onPlan('$sip-mote', plan, sent);
    expect([refused.status, refused.json.issue[0].diagnostics]).toEqual([
      422,
      expect.stringContaining('an invited unit accepts ($sip-svar)'),
    ]);
  });

  test('each unit answers in its own record: two accept, one declines with its reason', async () => {
    const yes = await onPlan('$sip-svar', plan, { svar: 'accepterad' }, 'ssk-hemsjukvard');
    expect([yes.status, value(yes.json.parameter, 'lage')]).toEqual([200, 'planeras']);
    const twice = [1, 2].map(() => onPlan('$sip-svar', plan, { svar: 'accepterad' }, 'usk-hemtjanst'));
    const answers = (await Promise.all(twice)).map(({ json }) => value(json.parameter, 'svar'));
    expect(answers[0]).toEqual(answers[1]);
    expect((await onPlan('$sip-svar', plan, { svar: 'avbojd' }, 'psykiatri')).status).toBe(400);
    const orsak = 'Kontakten är avslutad.';
    const no = await onPlan('$sip-svar', plan, { svar: 'avbojd', orsak }, 'psykiatri');
    expect([no.status, value(no.json.parameter, 'lage')]).toEqual([200, 'planeras']);
    const { reference } = value(yes.json.parameter, 'svar') as { reference: string };
    const { rows } = await world.api.database.pool.query<{ custodian: string }>(
      'select custodian from resource where type = $1 and id = $2',
      ['Task', reference.replace('Task/', '')],
    );
    expect(rows).toEqual([{ custodian: 'vg:SE0000000001-A' }]);
  });

  test('a later answer of a unit is the next version of the first', async () => {
    const again = await onPlan('$sip-svar', plan, { svar: 'accepterad' }, 'ssk-hemsjukvard');
    const { reference } = value(again.json.parameter, 'svar') as { reference: string };
    expect((await read(reference, 'ssk-hemsjukvard')).meta.versionId).toBe('2');
  });

  test('who is not invited has nothing to answer', async () => {
    const refused = await onPlan('$sip-svar', plan, { svar: 'accepterad' });
    expect([refused.status, refused.json.issue[0].details.text]).toEqual([
      403,
      'Din enhet är inte inbjuden till den här planen. Kontakta samordnaren.',
    ]);
  });

  test('only who keeps the head holds the meeting', async () => {
    const sent = { narvarande: { reference: `Patient/${astrid}` } };
    expect((await onPlan('$sip-mote', plan, sent, 'ssk-hemsjukvard')).status).toBe(403);
  });

  test('the meeting takes the answers over and says who came', async () => {
    const narvarande = [{ reference: `Patient/${astrid}` }, unit('hemsjukvard'), unit('hemtjanst')];
    const held = await onPlan('$sip-mote', plan, { narvarande });
    expect([held.status, held.text]).toEqual([200, held.text]);
    expect(value(held.json.parameter, 'lage')).toBe('mote');
    const head = await read(plan);
    const came = head.extension
      .filter(({ url }: { url: string }) => url === sipExtensions.deltagare)
      .map(({ extension: [vem, there] }: { extension: [SipExtension, SipExtension] }) => [
        vem.valueReference?.reference,
        there.valueBoolean,
      ]);
    expect(came).toEqual([
      ['Organization/hemsjukvard', true],
      ['Organization/hemtjanst', true],
      ['Organization/psykiatri', false],
      [`Patient/${astrid}`, true],
    ]);
    const tasks = await world.api.ask('GET', `/Task?focus=${plan}&code=sip-inbjudan`, { as: samordnare });
    const statuses = tasks.json.entry.map(
      ({
        resource,
      }: {
        resource: { owner: { reference: string }; status: string; statusReason?: object };
      }) => [resource.owner.reference, resource.status, resource.statusReason],
    );
    expect(statuses.sort()).toEqual([
      ['Organization/hemsjukvard', 'accepted', undefined],
      ['Organization/hemtjanst', 'accepted', undefined],
      ['Organization/psykiatri', 'rejected', { text: 'Kontakten är avslutad.' }],
    ]);
    expect(await read(head.supportingInfo[1].reference)).toMatchObject({ status: 'fulfilled' });
  });

  test('a decision tells all that is lacking at once', async () => {
    const refused = await onPlan('$sip-beslut', plan, { resourceType: 'Parameters' });
    expect(refused.status).toBe(422);
    expect(rulesIn(refused)).toEqual(['sip-huvudansvarig', 'sip-uppfoljning', 'sip-insatser-per-huvudman']);
  });

  test('rule sip-egen-del: each writes the insatser of its own huvudman', async () => {
    const own = await world.api.ask('POST', '/CarePlan', {
      as: 'ssk-hemsjukvard',
      body: part(plan, 'kommun'),
    });
    expect([own.status, own.text]).toEqual([201, own.text]);
    for (const huvudman of ['region', 'narstaende']) {
      const body = part(plan, huvudman);
      const refused = await world.api.ask('POST', '/CarePlan', { as: 'usk-hemtjanst', body });
      expect([refused.status, rulesIn(refused)]).toEqual([422, ['sip-egen-del']]);
    }
  });

  test('rule plan-egen-del: nobody changes the part of another', async () => {
    const own = await world.api.ask('POST', '/CarePlan', {
      as: 'ssk-hemsjukvard',
      body: part(plan, 'kommun'),
    });
    const body = { ...own.json, title: 'Vi skriver om den' };
    const others = await world.api.ask('PUT', `/CarePlan/${own.json.id}`, { as: 'usk-hemtjanst', body });
    expect([others.status, rulesIn(others)]).toEqual([422, ['plan-egen-del']]);
    expect(others.json.issue[0].diagnostics).toContain('Write your own part');
    const { json } = await world.api.ask('GET', `/CarePlan/${own.json.id}`, { as: 'ssk-hemsjukvard' });
    expect(json.meta.versionId).toBe('1');
  });

  test('is decided, and names who has not written its part yet', async () => {
    const both = await Promise.all([1, 2].map(() => onPlan('$sip-beslut', plan, decision(30))));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    const [{ status, text, json, headers }] = both.filter((each) => each.status === 200) as [TestResponse];
    expect([status, text]).toEqual([200, text]);
    expect(value(json.parameter, 'lage')).toBe('beslutad');
    expect(text).toContain('Enheten hemtjanst har inte skrivit sin del än.');
    expect(text).not.toContain('Enheten hemsjukvard har inte');
    const head = await read(plan);
    expect([head.status, headers.etag]).toEqual(['active', `W/"${head.meta.versionId}"`]);
  });

  test('the parts of different units never collide; of the same part the later writer is told what differs', async () => {
    const find = await world.api.ask('GET', `/CarePlan?part-of=${plan}`, { as: 'ssk-hemsjukvard' });
    const mine = find.json.entry[0].resource;
    const [theirs, first] = await Promise.all([
      world.api.ask('POST', '/CarePlan', { as: 'usk-hemtjanst', body: part(plan, 'kommun') }),
      world.api.ask('PUT', `/CarePlan/${mine.id}`, {
        as: 'ssk-hemsjukvard',
        body: { ...mine, activity: [...mine.activity, insats('kommun', 'Ser över läkemedel.')] },
        headers: { 'if-match': `W/"${mine.meta.versionId}"` },
      }),
    ]);
    expect([theirs.status, first.status]).toEqual([201, 200]);
    const second = await world.api.ask('PUT', `/CarePlan/${mine.id}`, {
      as: 'ssk-hemsjukvard',
      body: { ...mine, title: 'En annan titel' },
      headers: { 'if-match': `W/"${mine.meta.versionId}"` },
    });
    expect(second.status).toBe(412);
    expect(second.json.issue.flatMap(({ expression }: { expression: string[] }) => expression)).toEqual([
      'If-Match',
      'CarePlan.activity',
    ]);
    expect(second.text).not.toContain('läkemedel');
  });

  test('the head too is changed at the version that was read', async () => {
    const sent = { orsak: 'mal-uppnadda' };
    const stale = await onPlan('$sip-avslut', plan, sent, samordnare, 'W/"1"');
    expect(stale.status).toBe(412);
    expect(stale.json.issue.flatMap(({ expression }: { expression: string[] }) => expression)).toContain(
      'CarePlan.status',
    );
  });

  test('is followed up, and then ended with its reason', async () => {
    const followUp = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'resultat', valueString: 'Astrid orkar gå till brevlådan.' },
        { name: 'uppfoljning', valueDate: later(60).slice(0, 10) },
        { name: 'vem', valueReference: { reference: 'PractitionerRole/eva' } },
      ],
    };
    const followed = await onPlan('$sip-uppfoljning', plan, followUp);
    expect([followed.status, followed.text]).toEqual([200, followed.text]);
    const ended = await onPlan('$sip-avslut', plan, { orsak: 'mal-uppnadda' });
    expect([ended.status, value(ended.json.parameter, 'lage')]).toEqual([200, 'avslutad']);
    const head = await read(plan);
    expect(head).toMatchObject({
      status: 'completed',
      note: [{ text: 'Astrid orkar gå till brevlådan.' }],
    });
    const again = await onPlan('$sip-uppfoljning', plan, followUp);
    expect([again.status, again.json.issue[0].diagnostics]).toEqual([422, expect.stringContaining('ended')]);
  });
});

describe('SIP for who cannot consent', () => {
  test('a person who cannot take a stand has the documented path in place of consent, and a no outweighs it', async () => {
    const finding = {
      answer: 'kan-inte-ta-stallning',
      attitudeExplored: true,
      noReasonToThinkOpposed: true,
      end: day(100),
    };
    const as = 'ssk-hemsjukvard';
    const asked = { inbjuden: unit('vardcentral') };
    expect((await invite(asked, as)).status).toBe(422);
    const found = await world.operate('$samtycke', finding, as);
    expect([found.status, found.text]).toEqual([200, found.text]);
    const plan = planOf(await invite(asked, as));
    expect((await read(plan, as)).supportingInfo).toEqual([value(found.json.parameter, 'consent')]);
    await world.operate('$samtycke', { answer: 'nej', kind: 'sip' }, as);
    expect((await invite(asked, as)).status).toBe(422);
    const ended = await onPlan('$sip-avslut', plan, { orsak: 'samtycke-aterkallat' }, as);
    expect([ended.status, (await read(plan, as)).status]).toEqual([200, 'revoked']);
    const tasks = await world.api.ask('GET', `/Task?focus=${plan}`, { as });
    expect(tasks.json.entry[0].resource.status).toBe('cancelled');
  });

  test('a child that cannot consent has one too', async () => {
    expect((await invite({}, samordnare, alva)).status).toBe(422);
    const during = { start: later(-1), end: later(100) };
    await world.send(childFoundUnable({ patient: alva, at: later(-1), ...during }));
    expect((await invite({}, samordnare, alva)).status).toBe(200);
  });
});

describe('Who may not', () => {
  test('staff without a relation learn nothing of whether there is a consent', async () => {
    expect((await invite({}, 'lakare-privat')).status).toBe(404);
  });

  test('a patient does not invite', async () => {
    expect((await invite({}, 'patient')).status).toBe(403);
  });

  test('who invites names a samordnare and units of the directory', async () => {
    expect((await invite({ inbjuden: { reference: 'Organization/nowhere' } })).status).toBe(400);
    expect((await invite({ samordnare: unit('vardcentral') })).status).toBe(400);
    expect((await invite({ start: day(2) })).status).toBe(400);
  });
});

describe('An ordinary write of a SIP', () => {
  test('rule sip-samtycke: a head in force refers to the consent that it stands on', async () => {
    const body = {
      ...part('', 'annan'),
      partOf: undefined,
      description: 'Att orka.',
      author: { reference: 'PractitionerRole/eva' },
      extension: [
        { url: extensions.huvudansvarig, valueReference: unit('vardcentral') },
        {
          url: sipExtensions.uppfoljning,
          extension: [
            { url: 'datum', valueDate: later(30).slice(0, 10) },
            { url: 'vem', valueReference: { reference: 'PractitionerRole/eva' } },
          ],
        },
      ],
    };
    const refused = await world.api.ask('POST', '/CarePlan', { as: samordnare, body });
    expect([refused.status, rulesIn(refused)]).toEqual([422, ['sip-samtycke']]);
    const consents = await world.api.ask('GET', `/Consent?patient=${astrid}&category=sip-samtycke`, {
      as: samordnare,
    });
    const reference = `Consent/${consents.json.entry[0].resource.id}`;
    const based = { ...body, supportingInfo: [{ reference }] };
    expect((await world.api.ask('POST', '/CarePlan', { as: samordnare, body: based })).status).toBe(201);
  });
});
