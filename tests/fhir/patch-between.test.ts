import { applyFhirPathPatch, Problem, patchBetween } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';
import { ElementGenerator, type Json, seeded } from '../validation/generated-element.ts';
import { definitions, problemOf } from './fhirpath-patching.ts';
import { sorted } from './xml-source.ts';

const between = (before: object | string, after: object | string): string =>
  patchBetween(textOf(before), textOf(after), definitions, { meta: true });

const textOf = (resource: object | string): string =>
  typeof resource === 'string' ? resource : JSON.stringify(resource);

/** The operations, as `type path value`. */
const said = (before: object | string, after: object | string): string[] =>
  ((JSON.parse(between(before, after)).parameter ?? []) as { part: Record<string, unknown>[] }[]).map(
    ({ part }) =>
      part
        .map(({ name: _name, ...value }) => Object.values(value)[0])
        .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
        .join(' '),
  );

const plan = (over: object = {}): object => ({
  resourceType: 'CarePlan',
  id: '1',
  status: 'active',
  intent: 'plan',
  subject: { reference: 'Patient/1' },
  ...over,
});

describe('the patch between two versions', () => {
  test.each<[string, object, object, string[]]>([
    ['is empty where nothing changed', {}, {}, []],
    ['replaces a primitive', {}, { status: 'revoked' }, ['replace CarePlan.status revoked']],
    ['adds what was not there', {}, { title: 'Ny' }, ['add CarePlan title Ny']],
    ['deletes what is no more', { title: 'Ny' }, {}, ['delete CarePlan.title']],
    [
      'goes into what changed in part',
      { period: { start: '2026-01-01' } },
      { period: { start: '2026-01-01', end: '2026-02-01' } },
      ['add CarePlan.period end 2026-02-01'],
    ],
    [
      'says what to put in before what to take out, since an element without parts is none',
      { period: { start: '2026-01-01' } },
      { period: { end: '2026-02-01' } },
      ['add CarePlan.period end 2026-02-01', 'delete CarePlan.period.start'],
    ],
    [
      'inserts and deletes members of lists where they stand',
      { goal: [{ reference: 'Goal/1' }, { reference: 'Goal/3' }] },
      { goal: [{ reference: 'Goal/1' }, { reference: 'Goal/2' }, { reference: 'Goal/3' }] },
      ['insert CarePlan.goal 1 {"reference":"Goal/2"}'],
    ],
    [
      'deletes from the end',
      { goal: [{ reference: 'Goal/1' }, { reference: 'Goal/2' }, { reference: 'Goal/3' }] },
      { goal: [{ reference: 'Goal/3' }] },
      ['delete CarePlan.goal[1]', 'delete CarePlan.goal[0]'],
    ],
    [
      'gives as parts what Parameters cannot carry',
      {},
      { activity: [{ detail: { status: 'scheduled' } }] },
      ['add CarePlan activity [{"name":"detail","part":[{"name":"status","valueCode":"scheduled"}]}]'],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(said(plan(before), plan(after))).toEqual(expected);
  });

  test('replaces a value by one of another type', () => {
    const observation = (over: object) => ({ resourceType: 'Observation', id: '1', ...over });
    expect(said(observation({ valueInteger: 1 }), observation({ valueString: 'en' }))).toEqual([
      'replace Observation.value en',
    ]);
  });

  test('tells digits apart and keeps them', () => {
    const weight = (value: string) =>
      `{"resourceType":"Observation","id":"1","valueQuantity":{"value":${value}}}`;
    const patch = between(weight('70.1'), weight('70.10'));
    expect(applyFhirPathPatch(weight('70.1'), patch, definitions)).toBe(weight('70.10'));
  });

  test('says nothing of what the server keeps, and of the rest of meta when it is asked to', () => {
    const of = (versionId: string, code: string) =>
      plan({ meta: { versionId, lastUpdated: `2026-11-0${versionId}T00:00:00Z`, tag: [{ code }] } });
    expect(said(of('1', 'a'), of('2', 'b'))).toEqual(['replace CarePlan.meta.tag[0].code b']);
    const without = patchBetween(textOf(of('1', 'a')), textOf(of('2', 'b')), definitions, { meta: false });
    expect(JSON.parse(without)).toEqual({ resourceType: 'Parameters' });
  });

  test('is refused where no patch can say what changed', () => {
    const of = (extension: string) => ({
      resourceType: 'Patient',
      id: '1',
      name: [{ _given: [{ extension: [{ url: extension, valueBoolean: true }] }] }],
    });
    expect(said(of('urn:a'), of('urn:b'))).toHaveLength(1);
    const root = (extension: string) =>
      plan({ _instantiatesUri: [{ extension: [{ url: extension, valueBoolean: true }] }] });
    expect(problemOf(() => between(root('urn:a'), root('urn:b'))).kind).toBe('unprocessable');
  });
});

test('applied to the first of two resources of a type, it gives the second', () => {
  const generator = new ElementGenerator(definitions, 3);
  const random = seeded(5);
  const types = [...definitions.resourceTypes].filter((type) => type !== 'Bundle' && type !== 'Parameters');
  let told = 0;
  for (let count = 0; count < 400; count++) {
    const type = types[count % types.length] as string;
    const make = () => {
      const { meta, ...made } = pruned(generator.make(type, 3)) as Json;
      return {
        ...made,
        id: '1',
        meta: { ...(meta as Json), versionId: '1', lastUpdated: '2026-11-23T00:00:00Z' },
      };
    };
    const before = make();
    const [from, to] = [textOf(before), textOf(edited(before, make(), random) as Json)];
    const patch = patchOrNone(from, to);
    if (patch === undefined) continue;
    told++;
    const isEmpty = !patch.includes('"parameter"');
    expect(
      sorted(isEmpty ? from : applyFhirPathPatch(from, patch, definitions)),
      `${from}\n${to}\n${patch}`,
    ).toBe(sorted(to));
  }
  expect(told).toBeGreaterThan(300);
});

function patchOrNone(from: string, to: string): string | undefined {
  try {
    return between(from, to);
  } catch (error) {
    if (error instanceof Problem && error.kind === 'unprocessable') return undefined;
    throw error;
  }
}

/** Without elements that are empty, which FHIR has none of. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned).filter((each) => !isEmpty(each));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, pruned(each)] as const);
  return Object.fromEntries(entries.filter(([, each]) => !isEmpty(each)));
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** The first with some of its parts as in the second. */
function edited(one: unknown, other: unknown, random: () => number): unknown {
  if (random() < 0.1) return other;
  if (Array.isArray(one) && Array.isArray(other)) {
    const kept = one.filter(() => random() < 0.7);
    return random() < 0.5 && kept.length ? [...kept, ...other] : [...other, ...kept];
  }
  if (!isObject(one) || !isObject(other) || one.resourceType !== other.resourceType) return one;
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const paired = new Set(
    names.filter((name) => name.startsWith('_')).flatMap((name) => [name, name.slice(1)]),
  );
  const chosen = names.flatMap((name): [string, unknown][] => {
    // A primitive and what JSON has beside it go together, as do the types of a choice.
    if (paired.has(name) || name === 'id' || name === 'resourceType')
      return name in one ? [[name, one[name]]] : [];
    if (!(name in one) || !(name in other)) return random() < 0.5 && name in one ? [[name, one[name]]] : [];
    return [[name, edited(one[name], other[name], random)]];
  });
  return chosen.length ? Object.fromEntries(chosen) : one;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
