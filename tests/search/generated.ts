import fc from 'fast-check';

/**
 * Small resources and queries per parameter type. The values come from short lists, so that queries hit, and those are
 * full of edges: open periods, equal bounds, escapes, accents, code points beyond U+FFFF, prefixes of each other.
 */
export interface Generated {
  readonly type: string;
  readonly resource: fc.Arbitrary<object>;
  /** Name and value of one condition. */
  readonly condition: fc.Arbitrary<readonly [string, string]>;
  readonly sorts: readonly string[];
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const some = <T>(value: fc.Arbitrary<T>) => maybe(fc.array(value, { minLength: 1, maxLength: 3 }));
const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);

/** Names with values: `a|b` of codes and one of their values. */
const condition = (names: readonly string[], values: fc.Arbitrary<string>, alternatives = 3) =>
  fc.tuple(
    fc.constantFrom(...names),
    fc.array(values, { minLength: 1, maxLength: alternatives }).map((list) => list.join(',')),
  );

const escaped = (text: string) => text.replace(/[\\,|$]/g, '\\$&');

// Tokens

const systems = ['http://a.se', 'http://b.se', 'urn:oid:1.2.752.29.4.19', 'urn:oid:1.2.752.129.2.1.4.1'];
const codes = [
  'a',
  'b',
  'ab',
  'A',
  'å',
  'c,d',
  'e|f',
  'g\\h',
  'se-1',
  'SE-1',
  '\u{1F3E5}',
  '\uFFEE',
  'x'.repeat(300),
];
const coding = fc.record({ system: maybe(oneOf(...systems)), code: maybe(oneOf(...codes)) });
const concept = fc.record({ coding: some(coding), text: maybe(oneOf('t')) });
const tokenValue = fc
  .tuple(oneOf(...codes).map(escaped), oneOf(...systems), oneOf('code', 'both', 'none', 'system'))
  .map(([code, system, form]) =>
    form === 'code'
      ? code
      : form === 'both'
        ? `${system}|${code}`
        : form === 'none'
          ? `|${code}`
          : `${system}|`,
  );

const token: Generated = {
  type: 'Encounter',
  resource: fc.record({
    identifier: some(fc.record({ system: maybe(oneOf(...systems)), value: maybe(oneOf(...codes)) })),
    status: oneOf('planned', 'finished'),
    class: coding,
    type: some(concept),
    reasonCode: some(concept),
    meta: maybe(fc.record({ security: some(coding), tag: some(coding) })),
  }),
  condition: fc.oneof(
    condition(['type', 'reason-code', 'class', 'identifier', '_tag', '_security'], tokenValue),
    condition(
      ['status'],
      oneOf('planned', 'finished', 'http://hl7.org/fhir/encounter-status|', '|planned', 'x|planned'),
    ),
    condition(['_id'], oneOf('id-1', 'id-2', 'id-3')),
  ),
  sorts: ['type', 'class', 'status', 'identifier', '_id', '_tag'],
};

// References

const ids = ['1', '2', '3'];
const types = ['Patient', 'Group', 'Practitioner', 'PractitionerRole'];
const urls = [
  'https://other.se/fhir/Patient/1',
  'https://other.se/fhir/Practitioner/2',
  'urn:oid:1.2.3',
  'https://other.se/x',
];
const literal = fc.oneof(
  fc.tuple(oneOf(...types), oneOf(...ids)).map(([type, id]) => `${type}/${id}`),
  fc
    .tuple(oneOf(...types), oneOf(...ids))
    .map(([type, id]) => `https://fhir.example.se/fhir/${type}/${id}/_history/2`),
  oneOf(...urls),
);
const reference = fc.record({
  reference: maybe(literal),
  type: maybe(oneOf(...types)),
  identifier: maybe(fc.record({ system: maybe(oneOf(...systems)), value: oneOf('a', 'b') })),
});

const referenced: Generated = {
  type: 'Encounter',
  resource: fc.record({
    status: fc.constant('finished'),
    subject: maybe(reference),
    participant: some(fc.record({ individual: maybe(reference) })),
  }),
  condition: fc.oneof(
    condition(['subject', 'participant'], fc.oneof(literal, oneOf(...ids))),
    condition(
      ['patient', 'subject:Patient'],
      fc.oneof(
        oneOf(...ids),
        oneOf(...ids).map((id) => `Patient/${id}`),
        oneOf('https://other.se/fhir/Patient/1', 'urn:oid:1.2.3'),
      ),
    ),
    condition(
      ['practitioner', 'participant:Practitioner'],
      fc.oneof(oneOf(...ids), fc.constant('Practitioner/2')),
    ),
  ),
  sorts: ['subject', 'patient', 'participant', 'practitioner'],
};

// Dates

const days = ['2026-11-22', '2026-11-23', '2026-11-24'];
const dates = ['2025', '2026', '2026-10', '2026-11', ...days];
const instants = [
  '2026-11-23T10:00:00Z',
  '2026-11-23T10:00:00.500+01:00',
  '2026-11-23T23:30:00+01:00',
  '2026-10-25T02:30:00',
];
const date = oneOf(...dates, ...instants);
const prefix = oneOf('', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap');
const period = fc.record({ start: maybe(date), end: maybe(date) });
const dateValue = fc.tuple(prefix, date).map(([sign, text]) => sign + text);

const dated: Generated = {
  type: 'Encounter',
  resource: fc.record({
    status: fc.constant('finished'),
    period: maybe(period),
    location: some(fc.record({ period: maybe(period) })),
  }),
  condition: condition(['date', 'location-period', '_lastUpdated'], dateValue, 2),
  sorts: ['date', 'location-period', '_lastUpdated'],
};

// Strings

const words = [
  'Åsa',
  'asa',
  'ÅSA-Lena',
  'As',
  'Testberg',
  'testberg  von X',
  'Ö',
  'o',
  'é',
  '\u{1F3E5}',
  '\uFFEEz',
  'zz',
  'a'.repeat(600),
];
const word = oneOf(...words);
const text: Generated = {
  type: 'Patient',
  resource: fc.record({
    name: some(fc.record({ family: maybe(word), given: some(word), text: maybe(word) })),
    address: some(
      fc.record({ city: maybe(word), line: some(word), postalCode: maybe(oneOf('311 31', '30118')) }),
    ),
  }),
  condition: condition(
    ['name', 'family', 'given', 'address', 'address-city', 'address-postalcode'],
    fc.oneof(word, oneOf('a', 'te', 'test', '3', '311', 'v', 'a'.repeat(499), 'a'.repeat(501))).map(escaped),
  ),
  sorts: ['family', 'given', 'address-city', 'name'],
};

// URIs

const uris = [
  'https://a.se/x',
  'https://a.se/x/',
  'https://A.se/x',
  'urn:oid:1.2.3',
  `https://a.se/${'y'.repeat(400)}`,
];
const uri = oneOf(...uris);
const versioned = fc.tuple(uri, oneOf('', '|1', '|2')).map((parts) => parts.join(''));
const address: Generated = {
  type: 'CarePlan',
  resource: fc.record({
    instantiatesUri: some(uri),
    instantiatesCanonical: some(versioned),
    meta: maybe(fc.record({ source: maybe(uri), profile: some(versioned) })),
  }),
  condition: condition(['instantiates-uri', 'instantiates-canonical', '_source', '_profile'], versioned),
  sorts: ['instantiates-uri', 'instantiates-canonical', '_source', '_profile'],
};

// Numbers and quantities

const numbers = [
  0, 1, 1.5, 1.05, 0.95, 0.949, 2, 99.5, 99.499, 100, 100.4, 100.5, -1, -1.5, 1e-7, 1e21, 110, 90,
];
const number = oneOf(...numbers);
const searched = fc
  .tuple(
    prefix,
    oneOf(
      '0',
      '1',
      '1.0',
      '1.00',
      '1.5',
      '100',
      '1e2',
      '1.0e2',
      '99.5',
      '-1',
      '-1.50',
      '1e-7',
      '2e0',
      '0.95',
    ),
  )
  .map(([sign, text]) => sign + text);

const numeric: Generated = {
  type: 'RiskAssessment',
  resource: fc.record({
    prediction: some(
      fc.oneof(
        fc.record({ probabilityDecimal: number }),
        fc.record({
          probabilityRange: fc.record({
            low: maybe(fc.record({ value: number })),
            high: maybe(fc.record({ value: number })),
          }),
        }),
      ),
    ),
  }),
  condition: condition(['probability'], searched),
  sorts: ['probability'],
};

const UCUM = 'http://unitsofmeasure.org';
const quantity = fc.record({
  value: maybe(number),
  comparator: maybe(oneOf('<', '<=', '>', '>=')),
  system: maybe(oneOf(UCUM, 'http://a.se')),
  code: maybe(oneOf('mg', 'kg')),
  unit: maybe(oneOf('mg', 'milligram')),
});
const measured: Generated = {
  type: 'Observation',
  resource: fc.record({
    valueQuantity: maybe(quantity),
    component: some(fc.record({ valueQuantity: maybe(quantity) })),
  }),
  condition: condition(
    ['value-quantity', 'component-value-quantity', 'combo-value-quantity'],
    fc
      .tuple(searched, oneOf('', `|${UCUM}|mg`, `|${UCUM}|`, '||mg', '||milligram', '|http://a.se|kg'))
      .map((parts) => parts.join('')),
  ),
  sorts: ['value-quantity', 'combo-value-quantity'],
};

export const generated: Readonly<Record<string, Generated>> = {
  token,
  reference: referenced,
  date: dated,
  string: text,
  uri: address,
  number: numeric,
  quantity: measured,
};
