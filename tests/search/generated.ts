import fc from 'fast-check';
import { referenced } from './generated-references.ts';
import { filtered, fullText } from './generated-text.ts';
import { concept, token, tokenValue } from './generated-tokens.ts';
import { composite, condition, escaped, type Generated, maybe, missing, oneOf, some } from './generator.ts';

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
  condition: fc.oneof(
    { weight: 3, arbitrary: condition(['date', 'location-period', '_lastUpdated'], dateValue, 2) },
    { weight: 1, arbitrary: missing('date', 'location-period', '_lastUpdated') },
  ),
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
  'Zäta',
  'Ämne',
  'Wik',
  'Vik',
  '50%_\\',
  'von Åsa-Berg',
  "O'Wik. Vik",
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
  condition: fc.oneof(
    condition(
      ['name', 'family', 'given', 'address', 'address-city', 'address-postalcode'],
      fc
        .oneof(
          word,
          oneOf('a', 'te', 'test', '3', '311', 'v', 'asab', 'asa b', 'a'.repeat(499), 'a'.repeat(501)),
        )
        .map(escaped),
    ),
    condition(['name:exact', 'family:exact', 'address:exact'], word.map(escaped)),
    condition(
      ['name:contains', 'given:contains', 'address:contains', 'address-postalcode:contains'],
      fc
        .oneof(word, oneOf('sa', 'LENA', 'berg', ' von', 'n%', 'a_', '1\\3', '1 3', 'a'.repeat(501)))
        .map(escaped),
    ),
    missing('name', 'family', 'address', 'address-city', 'phonetic'),
  ),
  sorts: ['family', 'given', 'address-city', 'name'],
};

// URIs

const uris = [
  'https://a.se/x',
  'https://a.se/x/',
  'https://A.se/x',
  'https://a.se',
  'https://a.se/x/y',
  'https://a.se/xy',
  'https://a.se/x/y/z#frag',
  'urn:oid:1.2.3',
  `https://a.se/${'y'.repeat(400)}`,
];
const uri = oneOf(...uris);
const versioned = fc.tuple(uri, oneOf('', '|1', '|1.0', '|10', '|2')).map((parts) => parts.join(''));
const address: Generated = {
  type: 'CarePlan',
  resource: fc.record({
    instantiatesUri: some(uri),
    instantiatesCanonical: some(versioned),
    meta: maybe(fc.record({ source: maybe(uri), profile: some(versioned) })),
  }),
  condition: fc.oneof(
    condition(['instantiates-uri', 'instantiates-canonical', '_source', '_profile'], versioned),
    condition(
      ['instantiates-uri:above', 'instantiates-uri:below', '_source:above', '_profile:below'],
      versioned.filter((text) => !text.startsWith('urn:')),
    ),
    condition(
      ['instantiates-canonical:below'],
      fc.tuple(uri, oneOf('', '|1', '|1.0')).map((parts) => parts.join('')),
    ),
    missing('instantiates-uri', 'instantiates-canonical', '_source', '_profile'),
  ),
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
  condition: fc.oneof(
    { weight: 4, arbitrary: condition(['probability'], searched) },
    { weight: 1, arbitrary: missing('probability') },
  ),
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
const measuredValue = fc
  .tuple(searched, oneOf('', `|${UCUM}|mg`, `|${UCUM}|`, '||mg', '||milligram', '|http://a.se|kg'))
  .map((parts) => parts.join(''));
const measured: Generated = {
  type: 'Observation',
  resource: fc.record({
    valueQuantity: maybe(quantity),
    component: some(fc.record({ valueQuantity: maybe(quantity) })),
  }),
  condition: condition(['value-quantity', 'component-value-quantity', 'combo-value-quantity'], measuredValue),
  sorts: ['value-quantity', 'combo-value-quantity'],
};

// Composites: small codes and values, so that both hit one element, or each another one

const measurement = fc.record({
  code: maybe(
    fc.record({
      coding: some(fc.record({ system: maybe(oneOf('http://a.se')), code: maybe(oneOf('a', 'b', 'e|f')) })),
    }),
  ),
  valueQuantity: maybe(quantity),
});
const observed: Generated = {
  type: 'Observation',
  resource: fc
    .tuple(
      measurement,
      fc.oneof(
        fc.record({ valueString: word }),
        fc.record({ valueDateTime: date }),
        fc.record({ valuePeriod: period }),
        fc.record({ valueCodeableConcept: concept }),
        fc.constant({}),
      ),
      some(measurement),
    )
    .map(([own, value, component]) => ({
      ...own,
      ...(own.valueQuantity ? {} : value),
      component,
    })),
  condition: fc.oneof(
    composite(
      ['code-value-quantity', 'component-code-value-quantity', 'combo-code-value-quantity'],
      measuredValue,
    ),
    composite(['code-value-string'], word.map(escaped)),
    composite(['code-value-date'], dateValue),
    composite(['code-value-concept', 'combo-code-value-concept'], tokenValue),
    condition(
      ['code-value-quantity:missing', 'component-code-value-quantity:missing'],
      oneOf('true', 'false'),
      1,
    ),
  ),
  sorts: ['code'],
};

const sequenced: Generated = {
  type: 'MolecularSequence',
  resource: fc.record({
    referenceSeq: maybe(
      fc.record({ referenceSeqId: maybe(concept), windowStart: oneOf(1, 2, 3), windowEnd: oneOf(2, 3, 4) }),
    ),
    variant: some(fc.record({ start: maybe(oneOf(1, 2, 3)), end: maybe(oneOf(2, 3, 4)) })),
  }),
  condition: condition(
    ['referenceseqid-variant-coordinate', 'referenceseqid-window-coordinate'],
    fc
      .tuple(
        tokenValue,
        oneOf('', 'gt', 'le'),
        oneOf('1', '2', '3'),
        oneOf('', 'lt', 'ge'),
        oneOf('2', '3', '4'),
      )
      .map(([code, from, start, to, end]) => `${code}$${from}${start}$${to}${end}`),
  ),
  sorts: ['_lastUpdated'],
};

export const generated: Readonly<Record<string, Generated>> = {
  token,
  reference: referenced,
  date: dated,
  string: text,
  uri: address,
  number: numeric,
  quantity: measured,
  composite: observed,
  'three-part composite': sequenced,
  'full text': fullText,
  filter: filtered,
};
