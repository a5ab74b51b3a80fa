import type {
  AgeException,
  Block,
  Caller,
  CareRelation,
  Commission,
  ConsentAnswer,
  Decision,
  Emergency,
  Facts,
  Ground,
  GuardianCaller,
  LegalActor,
  Lift,
  PatientCaller,
  Refusal,
  Representative,
  Row,
  StaffCaller,
  UnableToConsent,
} from '@naravard/access';

/** One row of a table: a sentence, what is asked, and the reason that must come out. */
export interface Case {
  readonly sentence: string;
  readonly caller: Caller;
  readonly facts?: Partial<Facts>;
  readonly row?: Partial<Row>;
  readonly at?: string;
  readonly reason: Ground | Refusal;
  /** Of what is allowed; none when not given. */
  readonly mask?: Decision['mask'];
}

export const now = '2026-11-05T12:00:00.000Z';
export const justBefore = '2026-11-05T11:59:59.999Z';
export const always = { start: null, end: null };
export const thisWeek = { start: '2026-11-02T00:00:00.000Z', end: '2026-11-09T00:00:00.000Z' };
/** Without end. */
export const endless = { start: thisWeek.start, end: null };
export const endsNow = { start: null, end: now };
export const startsNow = { start: now, end: '2026-12-01T00:00:00.000Z' };

export const region: LegalActor = { hsaId: 'SE0000000002-A', as: 'vardgivare' };
/** One municipality under one HSA-id in both of its roles. */
export const kommun: LegalActor = { hsaId: 'SE0000000001-A', as: 'vardgivare' };
export const kommunOmsorg: LegalActor = { hsaId: 'SE0000000001-A', as: 'omsorgsgivare' };

const staff = (organisation: LegalActor, unit: string, employee: string): StaffCaller => ({
  kind: 'staff',
  commission: {
    commissionHsaId: `${employee}-U1`,
    employee,
    organisation,
    unit,
    purpose: 'Vård och behandling',
  },
});

/** Region: vårdcentral and ward. Kommun: home nursing (HSL) and home help (SoL), the assistant nurse with both hats. */
export const centre = staff(region, 'SE0000000002-VC', 'SE0000000002-2001');
export const ward = staff(region, 'SE0000000002-SJ', 'SE0000000002-2002');
export const homeNurse = staff(kommun, 'SE0000000001-HSV', 'SE0000000001-1001');
export const onDelegation = staff(kommun, 'SE0000000001-HSV', 'SE0000000001-1002');
export const homeHelp = staff(kommunOmsorg, 'SE0000000001-HT', 'SE0000000001-1002');
export const assessor = staff(kommunOmsorg, 'SE0000000001-BIST', 'SE0000000001-1003');

export const withCommission = (caller: StaffCaller, change: Partial<Commission>): StaffCaller => ({
  ...caller,
  commission: { ...caller.commission, ...change },
});

/** Written by the vårdcentral about Astrid, in October. */
export const baseRow: Row = {
  type: 'CarePlan',
  patient: 'astrid',
  custodian: region,
  unit: centre.commission.unit,
  informationType: null,
  time: '2026-10-01T08:00:00.000Z',
  labels: [],
  internalNote: false,
  availableBy26: false,
  outsideSvod: false,
  showsBlock: false,
  answer: false,
};
export const byHomeHelp = { custodian: kommunOmsorg, unit: homeHelp.commission.unit };

/** Everybody has joined SVOD and has informed Astrid, who is 85; nothing else is known. */
export const baseFacts: Facts = {
  patient: 'astrid',
  born: '1941-03-14',
  protectedIdentity: false,
  deceased: null,
  relations: [],
  consents: [],
  unableToConsent: [],
  blocks: [],
  emergencies: [],
  representatives: [],
  ageExceptions: [],
  informed: [region, kommun, kommunOmsorg].map((organisation) => ({
    organisation,
    at: '2026-01-01T00:00:00.000Z',
  })),
  joined: [region, kommun, kommunOmsorg].map((organisation) => ({ organisation, during: always })),
};

const unitOf = ({ commission: { organisation, unit } }: StaffCaller) => ({
  organisation,
  unit,
  person: null,
});

export const relation = (caller: StaffCaller, change: Partial<CareRelation> = {}): CareRelation => ({
  ...unitOf(caller),
  kind: caller.commission.organisation.as === 'vardgivare' ? 'care' : 'insats',
  during: thisWeek,
  ...change,
});

export const consent = (caller: StaffCaller, change: Partial<ConsentAnswer> = {}): ConsentAnswer => ({
  ...unitOf(caller),
  kind: 'svod',
  answer: 'yes',
  during: thisWeek,
  ...change,
});

export const incapacity = (
  { commission: { organisation } }: StaffCaller,
  change: Partial<Extract<UnableToConsent, { kind: 'lasting-incapacity' }>> = {},
): UnableToConsent => ({
  kind: 'lasting-incapacity',
  organisation,
  attitudeExplored: true,
  noReasonToThinkOpposed: true,
  during: thisWeek,
  ...change,
});

export const emergency = (
  { commission: { organisation, unit, employee } }: StaffCaller,
  change: Partial<Emergency> = {},
): Emergency => ({
  organisation,
  unit,
  person: employee,
  reason: 'Unconscious, cause unknown',
  dangerStated: true,
  relationAttested: true,
  during: thisWeek,
  ...change,
});

/** Of the vårdcentral's information. */
export const block = (reach: Block['reach'], change: Partial<Block> = {}): Block => ({
  reach,
  organisation: region,
  unit: centre.commission.unit,
  information: always,
  excludedTypes: [],
  during: always,
  lifts: [],
  ...change,
});

export const lift = ({ commission: { unit } }: StaffCaller, change: Partial<Lift> = {}): Lift => ({
  unit,
  person: null,
  during: thisWeek,
  ground: 'consent',
  officer: 'SE0000000002-9001',
  relevantTypes: [],
  ...change,
});

export const represents = (
  as: Representative['as'],
  change: Partial<Representative> = {},
): Representative => ({
  person: 'karin',
  as,
  during: always,
  ...change,
});

export const ageException = (
  kind: AgeException['kind'],
  change: Partial<AgeException> = {},
): AgeException => ({
  organisation: centre.commission.organisation,
  unit: centre.commission.unit,
  kind,
  during: thisWeek,
  ...change,
});

/** The home nurse of the kommun, related and consented to. */
export const open = { relations: [relation(homeNurse)], consents: [consent(homeNurse)] };
/** The home help of the kommun likewise. */
export const helped = { relations: [relation(homeHelp)], consents: [consent(homeHelp)] };

export const astrid: PatientCaller = { kind: 'patient', patient: 'astrid' };
export const karin: GuardianCaller = { kind: 'guardian', person: 'karin', of: 'astrid' };
export const guarded = { representatives: [represents('guardian')] };
/** Midnight in Stockholm of 5 November 2026, when who was born on that day turns. */
export const midnight = '2026-11-04T23:00:00.000Z';
export const beforeMidnight = '2026-11-04T22:59:59.999Z';
export const turning = (years: number) => ({ born: `${2026 - years}-11-05` });
