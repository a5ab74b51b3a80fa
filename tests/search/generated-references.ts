import fc from 'fast-check';
import { systems } from './generated-tokens.ts';
import { condition, type Generated, maybe, missing, oneOf, some } from './generator.ts';

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
/** Those that a parameter may have as a value; what it may not refer to is refused. */
const within = (...allowed: string[]) =>
  fc.oneof(
    literal.filter((text) => !/(^|\/)[A-Z]/.test(text) || allowed.some((type) => text.includes(`${type}/`))),
    oneOf(...ids),
  );
const PNR = 'http://electronichealth.se/identifier/personnummer';
const identifier = fc.oneof(
  fc.record({ system: maybe(oneOf(...systems)), value: oneOf('a', 'b', 'c|d') }),
  fc.record({
    system: oneOf(PNR, '1.2.752.129.2.1.3.1'),
    value: oneOf('194103149805', '19410314-9805', '410314-9805'),
  }),
);
const identifierValue = oneOf(
  'a',
  'B',
  '|a',
  'c\\|d',
  `${systems[0]}|a`,
  `${systems[0]}|`,
  `${systems[2]}|B`,
  '410314-9805',
  '194103149805',
  `${PNR}|19410314-9805`,
  'urn:oid:1.2.752.129.2.1.3.1|',
);
const reference = fc.record({
  reference: maybe(literal),
  type: maybe(oneOf(...types)),
  identifier: maybe(identifier),
  display: maybe(oneOf('Någon')),
});

export const referenced: Generated = {
  type: 'Encounter',
  resource: fc.record({
    status: fc.constant('finished'),
    subject: maybe(reference),
    participant: some(fc.record({ individual: maybe(reference) })),
  }),
  condition: fc.oneof(
    condition(['subject'], within('Patient', 'Group')),
    condition(['participant'], within('Practitioner', 'PractitionerRole')),
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
    condition(
      ['subject:identifier', 'patient:identifier', 'participant:identifier', 'practitioner:identifier'],
      identifierValue,
    ),
    missing('subject', 'patient', 'participant', 'practitioner'),
  ),
  sorts: ['subject', 'patient', 'participant', 'practitioner'],
};
