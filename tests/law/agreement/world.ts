import {
  type Caller,
  type EndUser,
  type FactKind,
  type KeyRow,
  keyOfActor,
  type LegalActor,
  marks,
  type StatedFact,
  severalPatients,
} from '@naravard/access';
import fc from 'fast-check';
import {
  always,
  centre,
  endless,
  endsNow,
  homeNurse,
  kommun,
  kommunOmsorg,
  region,
  startsNow,
  thisWeek,
  ward,
  withCommission,
} from '../decisions/build.ts';
import { colleagues, facts, mostly, unitOrNull } from '../decisions/generated.ts';
import { blockedPatient, centreRow } from './blocked-patient.ts';
import { crossingPatient } from './crossing-patient.ts';
import type { Told } from './patient-facts.ts';
import { stated, statedOf } from './stated.ts';

/** What a database holds: key rows with an id, and facts. */
export interface World {
  readonly rows: readonly (KeyRow & { readonly id: string })[];
  readonly facts: readonly StatedFact[];
  /** Who asks, and when. */
  readonly asked: readonly { readonly caller: Caller; readonly at: string }[];
}

const labels: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<string[]>([]) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<string[]>(
      ...Object.values(marks).map((mark) => [mark]),
      [marks.availableBy26],
      ['http://terminology.hl7.org/CodeSystem/v3-ActCode|NOPAT'],
      ['|NOPATIENT', 'urn:other|internal-note'],
      ['urn:se|skyddadFolkbokforing', marks.availableBy26],
      ['urn:se|sekretessmarkering', 'urn:a|R'],
      [`urn:any|${severalPatients}`],
      [marks.outsideSvod, marks.showsBlock],
    ),
  },
);

const row: fc.Arbitrary<KeyRow> = fc.record({
  type: fc.constantFrom(
    'CarePlan',
    'CarePlan',
    'Consent',
    'Patient',
    'MedicationRequest',
    'Flag',
    'Task',
    'Group',
    'Organization',
    'ImplementationGuide',
  ),
  patient: fc.constant(null),
  custodian: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(region, region, kommun, kommunOmsorg).map(keyOfActor) },
    { weight: 1, arbitrary: fc.constantFrom(null, 'region') },
  ),
  author_unit: unitOrNull,
  labels,
  starts: fc.constantFrom(
    '2026-10-01T08:00:00.000Z',
    '2026-11-05T11:59:59.999Z',
    '2026-11-05T12:00:00.000Z',
    'infinity',
    '-infinity',
    null,
  ),
});

const strayKinds = [
  ...(['care', 'participation', 'need', 'insats', 'investigation'] as const),
  ...([
    'consent-yes',
    'consent-no',
    'sip-yes',
    'incapacity',
    'child-unable',
    'emergency',
    'emergency',
  ] as const),
  ...(['guardian', 'adult-proxy', 'guardian-keeps-access', 'young-person-has-access'] as const),
  ...(['block-inner', 'block-outer', 'block-inner', 'block-outer'] as const),
  ...Array<'lift'>(6).fill('lift'),
] as const;
const periods = fc.constantFrom(always, thisWeek, thisWeek, endless, endsNow, startsNow);

/** Facts of which those of `facts` have few, or that fit together less often. */
const stray: fc.Arbitrary<Told> = fc
  .record({
    kind: fc.constantFrom<FactKind>(...strayKinds),
    organisation: fc.constantFrom(region, region, kommun, kommunOmsorg).map(keyOfActor),
    unit: unitOrNull,
    person: fc.constantFrom(
      null,
      null,
      null,
      'karin',
      ...colleagues.map(({ commission }) => commission.employee),
    ),
    during: periods,
    information: fc.option(periods),
    types: fc.constantFrom<readonly string[]>([], ['CarePlan', 'Task'], ['lak']),
    about: fc.constantFrom('b0', 'b1'),
    value: fc.constantFrom('attested', 'consent', 'blocker', 'indispensable', null),
    author: fc.constantFrom('SE0000000002-9001', null),
  })
  .map((fact) => {
    if (fact.kind === 'lift') return { ...fact, unit: fact.unit ?? ward.commission.unit };
    return fact.kind === 'guardian' || fact.kind === 'adult-proxy' ? { ...fact, person: 'karin' } : fact;
  });

const people = (patient: string): EndUser[] => [
  { kind: 'patient', patient },
  { kind: 'guardian', person: 'karin', of: patient },
];

const callers = (patients: readonly string[]): Caller[] => {
  const persons = patients.flatMap(people);
  const system = (organisation: LegalActor, onBehalfOf: EndUser | null): Caller => ({
    kind: 'system',
    client: 'journal',
    organisation,
    onBehalfOf,
  });
  return [
    ...colleagues,
    withCommission(centre, { purpose: 'Statistik' }),
    ...persons,
    ...persons.slice(0, 4).map((person) => system(region, person)),
    system(region, null),
    system(kommun, null),
    system(region, centre),
    system(region, homeNurse),
    { kind: 'administrator', id: 'admin' },
  ];
};

const at = mostly('2026-11-05T12:00:00.000Z', '2026-11-05T11:59:59.999Z', '2026-12-24T15:00:00.000Z');

/** A patient as the world has them: facts and rows that get an id when they are put together. */
interface Person {
  readonly facts: readonly Told[];
  readonly rows: readonly KeyRow[];
}

/** Half are as old as `facts` has it, the others children and young persons. */
const someone: fc.Arbitrary<Person> = fc
  .tuple(
    facts,
    fc.option(fc.constantFrom('2012-05-01', '2018-05-01'), { freq: 2 }),
    fc.array(stray, { maxLength: 8, size: 'max' }),
    fc.array(row, { minLength: 2, maxLength: 4 }),
  )
  .map(([told, young, strays, rows]) => ({
    facts: [...statedOf(young ? { ...told, born: young } : told, ''), ...strays],
    rows,
  }));

/** About whom the vårdcentral has written. */
const ofCentre = (told: fc.Arbitrary<Told[]>): fc.Arbitrary<Person> =>
  fc.record({ facts: told, rows: fc.array(centreRow, { minLength: 2, maxLength: 3 }) });

/** Who takes part in SVOD, the same for all patients of a world. */
const joined: fc.Arbitrary<StatedFact[]> = fc
  .tuple(
    ...[region, kommun, kommunOmsorg].map((organisation) =>
      fc
        .constantFrom(always, always, thisWeek, thisWeek, startsNow, endsNow)
        .map((during) => stated('joined', null, during, { organisation })),
    ),
  )
  .map((each) => each.flat());

const exactly = <T>(size: number, value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(value, { minLength: size, maxLength: size });

/** `patients` patients with their facts and some rows each, rows about none, and callers of every kind. */
export const world = (patients: number): fc.Arbitrary<World> =>
  fc
    .record({
      some: exactly(patients / 2, someone),
      others: exactly(patients / 4, fc.tuple(ofCentre(blockedPatient), ofCentre(crossingPatient))),
      joined,
      aboutNone: exactly(20, row),
      at: exactly(40, at),
    })
    .map(({ some, others, joined, aboutNone, at }) => {
      const all = [...some, ...others.flat()].map((told, index) => ({ ...told, patient: `p${index}` }));
      const about = all.flatMap(({ rows, patient }) => rows.map((each) => ({ ...each, patient })));
      const askers = all.slice(0, 9).map(({ patient }) => patient);
      return {
        rows: [...about, ...aboutNone].map((each, index) => ({ ...each, id: `r${index}` })),
        facts: [
          ...all.flatMap(({ facts, patient }) => facts.map((fact) => ({ ...fact, patient }))),
          ...joined,
        ],
        asked: callers(askers).map((caller, index) => ({ caller, at: at[index] ?? '' })),
      };
    });
