import fc from 'fast-check';

/** A parameter of a search, or of an operation with `use` 'in', as the service tells of it. */
export interface Told {
  name: string;
  type: string;
}

/** By type of parameter, first of searches and then of operations; values that find something, mostly. */
const sane: Readonly<Record<string, readonly string[]>> = {
  token: ['active', 'urn:test|a', 'true', 'finished', 'fuzz-1', 'HH', 'urn:test|', 'male,female'],
  reference: [
    'Patient/fuzz-1',
    'fuzz-1',
    'Organization/fuzz-1',
    'CareTeam/fuzz-1',
    'http://elsewhere.test/Patient/1',
  ],
  date: ['2026', 'ge2026-11-23', 'lt2027-01-01T00:00:00Z', '2026-11-23T10:00:00+01:00', 'ap2026-11'],
  string: ['Test', 'Astrid', 'hemgång', 'Test,Plan'],
  number: ['1', 'ge0', '1.50', '1e2'],
  quantity: ['1.5||h', 'ge1', '1.5|http://unitsofmeasure.org|h'],
  uri: ['urn:test:codes', 'http://hl7.org/fhir/ValueSet/administrative-gender'],
  composite: ['a$b', 'urn:test|a$ge1'],
  special: ['a', '57.7|12|10|km'],
  boolean: ['true', 'false'],
  integer: ['0', '2', '1000'],
  code: ['male', 'update', 'delete', 'a', 'CareTeam', 'active'],
  canonical: ['http://hl7.org/fhir/ValueSet/administrative-gender', 'urn:test:profile'],
  dateTime: ['2026-11-23', '2026-11-23T10:00:00+01:00'],
  instant: ['2026-11-23T10:00:00Z'],
};

const results: readonly string[] = `
  _count=2 _count=0 _sort=-_lastUpdated _sort=date,_id _total=accurate _summary=count _summary=true
  _elements=id,name _format=json _format=xml _pretty=true _since=2026-01-01 _type=Patient,CareTeam
  _include=* _include=CareTeam:subject _include:iterate=CarePlan:care-team
  _revinclude=CareTeam:subject _revinclude:iterate=Encounter:patient _contained=true _explain=true
  _has:CareTeam:subject:status=active subject:Patient.name=Test patient.identifier=urn:test|a
  _filter=status%20eq%20active _text=hemgång _content=Astrid _at=2026-11-23 _outputFormat=ndjson
  _typeFilter=CareTeam%3Fstatus%3Dactive _list=x mode=full count=2 offset=1 filter=ma`
  .trim()
  .split(/\s+/);

const oddNames: readonly string[] = [
  'x',
  '_page',
  '_method',
  '_id:missing',
  '__proto__',
  '19410314-9805',
  '',
];
const oddModifiers: readonly string[] = [
  ':exact',
  ':missing',
  ':Patient',
  ':',
  ':not',
  ':in',
  ':below',
  ':identifier',
];
const oddValues: readonly string[] = [
  '|',
  '\\',
  '\\|',
  ',',
  ',,',
  '$',
  'ge',
  'eq2026-02-30',
  "'; drop table resource; --",
  '%_',
  '1e400',
  '-',

  '-1',
  '99999999999999999999',
  '*',
  '(((',
  '194103149805',
  '0001-01-01',
  '9999-12-31',
  '',
  '|||',
  'a:b:c',
];

const pairOf = (told: readonly Told[]): fc.Arbitrary<string> =>
  fc
    .constantFrom(...told)
    .chain(({ name, type }) =>
      fc
        .tuple(
          fc.oneof(
            { weight: 6, arbitrary: fc.constant('') },
            { weight: 1, arbitrary: fc.constantFrom(...oddModifiers) },
          ),
          fc.oneof(
            { weight: 8, arbitrary: fc.constantFrom(...(sane[type] ?? sane.string ?? [])) },
            { weight: 2, arbitrary: fc.constantFrom(...oddValues) },
            { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
          ),
        )
        .map(([modifier, value]) => `${name}${modifier}=${encodeURIComponent(value.toWellFormed())}`),
    );

const odd = fc.oneof(
  fc.constantFrom('%', '%FF=%00', '=', '&&', '?', 'a=%ED%A0%80'),
  fc
    .tuple(fc.constantFrom(...oddNames), fc.constantFrom(...oddValues))
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
);

/** A query string without its question mark, of which most parts are as they should be. */
export const queryOf = (told: readonly Told[], ofOperation: boolean): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        ...(told.length ? [{ weight: 12, arbitrary: pairOf(told) }] : []),
        { weight: ofOperation ? 1 : 6, arbitrary: fc.constantFrom(...results) },
        { weight: 1, arbitrary: odd },
      ),
      { maxLength: 3 },
    )
    .map((parts) => parts.join('&'));

/** By type of an operation's parameter: values as JSON. Whatever is missing here is a resource. */
const values: Readonly<Record<string, readonly unknown[]>> = {
  boolean: [true, false],
  integer: [0, 2, 1000],
  string: ['ma', 'Omar slutar', '1'],
  code: ['male', 'update', 'delete', 'create', 'a'],
  uri: ['http://hl7.org/fhir/administrative-gender', 'urn:test:codes'],
  url: ['http://hl7.org/fhir/administrative-gender'],
  canonical: ['http://hl7.org/fhir/ValueSet/administrative-gender', 'urn:test:profile'],
  id: ['fuzz-1', '1'],
  date: ['2026-06-01', '2026'],
  dateTime: ['2026-11-23T10:00:00+01:00'],
  instant: ['2026-11-23T10:00:00Z'],
  Reference: [{ reference: 'Patient/fuzz-1' }, { reference: 'CareTeam/fuzz-1' }],
  Coding: [{ system: 'http://hl7.org/fhir/administrative-gender', code: 'male' }],
  CodeableConcept: [{ coding: [{ system: 'urn:test', code: 'a' }], text: 'a' }],
  Identifier: [{ system: 'urn:test', value: 'a' }],
  Meta: [{ tag: [{ system: 'urn:test', code: 'a' }] }],
  Period: [{ start: '2026-11-01', end: '2026-11-30' }],
};

/** Parameters as an operation asks for them, before anything is changed. */
export const parametersOf = (told: readonly Told[], resources: readonly object[]): fc.Arbitrary<object> =>
  fc
    .tuple(
      ...told.map(({ name, type }) => {
        const key = values[type] ? `value${type.charAt(0).toUpperCase()}${type.slice(1)}` : 'resource';
        const value = fc.constantFrom<unknown>(...(values[type] ?? resources));
        return fc.option(
          value.map((each) => ({ name, [key]: each })),
          { freq: 4, nil: undefined },
        );
      }),
    )
    .map((members) => ({
      resourceType: 'Parameters',
      parameter: members.filter((each) => each !== undefined),
    }));
