import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids, type StoryService, startStory } from './story-service.ts';

let service: StoryService;
beforeAll(async () => {
  service = await startStory(new Date());
});
afterAll(() => service.close());

const opening = {
  resourceType: 'Parameters',
  parameter: [
    { name: 'reason', valueString: 'Medvetslös i hemmet, svår andnöd' },
    { name: 'dangerStated', valueBoolean: true },
    { name: 'relationAttested', valueBoolean: true },
  ],
};
const PLANS = 'CarePlan?patient=astrid-testberg&status=active';

interface Part {
  name: string;
  valueString?: string;
  valueBoolean?: boolean;
  part?: Part[];
}

async function log(): Promise<string[]> {
  const { status, json, text } = await service.ask('patient', 'Patient/astrid-testberg/$atkomstlogg');
  expect(status, text).toBe(200);
  return (json.parameter as Part[]).flatMap(
    ({ part = [] }) => part.find(({ name }) => name === 'text')?.valueString ?? [],
  );
}

describe('A nödöppning', () => {
  it('is refused to the hemtjänst, in Swedish, and shown in the log', async () => {
    const { status, text } = await service.ask(
      'usk-hemtjanst',
      'Patient/astrid-testberg/$nodoppning',
      opening,
    );
    expect([status, text]).toEqual([403, expect.stringContaining('Omsorgen kan inte nödöppna')]);
  });

  it('by the ambulance opens what the own region has and the municipality shares, never what is blocked, and Astrid sees it', async () => {
    expect(ids(await service.search(PLANS, 'ambulans'))).toEqual([]);
    const { status, text } = await service.ask('ambulans', 'Patient/astrid-testberg/$nodoppning', opening);
    expect(status, text).toBe(200);
    expect(text).toContain('Falkenbergs kommun, hälso- och sjukvård');
    expect(ids(await service.search(PLANS, 'ambulans'))).toEqual([
      'astrid-behandlingsplan-2',
      'astrid-behandlingsplan-2-hemsjukvard',
      'astrid-behandlingsplan-2-hemtjanst',
      'astrid-behandlingsplan-2-vardcentral',
      'astrid-sip',
      'astrid-sip-hemsjukvard',
      'astrid-sip-hemtjanst',
      'astrid-sip-vardcentral',
    ]);
    expect((await service.ask('ambulans', 'Patient/astrid-testberg')).status).toBe(200);
    expect((await service.ask('ambulans', 'CarePlan/astrid-psykiatri-plan')).status).toBe(404);
    const told = (await log()).filter((line) => line.startsWith('Nödöppning. '));
    expect(told.length).toBeGreaterThanOrEqual(2);
    for (const line of told) {
      expect(line).toContain('Ambulanssjuksköterska vid Ambulansen Falkenberg, Region Halland (vårdgivare)');
      expect(line).not.toContain('Wik');
    }
  });

  it('does not open the record for another in the ambulance, nor for another patient', async () => {
    expect(ids(await service.search(PLANS, 'lakare-privat'))).toEqual([]);
    expect(ids(await service.search('CarePlan?patient=gunvor-testberg', 'ambulans'))).toEqual([]);
  });
});

describe('That there is something, and not what', () => {
  it('is told to the nurse: unblocked and blocked data exist, without whose', async () => {
    const { status, text } = await service.ask('ssk-hemsjukvard', 'Patient/astrid-testberg/$svod-status');
    expect(status, text).toBe(200);
    expect(text).toContain('"unblockedDataExists","valueBoolean":true');
    expect(text).toContain('"blockedDataExists","valueBoolean":true');
    expect(text).not.toMatch(/psyk|region/i);
  });
});
