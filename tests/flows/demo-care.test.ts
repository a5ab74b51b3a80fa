import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids, type StoryService, startStory } from './story-service.ts';

const CHRISTMAS_NIGHT = `at=${new Date().getFullYear()}-12-24T03:00:00%2B01:00`;

let service: StoryService;
beforeAll(async () => {
  service = await startStory();
});
afterAll(() => service.close());

interface Parameter {
  name: string;
  part?: Parameter[];
  [value: `value${string}`]: unknown;
}

const parameters = (...parameter: Parameter[]) => ({ resourceType: 'Parameters', parameter });

const reference = (name: string, to: string): Parameter => ({ name, valueReference: { reference: to } });

async function answered(persona: string, path: string, body?: object): Promise<Parameter[]> {
  const { status, text, json } = await service.ask(persona, path, body);
  expect(status, text).toBe(200);
  return json.parameter as Parameter[];
}

/** The number that is called first, and why. */
async function calledFirst(persona: string, patient: string): Promise<unknown[]> {
  const said = await answered(persona, `Patient/${patient}/$vem-ringer-jag?${CHRISTMAS_NIGHT}`);
  const first = said.find(({ name }) => name === 'first')?.part ?? [];
  const number = first.find(({ name }) => name === 'number')?.valueContactPoint as { value: string };
  return [number.value, said.find(({ name }) => name === 'reason')?.valueString];
}

interface Planned {
  contactNow: { danger: { text: string } };
  steps: { level: string; call112: boolean; contact: { number: string } | null }[];
  patientkontrakt: {
    sammanhallenPlan: { plans: { reference: string; parts: unknown[]; limits: string | null }[] };
  };
}

/** Heads and how many parts each has. */
const composed = ({ patientkontrakt }: Planned) =>
  Object.fromEntries(
    patientkontrakt.sammanhallenPlan.plans.map(({ reference: plan, parts }) => [plan, parts.length]),
  );

const planned = async (persona: string, patient: string): Promise<Planned> =>
  (await service.ask(persona, `Patient/${patient}/$samordnad-plan?_format=compact`))
    .json as unknown as Planned;

describe('Astrid, on Christmas Eve at three in the morning,', () => {
  it('is told one number to call; the staff are given theirs', async () => {
    const reason = 'Dygnet runt: ring Hemsjukvården Söder.';
    expect(await calledFirst('patient', 'astrid-testberg')).toEqual(['031-390 06 24', reason]);
    expect(await calledFirst('nattpatrull', 'astrid-testberg')).toEqual(['031-390 06 27', reason]);
  });

  it('is known to a night nurse who has never met her: both plans with their parts, and what to do when', async () => {
    const plan = await planned('nattsjukskoterska', 'astrid-testberg');
    expect(composed(plan)).toEqual({ 'CarePlan/astrid-behandlingsplan-2': 3, 'CarePlan/astrid-sip': 3 });
    expect(plan.steps.filter(({ level }) => level === 'ring-nu').map(({ call112 }) => call112)).toEqual([
      true,
    ]);
  });
});

describe('What is to be read', () => {
  it('says once that the red step is to call 112', async () => {
    const { text } = await service.ask('patient', 'Patient/astrid-testberg/$samordnad-plan');
    const words = text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(words).toContain('bröstet. Ring 112.');
    expect(words).not.toContain('Ring 112. Ring 112.');
  });
});

describe('The behandlingsplan of Astrid', () => {
  it('is signed by doctor and nurse: signing it again changes nothing', async () => {
    for (const [persona, plan] of [
      ['lakare-vardcentral', 'astrid-behandlingsplan-2'],
      ['ssk-hemsjukvard', 'astrid-behandlingsplan-2-hemsjukvard'],
    ] as const) {
      const said = await answered(
        persona,
        `CarePlan/${plan}/$sign`,
        parameters({ name: 'version', valueInteger: 1 }),
      );
      expect(said[0]?.valueReference).toEqual({ reference: `Provenance/${plan}-signatur` });
    }
  });

  it('is known to those who are to act on it', async () => {
    const said = await answered('ssk-hemsjukvard', 'CarePlan/astrid-behandlingsplan-2/$kand-av');
    expect(said.map(({ name }) => name)).toEqual(['known', 'known', 'text']);
  });

  it('is not replaced by a draft that lacks what it needs', async () => {
    const { status, json } = await service.ask(
      'lakare-vardcentral',
      'CarePlan/astrid-behandlingsplan-3/$activate',
      { resourceType: 'Parameters' },
    );
    const issues = json.issue as { expression: string[]; details: { coding: { code: string }[] } }[];
    expect(status).toBe(422);
    expect(issues.length).toBe(5);
    const rules = issues.flatMap(({ details }) => details.coding.map(({ code }) => code));
    expect(rules).toContain('behandlingsplan-komplett');
    expect(ids(await service.search('CarePlan?patient=astrid-testberg&status=draft'))).toEqual([
      'astrid-behandlingsplan-3',
    ]);
  });
});

it('What the nurse has noted for her colleagues they read, and Astrid is not shown', async () => {
  const query = 'Communication?patient=astrid-testberg&category=intern-anteckning';
  expect(ids(await service.search(query, 'nattsjukskoterska'))).toEqual(['astrid-intern-anteckning']);
  expect(ids(await service.search(query, 'patient'))).toEqual([]);
});

describe('Gunvor, who cannot take a stand,', () => {
  it('has a behandlingsplan whose red step is the nurse who knows its limit, and a SIP', async () => {
    const plan = await planned('nattpatrull', 'gunvor-testberg');
    const red = plan.steps.filter(({ level }) => level === 'ring-nu');
    expect(red.map(({ call112, contact }) => [call112, contact?.number])).toEqual([[false, '031-390 06 24']]);
    expect(composed(plan)).toEqual({ 'CarePlan/gunvor-behandlingsplan': 3, 'CarePlan/gunvor-sip': 3 });
    const limits = plan.patientkontrakt.sammanhallenPlan.plans.flatMap((each) => each.limits ?? []);
    expect(limits).toEqual([expect.stringContaining('Ingen hjärt-lungräddning')]);
    expect(plan.contactNow.danger.text).toBe(
      'Följ planen när det blir sämre. Är det fara för livet av något annat? Ring 112.',
    );
  });

  it('has a SIP that stands on the finding that she cannot, and is followed up on it', async () => {
    const said = await answered(
      'lakare-vardcentral',
      'CarePlan/gunvor-sip/$sip-uppfoljning',
      parameters(
        { name: 'resultat', valueString: 'Gunvor sover bättre.' },
        { name: 'uppfoljning', valueDate: `${new Date().getFullYear() + 1}-03-01` },
        reference('vem', 'PractitionerRole/eva-strand'),
      ),
    );
    expect(said.find(({ name }) => name === 'lage')?.valueCode).toBe('uppfoljning');
  });
});

describe('The SIP of Elis', () => {
  it('goes on from where the demo leaves it: the meeting is held, one unit having declined, and it is decided', async () => {
    await answered(
      'lakare-privat',
      'CarePlan/elis-sip/$sip-mote',
      parameters(
        reference('narvarande', 'Patient/elis-testberg'),
        reference('narvarande', 'Organization/psykiatriska-mottagningen'),
        reference('narvarande', 'Organization/bistand-falkenberg'),
      ),
    );
    const invitations = await service.search('Task?patient=elis-testberg&code=sip-inbjudan', 'lakare-privat');
    expect(Object.fromEntries(invitations.map(({ id, status }) => [id, status]))).toEqual({
      'elis-sip-inbjudan-beroende': 'rejected',
      'elis-sip-inbjudan-psykiatri': 'accepted',
      'elis-sip-inbjudan-socialtjanst': 'accepted',
    });
    const decided = await answered(
      'lakare-privat',
      'CarePlan/elis-sip/$sip-beslut',
      parameters(
        reference('huvudansvarig', 'Organization/vc-kusten'),
        { name: 'uppfoljning', valueDate: `${new Date().getFullYear() + 1}-03-01` },
        reference('vem', 'PractitionerRole/petra-sund'),
      ),
    );
    expect(decided.find(({ name }) => name === 'lage')?.valueCode).toBe('beslutad');
  });
});
