import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personas } from '../../services/all-in-one/src/sandbox/personas.ts';
import { ids, type StoryService, startStory } from './story-service.ts';

let service: StoryService;
beforeAll(async () => {
  service = await startStory();
});
afterAll(() => service.close());

const plansOf = async (patient: string, persona: string) =>
  ids(await service.search(`CarePlan?patient=${patient}&status=active`, persona));

const vardcentral = [
  'astrid-behandlingsplan-2',
  'astrid-behandlingsplan-2-vardcentral',
  'astrid-sip',
  'astrid-sip-vardcentral',
];
const hemsjukvard = ['astrid-behandlingsplan-2-hemsjukvard', 'astrid-sip-hemsjukvard'];
const hemtjanst = ['astrid-behandlingsplan-2-hemtjanst', 'astrid-sip-hemtjanst'];
const psychiatry = ['astrid-psykiatri-plan'];
const shared = [...vardcentral, ...hemsjukvard, ...hemtjanst];

/** What each persona sees of Astrid's plans, and the section of law that tells. */
const sights: readonly [persona: string, law: string, plans: readonly string[]][] = [
  ['ssk-hemsjukvard', 'SVOD 3:1', shared],
  ['nattsjukskoterska', 'SVOD 3:1: the night unit has a relation of its own', shared],
  ['usk-hemtjanst', 'SVOD 3:2', shared],
  ['usk-delegering', 'SVOD 3:1 in the other commission', shared],
  ['nattpatrull', 'SVOD 3:2: the nattpatrull has the insats too', shared],
  ['lakare-vardcentral', 'PDL 4:4: not what the psychiatry has blocked', shared],
  ['lakare-slutenvard', 'PDL 4:4: not what the psychiatry has blocked', shared],
  [
    'psykiatri',
    'PDL 4:1, SVOD 3:1: Astrid has not consented to the psychiatry',
    [...vardcentral, ...psychiatry],
  ],
  ['ambulans', 'PDL 4:1: no relation', []],
  ['lakare-privat', 'SVOD 3:1: no relation', []],
  ['logg-granskare', 'PDL 4:2: no care', []],
  ['sparr-handlaggare', 'PDL 4:1: no relation', []],
  ['patient', 'PDL 5:5: a spärr does not hide from the person', [...shared, ...psychiatry]],
  ['barn', 'PDL 5:5: another person', []],
  ['vardnadshavare', 'PDL 5:5: another person', []],
  ['vardnadshavare-barn', 'PDL 5:5: another person', []],
  ['journalsystem', 'SVOD 4:1', [...vardcentral, ...psychiatry]],
  ['journalsystem-kommun', 'SVOD 4:1', hemsjukvard],
  ['journalsystem-hemtjanst', 'SVOD 4:1', hemtjanst],
  ['administrator', 'PDL 4:2', []],
];

describe('Of Astrid', () => {
  it.each(sights)('%s sees what the law lets see (%s)', async (persona, _law, plans) => {
    expect((await plansOf('astrid-testberg', persona)).toSorted()).toEqual(plans.toSorted());
  });

  it('no persona is forgotten', () => {
    expect(sights.map(([persona]) => persona).toSorted()).toEqual(personas.map(({ id }) => id).toSorted());
  });

  it('the ward learns of the psychiatric plan on no route: it is as if it were not there', async () => {
    const blocked = await service.ask('lakare-slutenvard', 'CarePlan/astrid-psykiatri-plan');
    const absent = await service.ask('lakare-slutenvard', 'CarePlan/no-such-plan-at-all');
    expect(blocked.status).toBe(404);
    expect(blocked.text.replace('astrid-psykiatri-plan', '')).toBe(
      absent.text.replace('no-such-plan-at-all', ''),
    );
    for (const query of [
      'CarePlan?_id=astrid-psykiatri-plan',
      'Encounter?patient=astrid-testberg&date=lt2020',
      'Patient?_id=astrid-testberg&_has:CarePlan:patient:_id=astrid-psykiatri-plan',
      'Consent?patient=astrid-testberg&category=sparr-inre,sparr-yttre',
    ]) {
      expect(ids(await service.search(query, 'lakare-slutenvard')), query).toEqual([]);
    }
    const round = await service.search(
      'Patient?_id=astrid-testberg&_revinclude=CarePlan:patient&_revinclude=Encounter:patient&_revinclude=Consent:patient',
      'lakare-slutenvard',
    );
    expect(ids(round)).toContain('astrid-behandlingsplan-2');
    expect(ids(round).filter((id) => /psykiatri|sparr/.test(id))).toEqual([]);
  });

  it('the psychiatry sees who has blocked, and so does Astrid', async () => {
    for (const persona of ['psykiatri', 'patient']) {
      const found = await service.search(
        'Consent?patient=astrid-testberg&category=sparr-inre,sparr-yttre',
        persona,
      );
      expect(ids(found), persona).toEqual(['astrid-sparr-inre', 'astrid-sparr-yttre']);
    }
  });

  it('a nurse without relation to a patient finds nothing, not even the patient', async () => {
    expect((await service.ask('ambulans', 'Patient/astrid-testberg')).status).toBe(404);
    expect(await service.search('Patient?name=testberg', 'ambulans')).toEqual([]);
    expect(ids(await service.search('Patient?name=testberg')).toSorted()).toEqual([
      'astrid-testberg',
      'gunvor-testberg',
    ]);
  });
});

describe('Of Elis, who gets help with addiction', () => {
  const shared = ['elis-sip', 'elis-sip-boendestod', 'elis-sip-psykiatri', 'elis-sip-vardcentral'];
  it.each([
    ['lakare-privat', shared],
    ['psykiatri', shared],
    ['lakare-vardcentral', []],
    ['ssk-hemsjukvard', []],
    ['journalsystem-hemtjanst', ['elis-sip-boendestod', 'elis-sip-socialtjanst']],
  ])(
    '%s sees %j: what the socialtjänst does about addiction stays there (SVOD 1:3)',
    async (persona, plans) => {
      const found = await service.search('CarePlan?patient=elis-testberg&category=SIP', persona);
      expect(ids(found).toSorted()).toEqual(plans);
    },
  );

  it('the nurse of the hemsjukvård, without relation, does not find him either', async () => {
    expect((await service.ask('ssk-hemsjukvard', 'Patient/elis-testberg')).status).toBe(404);
  });
});

describe('Of Gunvor, who lastingly cannot take a stand', () => {
  const all = ['gunvor-behandlingsplan', 'gunvor-sip'].flatMap((head) => [
    head,
    ...['hemsjukvard', 'hemtjanst', 'vardcentral'].map((unit) => `${head}-${unit}`),
  ]);
  it.each([
    ['lakare-vardcentral', all],
    ['ssk-hemsjukvard', all],
    ['usk-hemtjanst', all],
    ['nattsjukskoterska', all],
    ['nattpatrull', all],
    ['lakare-slutenvard', []],
    ['lakare-privat', []],
  ])('%s sees %j, by the findings of each organisation (SVOD 3:3-3:4)', async (persona, plans) => {
    expect((await plansOf('gunvor-testberg', persona)).toSorted()).toEqual(plans);
  });
});

describe('Of Alva, 14', () => {
  it('she reads what the two units have let her read, her mother that of one (PDL 5:5)', async () => {
    expect(await plansOf('alva-testberg', 'barn')).toEqual(['alva-astmaplan']);
    expect(await plansOf('alva-testberg', 'vardnadshavare')).toEqual(['alva-astmaplan']);
    const visits = 'Encounter?patient=alva-testberg';
    expect(ids(await service.search(visits, 'barn'))).toEqual(['alva-besok-psykiatri']);
    expect(ids(await service.search(visits, 'vardnadshavare'))).toEqual([]);
    expect((await service.ask('vardnadshavare', 'Patient/alva-testberg')).status).toBe(200);
  });
});

describe('Of Moa, 8', () => {
  it('her mother reads everything, as long as she logs in for her (PDL 5:5)', async () => {
    const seenBy = async (persona: string) => [
      ...(await plansOf('moa-testberg', persona)),
      ...ids(await service.search('Encounter?patient=moa-testberg&_sort=date', persona)),
      ...ids(await service.search('CareTeam?patient=moa-testberg', persona)),
    ];
    const all = ['moa-astmaplan', 'moa-besok-astma', 'moa-besok-uppfoljning', 'moa-fast-vardkontakt'];
    expect(await seenBy('vardnadshavare-barn')).toEqual(all);
    expect(await seenBy('lakare-vardcentral')).toEqual(all);
    for (const persona of ['vardnadshavare', 'barn', 'patient', 'ssk-hemsjukvard', 'psykiatri'])
      expect([persona, await seenBy(persona)]).toEqual([persona, []]);
  });
});

describe('Of Vera, whose identity is protected', () => {
  it('the nurse who visits her reads name and address, with the label', async () => {
    const { status, text } = await service.ask('ssk-hemsjukvard', 'Patient/vera-testberg');
    expect(status, text).toBe(200);
    expect(text).toContain('Ängsvägen 15');
    expect(text).toContain('Portkod 2580');
    expect(text).toContain('sekretessmarkering');
    const [visit] = await service.search('Encounter?patient=vera-testberg');
    expect(JSON.stringify(visit)).toContain('Location/patientens-hem');
    expect(JSON.stringify(visit)).toContain('sekretessmarkering');
  });

  it('a journal system by itself does not', async () => {
    const { status, text } = await service.ask('journalsystem', 'Patient/vera-testberg');
    expect(status, text).toBe(200);
    expect(text).toContain('Skyddad uppgift');
    for (const secret of ['Vera Testberg', 'Ängsvägen', 'Portkod', 'Falkenberg', '070-174'])
      expect(text).not.toContain(secret);
    const [visit] = await service.search('Encounter?patient=vera-testberg', 'journalsystem-kommun');
    expect(JSON.stringify(visit)).not.toContain('Location/');
  });

  it('nobody finds her by name', async () => {
    for (const persona of ['ssk-hemsjukvard', 'lakare-vardcentral', 'journalsystem']) {
      expect(ids(await service.search('Patient?given=vera', persona)), persona).toEqual([]);
    }
  });
});
