import { factsOf, position, rowOf, type StatedFact } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';
import { region } from '../decisions/build.ts';
import { plain } from './stating.ts';

const own = { ...plain, organisation: 'vg:SE0000000002-A' } as const;
const block = { ...own, kind: 'block-inner', about: 'block-1' } as const;
const lift = { ...own, kind: 'lift', about: 'block-1', unit: 'SE0000000002-SJ', value: 'consent' } as const;
const facts = (...rows: StatedFact[]) => factsOf('astrid', rows);

describe('the facts of a patient', () => {
  test('are none about another, nor about nobody save who has joined', () => {
    const others = (patient: string | null): StatedFact[] => [
      { ...own, kind: 'care', patient },
      { ...own, kind: 'block-outer', patient },
      { ...plain, kind: 'protected', patient },
      { ...plain, kind: 'born', patient, value: '1941-03-14' },
    ];
    expect(facts(...others('erik'), ...others(null), { ...own, kind: 'joined' })).toEqual(facts());
    expect(facts({ ...own, kind: 'joined', patient: null }).joined).toEqual([
      { organisation: region, during: { start: null, end: null } },
    ]);
  });

  test('leave out what permits and cannot be read', () => {
    const unreadable: StatedFact[] = [
      { ...plain, kind: 'care' },
      { ...own, kind: 'consent-yes', organisation: 'SE0000000002-A' },
      { ...own, kind: 'emergency', unit: 'SE0000000002-VC' },
      { ...own, kind: 'emergency', person: 'SE0000000002-2001' },
      { ...plain, kind: 'guardian' },
      { ...own, kind: 'guardian-keeps-access' },
      { ...plain, kind: 'incapacity' },
      lift,
    ];
    expect(facts(...unreadable)).toEqual(facts());
  });

  test('are refused as a whole when a block, or a no, cannot be read', () => {
    for (const kind of ['block-inner', 'block-outer', 'consent-no'] as const) {
      expect(() => facts({ ...plain, kind })).toThrow(Problem);
      expect(() => facts({ ...plain, kind, organisation: 'SE0000000002-A' })).toThrow('internal');
    }
  });

  test('PDL 4:5, SVOD 2:3: a lift is of one block, by the organisation that keeps it', () => {
    const lifts = (members: Partial<StatedFact>) =>
      facts({ ...lift, ...members }, block).blocks.map((each) => each.lifts.length);
    expect(lifts({})).toEqual([1]);
    expect(lifts({ about: 'block-2' })).toEqual([0]);
    expect(lifts({ organisation: 'vg:SE0000000001-A' })).toEqual([0]);
    expect(lifts({ organisation: 'og:SE0000000002-A' })).toEqual([0]);
    expect(lifts({ unit: null })).toEqual([0]);
    expect(lifts({ value: 'because' })).toEqual([0]);
    expect(lifts({ value: null })).toEqual([0]);
    expect(lifts({ patient: 'erik' })).toEqual([0]);
  });

  test('say who lifted as officer, and a block without limits is about all times', () => {
    expect(facts(block, { ...lift, author: 'SE0000000002-9001' }, lift).blocks).toMatchObject([
      {
        reach: 'inner',
        information: { start: null, end: null },
        lifts: [{ officer: 'SE0000000002-9001' }, { officer: null }],
      },
    ]);
  });
});

describe('a key row', () => {
  const key = {
    type: 'CarePlan',
    patient: 'astrid',
    custodian: 'og:SE0000000001-A',
    author_unit: 'SE0000000001-HT',
    labels: [] as string[],
    starts: null as string | null,
  };
  const access = 'https://naravard.se/fhir/CodeSystem/access';

  test('tells who answers for it, and for what', () => {
    expect(rowOf(key)).toEqual({
      type: 'CarePlan',
      patient: 'astrid',
      custodian: { hsaId: 'SE0000000001-A', as: 'omsorgsgivare' },
      unit: 'SE0000000001-HT',
      informationType: null,
      time: null,
      labels: [],
      internalNote: false,
      availableBy26: false,
      outsideSvod: false,
      showsBlock: false,
      answer: false,
    });
    expect(rowOf({ ...key, custodian: 'SE0000000001-A' }).custodian).toBeNull();
  });

  test('has its marks by our own system only, and other labels by their code in any', () => {
    const labels = ['internal-note', 'available-by-2-6', 'outside-svod', 'shows-block'];
    expect(rowOf({ ...key, labels: labels.map((code) => `${access}|${code}`) })).toMatchObject({
      internalNote: true,
      availableBy26: true,
      outsideSvod: true,
      showsBlock: true,
    });
    expect(rowOf({ ...key, labels: labels.map((code) => `urn:x|${code}`) })).toMatchObject({
      labels,
      showsBlock: false,
    });
    expect(rowOf({ ...key, labels: ['urn:a|b|NOPAT', '|NOPATIENT'] }).labels).toEqual(['NOPAT', 'NOPATIENT']);
  });

  test.each([
    ['2026-10-01T08:00:00+00:00', 'inside'],
    ['2026-10-01T09:59:59.999999+02:00', 'outside'],
    ['2026-10-01T10:00:00.123456+02:00', 'inside'],
    ['-infinity', 'unknown'],
    ['infinity', 'unknown'],
    [null, 'unknown'],
  ])('whose main date PostgreSQL gives as %s lies %s a period from that morning on', (starts, where) => {
    expect(position({ start: '2026-10-01T08:00:00.000Z', end: null }, rowOf({ ...key, starts }).time)).toBe(
      where,
    );
  });

  test.each([
    ['MedicationRequest', 'lak'],
    ['Flag', 'upp'],
    ['Encounter', null],
  ])('of type %s has the information type %s', (type, informationType) => {
    expect(rowOf({ ...key, type }).informationType).toBe(informationType);
  });
});
