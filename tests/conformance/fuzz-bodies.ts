import fc from 'fast-check';
import { bundle, careTeam, encounter, patient, post } from './resources.ts';

/** Something that is not what stands there. */
export const junk = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' ',
    0,
    -1,
    1e300,
    true,
    [],
    {},
    [null],
    '\u0000',
    '\ud800',
    '#',
    'Patient?x',
    'urn:uuid:x',
    '$&',
  ),
  fc.constantFrom(
    'Patient?identifier=a|b',
    'Patient/1/_history/1',
    '2026-02-30',
    '9999-12-31T23:59:60Z',
    '../..',
    '__proto__',
    '194103149805',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A copy with one node replaced, removed or moved under another name. */
export const mutated = (seeds: readonly object[]) => mutatedOf(fc.constantFrom(...seeds));

const mutatedOf = (seed: fc.Arbitrary<object>) =>
  fc
    .tuple(seed, fc.nat(), junk, fc.constantFrom('replace', 'remove', 'rename'), fc.nat())
    .map(([seed, at, value, how, name]) => {
      const copy = structuredClone(seed) as Record<string, unknown>;
      const places = placesOf(copy);
      const [holder, key] = (places[at % places.length] ?? [copy, 'id']) as [Record<string, unknown>, string];
      if (how === 'replace') holder[key] = value;
      else if (how === 'rename')
        holder[['id', 'extension', 'contained', 'resource', `_${key}`][name % 5] ?? key] = holder[key];
      else delete holder[key];
      return copy;
    });

function placesOf(value: unknown): [object, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [value, key] as [object, string],
    ...placesOf(inner),
  ]);
}

const urn = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';

export const resources = [
  careTeam('Patient/1', {
    participant: [{ member: { reference: 'Practitioner/1' }, period: { start: '2026-01' } }],
  }),
  encounter('Patient/1', '2026-11-23T10:00:00+01:00', { length: { value: 1.5, unit: 'h' } }),
  patient({ identifier: [{ system: 'urn:test', value: 'a' }], telecom: [{ system: 'phone', value: '1' }] }),
];

const entries = [
  post(patient({ identifier: [{ system: 'urn:test', value: 'f' }] }), urn, {
    ifNoneExist: 'identifier=urn:test|f',
  }),
  post(careTeam(urn)),
  post(careTeam('Patient?identifier=urn:test|f')),
  { resource: patient({ id: 'fuzz' }), request: { method: 'PUT', url: 'Patient/fuzz', ifMatch: 'W/"1"' } },
  { request: { method: 'DELETE', url: 'CareTeam?status=inactive&patient=none' } },
  { request: { method: 'GET', url: 'CareTeam?status=active&_count=2' } },
];

export const bundles = (['batch', 'transaction'] as const).map((type) => bundle(type, entries));

/** Small ones of what operations take and of what the service itself goes by. */
const furtherResources = [
  {
    resourceType: 'CarePlan',
    status: 'active',
    intent: 'plan',
    subject: { reference: 'Patient/fuzz-1' },
    careTeam: [{ reference: 'CareTeam/fuzz-1' }],
    activity: [{ detail: { status: 'scheduled', description: 'Besök' } }],
  },
  {
    resourceType: 'CodeSystem',
    url: 'urn:test:codes',
    status: 'draft',
    content: 'complete',
    concept: [{ code: 'a', concept: [{ code: 'b' }] }],
  },
  {
    resourceType: 'ValueSet',
    url: 'urn:test:set',
    status: 'draft',
    compose: { include: [{ system: 'urn:test:codes', filter: [{ property: 'a', op: '=', value: 'b' }] }] },
  },
  {
    resourceType: 'ConceptMap',
    url: 'urn:test:map',
    status: 'draft',
    group: [
      {
        source: 'urn:a',
        target: 'urn:b',
        element: [{ code: 'a', target: [{ code: 'b', equivalence: 'equal' }] }],
      },
    ],
  },
  {
    resourceType: 'StructureDefinition',
    url: 'urn:test:profile',
    name: 'P',
    status: 'draft',
    kind: 'resource',
    abstract: false,
    type: 'Patient',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    derivation: 'constraint',
    differential: { element: [{ id: 'Patient.name', path: 'Patient.name', min: 1 }] },
  },
  {
    resourceType: 'SearchParameter',
    url: 'urn:test:parameter',
    name: 'p',
    status: 'draft',
    description: 'p',
    code: 'p',
    base: ['Patient'],
    type: 'token',
    expression: 'Patient.active',
  },
  {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ code: 'patient-privacy' }] },
    category: [{ coding: [{ code: 'INFA' }] }],
    patient: { reference: 'Patient/fuzz-1' },
  },
];

const fhirPathPatch = {
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'operation',
      part: [
        { name: 'type', valueCode: 'replace' },
        { name: 'path', valueString: 'CareTeam.name' },
        { name: 'value', valueString: 'x' },
      ],
    },
  ],
};

const patches = [
  [{ op: 'replace', path: '/name', value: 'x' }],
  [
    { op: 'test', path: '/status', value: 'active' },
    { op: 'add', path: '/note', value: [{ text: 'x' }] },
  ],
  [{ op: 'move', from: '/name', path: '/participant/0' }],
];

const xml = [
  '<Patient xmlns="http://hl7.org/fhir"><active value="true"/><name><family value="Testberg"/></name></Patient>',
  '<CareTeam xmlns="http://hl7.org/fhir"><text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><p>a &amp; b</p></div></text><status value="active"/><subject><reference value="Patient/fuzz-1"/></subject></CareTeam>',
  '<Bundle xmlns="http://hl7.org/fhir"><type value="batch"/><entry><request><method value="GET"/><url value="Patient/fuzz-1"/></request></entry></Bundle>',
];

/** A text with one piece taken out, doubled or put in. */
const garbled = (texts: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.nat({ max: 20 }),
      fc.constantFrom('', '', '<', '>', '"', '&x;', '\u0000', 'å', '<!DOCTYPE a>', '{', ']', '%', '=', '&'),
    )
    .map(([text, at, length, piece]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + piece + text.slice(start + (piece ? 0 : length));
    });

export const seeds: readonly { resourceType: string }[] = [...resources, ...furtherResources];

/** Text of a body, and the type that it is sent as. */
export type Sent = readonly [text: string, type: string];

const asJson = (resource: fc.Arbitrary<object>, type = 'application/fhir+json'): fc.Arbitrary<Sent> =>
  fc
    .oneof(
      { weight: 3, arbitrary: resource },
      { weight: 2, arbitrary: mutatedOf(resource) },
      { weight: 1, arbitrary: mutatedOf(mutatedOf(resource)) },
    )
    .map((each) => [JSON.stringify(each), type]);

const form: fc.Arbitrary<Sent> = fc.tuple(
  garbled(['name=Testberg&_count=2', 'identifier=urn:test|a&_include=CareTeam:subject']),
  fc.constant('application/x-www-form-urlencoded'),
);

/** What is no body of anything. */
const odd: fc.Arbitrary<Sent> = fc.tuple(
  garbled(seeds.map((seed) => JSON.stringify(seed))),
  fc.constantFrom(
    'application/fhir+json',
    'application/fhir+ndjson',
    'text/plain',
    'application/fhir+json; charset=latin1',
    'multipart/form-data',
    'x',
  ),
);

/** A body of one of the kinds that an interaction takes, mostly; `resource` is what it is about. */
export function bodyOf(taken: readonly string[], resource: fc.Arbitrary<object>): fc.Arbitrary<Sent> {
  const kinds: { weight: number; arbitrary: fc.Arbitrary<Sent> }[] = [{ weight: 1, arbitrary: odd }];
  const add = (weight: number, arbitrary: fc.Arbitrary<Sent>) => kinds.push({ weight, arbitrary });
  if (taken.includes('fhir')) {
    add(16, asJson(resource));
    add(2, fc.tuple(garbled(xml), fc.constant('application/fhir+xml')));
  }
  if (taken.includes('form')) add(10, form);
  if (taken.some((each) => each.includes('patch'))) {
    add(10, asJson(fc.constantFrom(...patches), 'application/json-patch+json'));
    add(6, asJson(resource, 'application/merge-patch+json'));
    add(6, asJson(fc.constant(fhirPathPatch)));
  }
  return fc.oneof(...kinds);
}
