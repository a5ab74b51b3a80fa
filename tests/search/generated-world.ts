import type { Condition, Query } from '@naravard/search';
import fc from 'fast-check';
import type { Indexed } from './index-database.ts';
import { catalog, extract, query } from './memory.ts';

/**
 * Small worlds of patients, teams, plans, encounters, practitioners and organisations that refer to one another, to
 * nothing, to elsewhere and by identifier; and conditions on them that follow the references both ways.
 */
const types = ['Patient', 'Practitioner', 'Organization', 'CareTeam', 'CarePlan', 'Encounter'] as const;
type Type = (typeof types)[number];

/** Reference parameters with those of the six types that they lead to. */
const links: Readonly<Record<Type, readonly (readonly [code: string, targets: readonly Type[]])[]>> = {
  Patient: [
    ['general-practitioner', ['Practitioner', 'Organization']],
    ['organization', ['Organization']],
  ],
  Practitioner: [],
  Organization: [['partof', ['Organization']]],
  CareTeam: [
    ['subject', ['Patient']],
    ['patient', ['Patient']],
    ['encounter', ['Encounter']],
    ['participant', ['Practitioner', 'Organization', 'Patient', 'CareTeam']],
  ],
  CarePlan: [
    ['subject', ['Patient']],
    ['patient', ['Patient']],
    ['care-team', ['CareTeam']],
    ['encounter', ['Encounter']],
    ['based-on', ['CarePlan']],
  ],
  Encounter: [
    ['subject', ['Patient']],
    ['patient', ['Patient']],
    ['participant', ['Practitioner']],
    ['practitioner', ['Practitioner']],
    ['service-provider', ['Organization']],
    ['part-of', ['Encounter']],
  ],
};

const leaves: Readonly<Record<Type, readonly string[]>> = {
  Patient: ['name=a', 'family:exact=Åsa', 'active=true', 'active:not=true', 'family:missing=true', '_id=1,2'],
  Practitioner: ['name=b', 'name:contains=s', 'name:missing=false', '_id=3'],
  Organization: ['name=a,b', 'name:exact=Bo', 'partof=2', '_id=0,1'],
  CareTeam: ['status=active', 'status:not=active', 'patient=1', 'subject:missing=true', 'date=ge2026'],
  CarePlan: ['status=active', 'intent=plan', 'patient=1,2', 'date=lt2026', 'subject:identifier=a'],
  Encounter: ['status=finished', 'date=2026', 'date:missing=true', 'patient=3', 'status:not=finished'],
};

const sorts: Readonly<Record<Type, readonly string[]>> = {
  Patient: ['family', '-name', 'active'],
  Practitioner: ['name', '-name'],
  Organization: ['name', '-partof'],
  CareTeam: ['-date', 'status', 'patient'],
  CarePlan: ['date', '-status'],
  Encounter: ['-date', 'status', 'subject'],
};

/** Some lead to nothing: there are `SIZE` resources of each type. */
const SIZE = 6;
const ids = Array.from({ length: SIZE + 1 }, (_, n) => String(n));

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 6 });
const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const to = (...targets: readonly string[]) =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .tuple(oneOf(...targets), oneOf(...ids))
        .map(([type, id]) => ({ reference: `${type}/${id}` })),
    },
    { weight: 1, arbitrary: fc.constant({ identifier: { value: 'a' } }) },
    { weight: 1, arbitrary: fc.constant({ reference: 'https://other.se/fhir/Patient/1' }) },
  );
const some = (...targets: readonly string[]) =>
  maybe(fc.array(to(...targets), { minLength: 1, maxLength: 3 }));
const name = oneOf('Åsa', 'asa', 'Bo', 'bosse', 'Örjan');
const period = fc.record({
  start: maybe(oneOf('2025-01-01', '2026-01-01')),
  end: maybe(oneOf('2026-02-01', '2027-01-01')),
});

const resources: Readonly<Record<Type, fc.Arbitrary<object>>> = {
  Patient: fc.record({
    active: maybe(fc.boolean()),
    name: maybe(
      fc.record({ family: maybe(name), given: fc.array(name, { maxLength: 1 }) }).map((one) => [one]),
    ),
    generalPractitioner: some('Practitioner', 'Organization'),
    managingOrganization: maybe(to('Organization')),
  }),
  Practitioner: fc.record({ name: maybe(name.map((family) => [{ family }])) }),
  Organization: fc.record({ name: maybe(name), partOf: maybe(to('Organization')) }),
  CareTeam: fc.record({
    status: maybe(oneOf('active', 'inactive')),
    subject: maybe(to('Patient', 'Patient', 'Patient', 'Group')),
    encounter: maybe(to('Encounter')),
    period: maybe(period),
    participant: maybe(
      fc.array(fc.record({ member: maybe(to('Practitioner', 'Organization', 'Patient', 'CareTeam')) }), {
        maxLength: 3,
      }),
    ),
  }),
  CarePlan: fc.record({
    status: oneOf('active', 'draft'),
    intent: oneOf('plan', 'order'),
    subject: to('Patient', 'Patient', 'Patient', 'Group'),
    careTeam: some('CareTeam'),
    encounter: maybe(to('Encounter')),
    basedOn: some('CarePlan'),
    period: maybe(period),
  }),
  Encounter: fc.record({
    status: oneOf('finished', 'planned'),
    subject: maybe(to('Patient')),
    participant: maybe(fc.array(fc.record({ individual: maybe(to('Practitioner')) }), { maxLength: 2 })),
    serviceProvider: maybe(to('Organization')),
    partOf: maybe(to('Encounter')),
    period: maybe(period),
  }),
};

const custodians = ['SE-KOMMUN', 'SE-KOMMUN', 'SE-REGION', null];

export const world: fc.Arbitrary<readonly Indexed[]> = fc
  .tuple(
    ...types.map((type) =>
      fc.array(fc.tuple(resources[type], oneOf(...custodians)), { minLength: SIZE, maxLength: SIZE }),
    ),
  )
  .map((lists) =>
    lists.flatMap((list, index) => {
      const type = types[index] ?? 'Patient';
      return list.map(([resource, custodian], n): Indexed => {
        const id = ids[n] ?? '';
        const json = JSON.parse(JSON.stringify({ resourceType: type, id, ...resource })) as object;
        return {
          type,
          id,
          custodian,
          lastUpdated: '2026-11-23T09:00:00.000Z',
          rows: extract(type, id, json),
        };
      });
    }),
  );

/** Name and value of a parameter at the end of up to `depth` links, typed and untyped, both ways. */
export function named(type: Type, depth: number): fc.Arbitrary<string> {
  const leaf = oneOf(...leaves[type]);
  if (depth === 0) return leaf;
  const chains = links[type].map(([code, targets]) =>
    oneOf(...targets).chain((target) =>
      fc
        .tuple(oneOf(`${code}:${target}`, ...(targets.length === 1 ? [code] : [])), named(target, depth - 1))
        .map((parts) => parts.join('.')),
    ),
  );
  const reverse = sourcesOf(type).map(([source, code]) =>
    named(source, depth - 1).map((rest) => `_has:${source}:${code}:${rest}`),
  );
  return fc.oneof(leaf, ...chains, ...reverse);
}

const sourcesOf = (type: Type): (readonly [Type, string])[] =>
  types.flatMap((source) =>
    links[source].filter(([, targets]) => targets.includes(type)).map(([code]) => [source, code] as const),
  );

/** Trees of not, any and all around parameters and links, of up to `depth` levels. */
function tree(type: Type, depth: number): fc.Arbitrary<Condition> {
  const leaf = oneOf(...leaves[type]).map((text) => parsed(type, text));
  if (depth === 0) return leaf;
  const inner = tree(type, depth - 1);
  const list = fc.array(inner, { maxLength: 3 });
  const chains = links[type].flatMap(([code, targets]) =>
    targets.map((target) =>
      tree(target, depth - 1).map((each) => relation('chain', type, code, target, each)),
    ),
  );
  const reverse = sourcesOf(type).map(([source, code]) =>
    tree(source, depth - 1).map((each) => relation('has', source, code, type, each)),
  );
  const relations = fc.oneof(...chains, ...reverse, leaf);
  return fc.oneof(
    leaf,
    inner.map((condition): Condition => ({ kind: 'not', condition })),
    list.map((conditions): Condition => ({ kind: 'any', conditions })),
    list.map((conditions): Condition => ({ kind: 'all', conditions })),
    relations,
    relations,
    fc
      .array(relations, { minLength: 2, maxLength: 3 })
      .map((conditions): Condition => ({ kind: 'any', conditions })),
  );
}

function relation(
  kind: 'chain' | 'has',
  from: Type,
  code: string,
  type: Type,
  condition: Condition,
): Condition {
  const parameter = catalog.parameter(from, code);
  if (!parameter) throw new Error(`${from} has no ${code}`);
  return { kind, parameter, type, condition };
}

function parsed(type: Type, text: string): Condition {
  const condition = query(type, text).parts[0]?.conditions[0];
  if (!condition) throw new Error(`${type}?${text} has no condition`);
  return condition;
}

const shape = fc.oneof(
  ...types.map((type) => fc.record({ type: fc.constant(type), sort: oneOf('', ...sorts[type]) })),
);

/** Searches as they are written. */
export const writtenQuery: fc.Arbitrary<Query> = shape.chain(({ type, sort }) =>
  fc
    .array(named(type, 3), { minLength: 1, maxLength: 2 })
    .map((list) => query(type, [...list, ...(sort ? [`_sort=${sort}`] : []), '_count=4'].join('&'))),
);

/** Searches that no parameters can say, but that `_filter` can. */
export const treeQuery: fc.Arbitrary<Query> = shape.chain(({ type, sort }) =>
  tree(type, 3).map((condition) => {
    const plain = query(type, `${sort && `_sort=${sort}&`}_count=4`);
    return { ...plain, parts: plain.parts.map((part) => ({ ...part, conditions: [condition] })) };
  }),
);
