import { describe, expect, test } from 'vitest';
import { own, profileOn, profilesOf } from './profile-source.ts';

type Elements = Parameters<typeof profileOn>[2];

const core = 'http://hl7.org/fhir/StructureDefinition';
const slicing = (type: string, path: string) => ({ discriminator: [{ type, path }], rules: 'open' });
const constraint = (expression?: string) => [{ key: 'x-1', severity: 'error', human: 'x', expression }];

const cases: [string, Elements, string][] = [
  [
    'an element that R4 does not have',
    [{ id: 'CarePlan.titel', min: 1 }],
    'CarePlan has no element titel in R4',
  ],
  [
    'a choice without [x]',
    [{ id: 'CarePlan.activity.detail.product', min: 1 }],
    'has no element product in R4',
  ],
  ['an id of another type', [{ id: 'CareTeam.name', min: 1 }], 'not the id of an element of CarePlan'],
  ['an element without id', [{ id: '' }], 'not the id of an element of CarePlan'],
  ['a slice of a slice', [{ id: 'CarePlan.category:a/b' }], 'not the id of an element of CarePlan'],
  [
    'a cardinality that nothing keeps',
    [{ id: 'CarePlan.note', min: 2, max: '1' }],
    'cardinality leaves nothing',
  ],
  [
    'a type that R4 does not have there',
    [{ id: 'CarePlan.title', type: [{ code: 'code' }] }],
    'no type code here',
  ],
  [
    'a target that is not known',
    [{ id: 'CarePlan.subject', type: [{ code: 'Reference', targetProfile: ['urn:patient'] }] }],
    'the target urn:patient is not known',
  ],
  [
    'a limit that is not looked at',
    [{ id: 'CarePlan.period.start', minValueDateTime: '2026' }],
    'minValueDateTime is not supported',
  ],
  [
    'FHIRPath with a fault',
    [{ id: 'CarePlan', constraint: constraint('title.(') }],
    'x-1 cannot be compiled',
  ],
  [
    'a function that is not compiled',
    [{ id: 'CarePlan', constraint: constraint("title.memberOf('x')") }],
    'memberOf() is not supported',
  ],
  ['a constraint of words alone', [{ id: 'CarePlan', constraint: constraint() }], 'no FHIRPath expression'],
  ['slices that nothing tells apart', [{ id: 'CarePlan.note:a', min: 1 }], 'slicing has no discriminator'],
  [
    'a slice that says nothing at its discriminator',
    [
      { id: 'CarePlan.note', slicing: slicing('value', 'text') },
      { id: 'CarePlan.note:a', min: 1 },
    ],
    'nothing is fixed that its discriminator could tell it by',
  ],
  [
    'a discriminator that leads nowhere',
    [
      { id: 'CarePlan.note', slicing: slicing('value', 'txt') },
      { id: 'CarePlan.note:a', patternAnnotation: { txt: 'x' } },
    ],
    'R4 has no element at the discriminator',
  ],
  [
    'a discriminator that is no path',
    [{ id: 'CarePlan.note', slicing: slicing('value', 'text | time') }, { id: 'CarePlan.note:a' }],
    'not a path that is supported',
  ],
  [
    'ordered slices',
    [{ id: 'CarePlan.note', slicing: { ...slicing('value', 'text'), ordered: true } }],
    'ordered slices are not supported',
  ],
  ['unknown rules', [{ id: 'CarePlan.note', slicing: { rules: 'shut' } }], 'slicing.rules is one of'],
  [
    'closed slicing without slices',
    [{ id: 'CarePlan.note', slicing: { rules: 'closed' } }],
    'there are no slices',
  ],
  [
    'an extension slice without url',
    [{ id: 'CarePlan.extension:a', min: 1 }],
    'neither its url is fixed nor its definition named',
  ],
  [
    'children of a choice of several types',
    [{ id: 'CarePlan.activity.detail.scheduled[x].extension', max: '0' }],
    'restrict it to one type',
  ],
];

describe('a profile does not compile that has', () => {
  test.each(cases)('%s', (_what, elements, why) => {
    const profiles = profilesOf([profileOn('CarePlan', 'broken', elements)]);
    expect(() => profiles.compile()).toThrow(why);
    expect(() => profiles.check({ resourceType: 'CarePlan' }, `${own}/broken`)).toThrow(`${own}/broken`);
  });

  test('the profile of another type for its values', () => {
    const profiles = profilesOf([
      profileOn('Patient', 'patient', []),
      profileOn('CarePlan', 'plan', [
        { id: 'CarePlan.note', type: [{ code: 'Annotation', profile: [`${own}/patient`] }] },
      ]),
    ]);
    expect(() => profiles.compile()).toThrow(`the profile ${own}/patient is not on Annotation`);
  });

  test.each([
    ['a base that is not known', `${own}/nobody`, `is based on ${own}/nobody, which is not known`],
    ['itself as its base', `${own}/plan`, 'is based on itself'],
    ['a base of another type', `${core}/CareTeam`, 'which is not known'],
  ])('%s', (_what, base, why) => {
    expect(() => profilesOf([profileOn('CarePlan', 'plan', [], base)]).compile()).toThrow(why);
  });
});

test.each([
  ['no differential', { differential: undefined }],
  ['another derivation', { derivation: 'specialization' }],
  ['no url', { url: undefined }],
])('a definition with %s is not taken', (_what, change) => {
  expect(() => profilesOf([{ ...profileOn('CarePlan', 'plan', []), ...change }])).toThrow('rofile');
});
