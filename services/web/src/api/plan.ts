import type { SamordnadPlan } from './generated/schema.ts';

/**
 * The compact plan: the answer of `GET Patient/[id]/$samordnad-plan?_format=compact`
 * (`application/vnd.naravard.plan+json`), and its parts by name. Texts are Swedish; times are FHIR dates or instants;
 * `reference` is `Type/id`. What each member means is in libs/care/src/samordnad-plan.
 */
export type { SamordnadPlan };

export type PlanPatient = SamordnadPlan['patient'];
export type ContactNow = SamordnadPlan['contactNow'];
export type ContactAnswer = SamordnadPlan['answers'][number];
/** One number to call. */
export type ContactCall = ContactNow['first'];
/** A stretch of the week and the index of its answer. */
export type CoverStretch = SamordnadPlan['cover'][number];
export type Step = SamordnadPlan['steps'][number];
export type PlannedContact = Patientkontrakt['fastVardkontakt'][number];
export type PlannedNumber = PlannedContact['numbers'][number];
export type Activity = Patientkontrakt['overenskommelse']['own'][number];
export type PlannedTime = Patientkontrakt['overenskommenTid'][number];
export type PlanInForce = Patientkontrakt['sammanhallenPlan']['plans'][number];
export type PlannedGoal = Patientkontrakt['sammanhallenPlan']['goals'][number];
export type FollowUp = Patientkontrakt['sammanhallenPlan']['followUps'][number];
export type Change = SamordnadPlan['changes'][number];
export type Relative = SamordnadPlan['relatives'][number];
export type Attention = SamordnadPlan['attention'][number];
export type Visit = SamordnadPlan['recent'][number];
export type Note = SamordnadPlan['notes'][number];
export type DoneActivity = SamordnadPlan['done'][number];
export type Measurement = SamordnadPlan['measurements'][number];
type Patientkontrakt = SamordnadPlan['patientkontrakt'];

/** The plan that the API answered, with nothing where an older answer knows of nothing. */
export function planOf(answer: unknown): SamordnadPlan {
  const plan = answer as SamordnadPlan;
  return {
    ...plan,
    patient: {
      ...plan.patient,
      gender: plan.patient.gender ?? null,
      phones: plan.patient.phones ?? [],
      address: plan.patient.address ?? null,
      languages: plan.patient.languages ?? [],
      identity: plan.patient.identity ?? null,
    },
    relatives: plan.relatives ?? [],
    attention: plan.attention ?? [],
    recent: plan.recent ?? [],
    notes: plan.notes ?? [],
    done: plan.done ?? [],
    measurements: plan.measurements ?? [],
    cover: plan.cover ?? [],
    answers: plan.answers ?? [],
  };
}
