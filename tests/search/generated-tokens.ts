import fc from 'fast-check';
import { condition, escaped, type Generated, maybe, missing, oneOf, some } from './generator.ts';

export const systems = [
  'http://a.se',
  'http://b.se',
  'urn:oid:1.2.752.29.4.19',
  'urn:oid:1.2.752.129.2.1.4.1',
];
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
const displays = ['Hembesök', 'hembesok', 'Hem', 'å', '\u{1F3E5}'];
const display = maybe(oneOf(...displays));
const coding = fc.record({ system: maybe(oneOf(...systems)), code: maybe(oneOf(...codes)), display });
export const concept = fc.record({ coding: some(coding), text: maybe(oneOf('t', ...displays)) });
export const tokenValue = fc
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

// A hierarchy of two levels: IMP subsumes ACUTE and NONAC.
const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const acts = ['IMP', 'ACUTE', 'NONAC', 'AMB', 'DEMO', '_ActEncounterCode'];
const act = fc.record({ system: oneOf(ACT, ACT, undefined), code: oneOf(...acts), display });
const numberTypes = fc.record({
  coding: some(
    fc.record({ system: maybe(oneOf('http://t.se', 'http://u.se')), code: maybe(oneOf('NI', 'a b')) }),
  ),
  text: maybe(oneOf('t', ...displays)),
});
const ofType = fc
  .tuple(oneOf('http://t.se', 'http://u.se'), oneOf('NI', 'a b'), oneOf(...codes).map(escaped))
  .map((parts) => parts.join('|'));
const statusValues = oneOf(
  'planned',
  'finished',
  'http://hl7.org/fhir/encounter-status|',
  '|planned',
  'x|planned',
);
const sets = oneOf(
  'http://terminology.hl7.org/ValueSet/v3-ActEncounterCode',
  'http://hl7.org/fhir/ValueSet/encounter-status|4.0.1',
  'https://naravard.se/fhir/ValueSet/insats',
);

export const token: Generated = {
  type: 'Encounter',
  resource: fc.record({
    identifier: some(
      fc.record({
        system: maybe(oneOf(...systems)),
        value: maybe(oneOf(...codes)),
        type: maybe(numberTypes),
      }),
    ),
    status: maybe(oneOf('planned', 'finished')),
    class: fc.oneof(coding, act),
    type: some(concept),
    reasonCode: some(concept),
    meta: maybe(fc.record({ security: some(coding), tag: some(coding) })),
  }),
  condition: fc.oneof(
    condition(['type', 'reason-code', 'class', 'identifier', '_tag', '_security'], tokenValue),
    condition(['type:not', 'class:not', 'identifier:not', '_tag:not'], tokenValue),
    condition(['status', 'status:not'], statusValues),
    condition(['_id', '_id:not'], oneOf('id-1', 'id-2', 'id-3')),
    condition(
      ['type:text', 'class:text', 'identifier:text'],
      oneOf('hem', 'HEMBESOK', 'a', 'T', '\u{1F3E5}'),
    ),
    condition(['status:text'], oneOf('plan', 'fin', 'arrived')),
    condition(['class:in', 'class:not-in', 'status:in', 'status:not-in'], sets, 2),
    condition(['class:above', 'class:below'], oneOf(...acts.map((code) => `${ACT}|${code}`)), 2),
    condition(['status:above', 'status:below'], oneOf('planned', 'finished')),
    condition(['identifier:of-type'], ofType),
    missing('type', 'class', 'identifier', '_tag', 'reason-code'),
  ),
  sorts: ['type', 'class', 'status', 'identifier', '_id', '_tag'],
};
