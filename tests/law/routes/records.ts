import fc from 'fast-check';
import { mostly } from '../decisions/generated.ts';
import { type Hand, unitHands, wholeHands } from './cast.ts';
import type { Doc, Label, Version } from './told.ts';

/** What is written of a person in the care, before it is known what it refers to. */
export interface Record {
  readonly kind: keyof typeof kinds;
  readonly by: Hand;
  readonly labels: readonly Label[];
  /** Of the second version, where there is one. */
  readonly later: readonly Label[] | 'deleted' | null;
  readonly time: string | null;
  readonly code: 'a' | 'b';
  readonly open: boolean;
  readonly words: boolean;
  /** Picks what it refers to; null refers to nothing. */
  readonly to: number | null;
  readonly also: number | null;
}

const marks = 'https://naravard.se/fhir/CodeSystem/access';
const labels: fc.Arbitrary<Label[]> = mostly<Label[]>(
  [],
  [`${marks}|internal-note`],
  [`${marks}|available-by-2-6`],
  [`${marks}|outside-svod`],
  ['http://terminology.hl7.org/CodeSystem/v3-ActCode|NOPAT'],
  ['urn:inera|NOPATIENT'],
  ['http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R'],
);

export const record: fc.Arbitrary<Record> = fc.record({
  kind: fc.constantFrom(
    'CarePlan' as const,
    'CarePlan' as const,
    'Encounter' as const,
    'Encounter' as const,
    'Observation' as const,
    'MedicationRequest' as const,
    'Flag' as const,
    'DocumentReference' as const,
    'List' as const,
    'Task' as const,
  ),
  by: mostly<Hand>(unitHands[0] as Hand, ...wholeHands).chain((odd) =>
    odd.unit === null ? fc.constant(odd) : fc.constantFrom(...unitHands),
  ),
  labels,
  later: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 3, arbitrary: labels },
    { weight: 1, arbitrary: fc.constant('deleted' as const) },
  ),
  time: fc.constantFrom(
    '2026-10-01T08:00:00.000Z',
    '2026-11-05T11:59:59.999Z',
    '2026-11-05T12:00:00.000Z',
    null,
  ),
  code: fc.constantFrom('a', 'b'),
  open: fc.boolean(),
  words: fc.boolean(),
  to: fc.option(fc.nat(20), { freq: 4 }),
  also: fc.option(fc.nat(20), { freq: 4 }),
});

/** References of one record, as `Type/id`; undefined where there is nothing of the type. */
export interface Links {
  encounter: string | undefined;
  plan: string | undefined;
  episode: string | undefined;
  team: string | undefined;
  /** Of anybody. */
  any: string | undefined;
}

type Make = (record: Record, patient: string, links: Links) => object;

const reference = (to: string | undefined) => to !== undefined && { reference: to };
const period = ({ time }: Record) => time !== null && { period: { start: time } };

/** The resource of each kind, without id and labels. */
export const kinds = {
  CarePlan: (record, patient, { encounter, plan, team }) => ({
    status: record.open ? 'active' : 'completed',
    intent: 'plan',
    category: [{ coding: [{ system: 'urn:lead', code: record.code }] }],
    subject: { reference: patient },
    ...period(record),
    ...(encounter && { encounter: reference(encounter) }),
    ...(plan && { partOf: [reference(plan)] }),
    ...(team && { careTeam: [reference(team)] }),
    ...(record.words && { description: 'Plockar lingon' }),
  }),
  Encounter: (record, patient, { encounter, episode }) => ({
    status: record.open ? 'in-progress' : 'finished',
    class: {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: record.code === 'a' ? 'HH' : 'AMB',
    },
    subject: { reference: patient },
    ...period(record),
    ...(encounter && { partOf: reference(encounter) }),
    ...(episode && { episodeOfCare: [reference(episode)] }),
  }),
  Observation: (record, patient, { encounter, any }) => ({
    status: record.open ? 'preliminary' : 'final',
    code: { coding: [{ system: 'urn:lead', code: record.code }] },
    subject: { reference: patient },
    ...(record.time !== null && { effectiveDateTime: record.time }),
    ...(encounter && { encounter: reference(encounter) }),
    ...(any && { focus: [reference(any)] }),
    valueString: record.words ? 'lingon i skogen' : 'tranor',
  }),
  MedicationRequest: (record, patient, { encounter }) => ({
    status: record.open ? 'active' : 'stopped',
    intent: 'order',
    medicationCodeableConcept: { coding: [{ system: 'urn:lead', code: record.code }] },
    subject: { reference: patient },
    ...(encounter && { encounter: reference(encounter) }),
  }),
  Flag: (record, patient, { encounter }) => ({
    status: record.open ? 'active' : 'inactive',
    code: { coding: [{ system: 'urn:lead', code: record.code }] },
    subject: { reference: patient },
    ...period(record),
    ...(encounter && { encounter: reference(encounter) }),
  }),
  DocumentReference: (record, patient, { any }) => ({
    status: record.open ? 'current' : 'superseded',
    subject: { reference: patient },
    ...(record.time !== null && { date: record.time }),
    description: record.words ? 'Lingon och blad' : 'Tranor',
    content: [{ attachment: { contentType: 'text/plain' } }],
    ...(any && { context: { related: [reference(any)] } }),
  }),
  List: (record, patient, { plan, encounter }) => ({
    status: record.open ? 'current' : 'retired',
    mode: 'working',
    title: record.words ? 'Lingon' : 'Tranor',
    subject: { reference: patient },
    ...(record.time !== null && { date: record.time }),
    ...((plan || encounter) && {
      entry: [plan, encounter].flatMap((to) => (to ? [{ item: { reference: to } }] : [])),
    }),
  }),
  Task: (record, patient, { plan, any }) => ({
    status: record.open ? 'requested' : 'completed',
    intent: 'order',
    for: { reference: patient },
    ...(any && { focus: reference(any) }),
    ...(plan && { basedOn: [reference(plan)] }),
  }),
} as const satisfies { readonly [kind: string]: Make };

const timed = new Set(['CarePlan', 'Encounter', 'Observation', 'Flag', 'DocumentReference', 'List']);

/** A record with its versions. */
export function docOfRecord(record: Record, id: string, patient: string, links: Links): Doc {
  const { kind, by, time, later } = record;
  const make: Make = kinds[kind];
  const version = (labels: readonly Label[], at: number): Version => ({
    labels,
    resource: {
      resourceType: kind,
      id,
      ...(labels.length && { meta: { security: labels.map(codingOf) } }),
      ...(record.words && {
        text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Blåbär</div>' },
      }),
      // One identifier for two of a patient's records, so that a condition may find none, one or several.
      identifier: [{ system: 'urn:lead', value: `${patient}-${record.code}-${at}` }],
      ...make(record, `Patient/${patient}`, links),
    },
  });
  const versions: [Version, ...Version[]] =
    later === null
      ? [version(record.labels, 1)]
      : later === 'deleted'
        ? [version(record.labels, 1), { resource: null, labels: record.labels }]
        : [version(record.labels, 1), version(later, 2)];
  return { type: kind, id, by, patient, time: timed.has(kind) ? time : null, versions };
}

function codingOf(label: Label): object {
  const at = label.lastIndexOf('|');
  return { system: label.slice(0, at), code: label.slice(at + 1) };
}
