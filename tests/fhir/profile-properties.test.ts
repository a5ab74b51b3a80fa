import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains, equals } from '../../libs/fhir/src/profile/pattern.ts';
import { findingsOf, own, profileOn, profilesOf } from './profile-source.ts';

const numRuns = process.env.NARAVARD_FULL === '1' ? 5_000 : 300;

const system = fc.constantFrom('phone', 'email', 'sms', 'url');
const use = fc.constantFrom('home', 'work', undefined);
const telecom = fc.array(
  fc
    .record({ system: fc.option(system, { nil: undefined }), use })
    .map((each) => JSON.parse(JSON.stringify(each)) as Point),
  { maxLength: 6 },
);
interface Point {
  readonly system?: string;
  readonly use?: string;
}
interface Slice {
  readonly system: string;
  readonly use: string | undefined;
  readonly min: number;
  readonly max: number;
}
const cardinality = fc
  .record({ min: fc.nat(2), more: fc.nat(2) })
  .map(({ min, more }) => ({ min, max: min + more }));
const slices = fc.array(
  fc.tuple(system, use, cardinality).map(([system, use, range]): Slice => ({ system, use, ...range })),
  { minLength: 1, maxLength: 4 },
);
const rules = fc.constantFrom('open', 'closed', 'openAtEnd');

const elementsOf = (among: readonly Slice[], rule: string) => [
  { id: 'CareTeam.telecom', slicing: { discriminator: [{ type: 'pattern', path: '$this' }], rules: rule } },
  ...among.map(({ system, use, min, max }, at) => ({
    id: `CareTeam.telecom:s${at}`,
    min,
    max: String(max),
    patternContactPoint: { system, ...(use !== undefined && { use }) },
  })),
];

/** The first slice that an item fits, said as plainly as it can be. */
const sliceOf = (among: readonly Slice[], point: Point): number =>
  among.findIndex(
    (slice) => slice.system === point.system && (slice.use === undefined || slice.use === point.use),
  );

/** How many faults there are to find. */
function faults(among: readonly Slice[], rule: string, points: readonly Point[]): number {
  const places = points.map((point) => sliceOf(among, point));
  const counts = among.map((_slice, at) => places.filter((place) => place === at).length);
  const outside = among.filter(
    ({ min, max }, at) => (counts[at] ?? 0) < min || (counts[at] ?? 0) > max,
  ).length;
  const firstStranger = places.indexOf(-1);
  const strangers = places.filter((place) => place < 0).length;
  const late = firstStranger < 0 ? 0 : places.filter((place, at) => place >= 0 && at > firstStranger).length;
  return outside + (rule === 'closed' ? strangers : 0) + (rule === 'openAtEnd' ? late : 0);
}

describe('slices', () => {
  test('are counted as a plain reading of the rules counts them', () => {
    fc.assert(
      fc.property(slices, rules, telecom, (among, rule, points) => {
        const resource = { resourceType: 'CareTeam', ...(points.length && { telecom: points }) };
        expect(findingsOf(elementsOf(among, rule), resource)).toHaveLength(faults(among, rule, points));
      }),
      { numRuns },
    );
  });

  test('by value find what slices by pattern find', () => {
    fc.assert(
      fc.property(slices, telecom, (among, points) => {
        const distinct = [
          ...new Map(among.map((slice) => [slice.system, { ...slice, use: undefined }])).values(),
        ];
        const byPattern = elementsOf(distinct, 'open');
        const byValue = [
          {
            id: 'CareTeam.telecom',
            slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' },
          },
          ...byPattern.slice(1),
        ];
        const resource = { resourceType: 'CareTeam', telecom: points };
        expect(findingsOf(byValue, resource)).toEqual(findingsOf(byPattern, resource));
      }),
      { numRuns },
    );
  });
});

/** Takes members and items out of a value at the will of the bits. */
function thinned(value: unknown, keep: () => boolean): unknown {
  if (Array.isArray(value)) return value.filter(keep).map((each) => thinned(each, keep));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(keep)
      .map(([key, each]) => [key, thinned(each, keep)]),
  );
}

describe('a value', () => {
  const json = fc.json({ maxDepth: 4 }).map((text): unknown => JSON.parse(text));

  test('contains itself and all that is left when something is taken out of it', () => {
    fc.assert(
      fc.property(json, fc.infiniteStream(fc.boolean()), (value, bits) => {
        expect(contains(value)(value)).toBe(true);
        expect(contains(thinned(value, () => bits.next().value === true))(value)).toBe(true);
      }),
      { numRuns },
    );
  });

  test('that equals a fixed one contains it as a pattern too', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(equals(one)(structuredClone(one))).toBe(true);
        if (equals(one)(other)) expect(contains(one)(other)).toBe(true);
      }),
      { numRuns },
    );
  });
});

test('content of any shape has findings or none, and no other end', () => {
  const profiles = profilesOf([
    profileOn('CarePlan', 'strict', [
      {
        id: 'CarePlan',
        constraint: [{ key: 'x-1', severity: 'error', human: 'x', expression: "extension('a').exists()" }],
      },
      { id: 'CarePlan.title', min: 1, maxLength: 3 },
      {
        id: 'CarePlan.subject',
        type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }],
      },
      { id: 'CarePlan.category', binding: { strength: 'required', valueSet: 'urn:unknown' } },
      { id: 'CarePlan.category:a', min: 1 },
      { id: 'CarePlan.category:a.coding.system', fixedUri: 'urn:a' },
      {
        id: 'CarePlan.category',
        slicing: { discriminator: [{ type: 'value', path: 'coding.system' }], rules: 'closed' },
      },
      { id: 'CarePlan.extension:b', type: [{ code: 'Extension', profile: [`${own}/b`] }] },
      { id: 'CarePlan.activity.detail.scheduled[x]', type: [{ code: 'Timing' }] },
      { id: 'CarePlan.activity.detail.scheduled[x].repeat.count', min: 1 },
    ]),
    profileOn('Extension', 'b', [{ id: 'Extension.value[x]', min: 1, type: [{ code: 'string' }] }]),
  ]);
  const any = fc.jsonValue({ maxDepth: 3 });
  const key = fc.constantFrom(
    'system',
    'code',
    'coding',
    'url',
    'reference',
    'detail',
    'scheduledTiming',
    'repeat',
    'x',
  );
  const shaped = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      any,
      fc.constantFrom('urn:a', `${own}/b`, '#', 'Patient/1'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  const member = fc.constantFrom(
    'title',
    '_title',
    'subject',
    'category',
    'extension',
    'activity',
    'contained',
  );
  fc.assert(
    fc.property(fc.dictionary(member, shaped), (content) => {
      const found = profiles.check({ ...content, resourceType: 'CarePlan' }, `${own}/strict`);
      for (const { expression } of found) expect(expression).toMatch(/^CarePlan/);
    }),
    { numRuns },
  );
});
