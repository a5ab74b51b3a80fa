import type { Caller, CareRelation, EndUser, Facts, LegalActor, Period, Row } from '@naravard/access';
import fc from 'fast-check';
import {
  always,
  assessor,
  astrid,
  centre,
  endless,
  endsNow,
  homeHelp,
  homeNurse,
  karin,
  kommun,
  kommunOmsorg,
  onDelegation,
  region,
  startsNow,
  thisWeek,
  ward,
  withCommission,
} from './build.ts';

/** One question to the decision. The world is small and leans to what holds, so that every ground is met. */
export interface Question {
  readonly caller: Caller;
  readonly facts: Facts;
  readonly row: Row;
  readonly at: string;
}

/** One of the values, the first nine times out of ten. */
export const mostly = <T>(first: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(first) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
const few = <T>(value: fc.Arbitrary<T>, size: number): fc.Arbitrary<T[]> =>
  fc.array(value, { maxLength: size, size: 'max' });

export const colleagues = [centre, ward, homeNurse, onDelegation, homeHelp, assessor];
const period = mostly<Period>(thisWeek, always, endsNow, startsNow, endless, { start: 'soon', end: null });
const at = mostly<string>(
  '2026-11-05T12:00:00.000Z',
  '2026-11-05T11:59:59.999Z',
  '2026-12-24T15:00:00.000Z',
  'never',
);
const actor: fc.Arbitrary<LegalActor> = fc.constantFrom(region, region, kommun, kommunOmsorg);
const units = [...new Set(colleagues.map(({ commission }) => commission.unit))];
const unit = fc.constantFrom(...units);
export const unitOrNull = fc.constantFrom(...units, null);

const reach = fc
  .tuple(
    fc.constantFrom(...colleagues.map(({ commission }) => commission)),
    fc.boolean(),
    mostly(false, true),
  )
  .map(([{ organisation, unit, employee }, whole, personal]) => ({
    organisation,
    unit: whole ? null : unit,
    person: personal ? employee : null,
  }));

const staff = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...colleagues) },
  { weight: 1, arbitrary: fc.constant(withCommission(centre, { purpose: 'Statistik' })) },
);
const endUser: fc.Arbitrary<EndUser> = fc.oneof(
  { weight: 4, arbitrary: staff },
  { weight: 1, arbitrary: fc.constant(astrid as EndUser) },
  { weight: 1, arbitrary: fc.constant(karin as EndUser) },
);
const caller: fc.Arbitrary<Caller> = fc.oneof(
  { weight: 8, arbitrary: endUser },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('system' as const),
      client: fc.constant('journal'),
      organisation: actor,
      onBehalfOf: fc.option(endUser),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'administrator' as const, id: 'admin' }) },
);

const row: fc.Arbitrary<Row> = fc.record({
  type: fc.constantFrom(
    'CarePlan',
    'CarePlan',
    'Encounter',
    'Patient',
    'MedicationRequest',
    'Flag',
    'Task',
    'Organization',
  ),
  patient: mostly<string | null>('astrid', 'erik', null, null),
  custodian: fc.oneof({ weight: 9, arbitrary: actor }, { weight: 1, arbitrary: fc.constant(null) }),
  unit: unitOrNull,
  informationType: fc.constantFrom('lak', 'upp', null),
  time: fc.constantFrom('2026-10-01T08:00:00.000Z', '2026-11-05T12:00:00.000Z', 'once', null),
  labels: mostly<string[]>([], ['NOPAT'], ['sekretessmarkering'], ['several-patients']),
  internalNote: mostly(false, true),
  availableBy26: mostly(false, true),
  outsideSvod: mostly(false, true),
  showsBlock: mostly(false, true),
  answer: mostly(false, true),
});

const lift = fc.record({
  unit: mostly(ward.commission.unit, ...units),
  person: mostly<string | null>(null, centre.commission.employee, ward.commission.employee),
  during: period,
  ground: fc.constantFrom('consent' as const, 'blocker' as const, 'indispensable' as const),
  officer: mostly<string | null>('SE0000000002-9001', null),
  relevantTypes: fc.constantFrom<string[]>([], ['CarePlan']),
});

export const block = fc.record({
  reach: fc.constantFrom('inner' as const, 'outer' as const),
  organisation: actor,
  unit: unitOrNull,
  information: period,
  excludedTypes: fc.constantFrom<string[]>([], ['lak'], ['lak', 'upp']),
  during: period,
  lifts: few(lift, 3),
});

const kinds = ['care', 'insats', 'investigation', 'participation', 'need'] as const;
const relation = fc
  .tuple(reach, mostly<CareRelation['kind'] | undefined>(undefined, ...kinds), period)
  .map(([to, kind, during]) => ({
    ...to,
    kind: kind ?? (to.organisation.as === 'vardgivare' ? 'care' : 'insats'),
    during,
  }));

export const consent = fc
  .tuple(reach, mostly('svod' as const, 'sip' as const), mostly('yes' as const, 'no' as const), period)
  .map(([to, kind, answer, during]) => ({ ...to, kind, answer, during }));

const unableToConsent = fc.oneof(
  fc.record({
    kind: fc.constant('lasting-incapacity' as const),
    organisation: actor,
    attitudeExplored: mostly(true, false),
    noReasonToThinkOpposed: mostly(true, false),
    during: period,
  }),
  fc.record({ kind: fc.constant('child' as const), organisation: actor, during: period }),
);

const emergency = fc.record({
  caller: fc.constantFrom(...colleagues),
  reason: mostly('Unconscious', ''),
  dangerStated: mostly(true, false),
  relationAttested: fc.boolean(),
  during: period,
});

const actors = mostly<LegalActor[]>([region, kommun, kommunOmsorg], [region, kommun], [kommunOmsorg]);
const instant = mostly('2026-01-01T00:00:00.000Z', '2026-11-05T12:00:00.000Z', 'then');

export const facts: fc.Arbitrary<Facts> = fc.record({
  patient: fc.constant('astrid'),
  born: fc.constantFrom('1941-03-14', '2012-05-01', '2018-05-01', '1941', null),
  protectedIdentity: mostly(false, true),
  deceased: mostly<Period | null>(null, startsNow, endless, always, { start: 'soon', end: null }),
  relations: few(relation, 8),
  consents: few(consent, 6),
  unableToConsent: few(unableToConsent, 5),
  blocks: few(block, 2),
  emergencies: few(emergency, 4).map((opened) =>
    opened.map(({ caller: { commission }, ...rest }) => ({
      organisation: commission.organisation,
      unit: commission.unit,
      person: commission.employee,
      ...rest,
    })),
  ),
  representatives: few(
    fc.record({
      person: mostly('karin', 'olle'),
      as: mostly('guardian' as const, 'adult-proxy' as const),
      during: period,
    }),
    2,
  ),
  ageExceptions: few(
    fc.record({
      organisation: actor,
      unit,
      kind: fc.constantFrom('guardian-keeps-access' as const, 'young-person-has-access' as const),
      during: period,
    }),
    3,
  ),
  informed: actors.chain((some) =>
    fc.tuple(...some.map((organisation) => instant.map((when) => ({ organisation, at: when })))),
  ),
  joined: actors.chain((some) =>
    fc.tuple(...some.map((organisation) => period.map((during) => ({ organisation, during })))),
  ),
});

export const question: fc.Arbitrary<Question> = fc.record({ caller, facts, row, at });
