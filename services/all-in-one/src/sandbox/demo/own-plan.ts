import type { CarePlan, CarePlanActivity, Coding } from '@medplum/fhirtypes';
import { coding, concept, ref, systems } from './codes.ts';

/** Behandlingsplan has no code of its own in Inera's list, where it is a vårdplan (VP). */
export const PLAN_KINDS = {
  behandlingsplan: concept(
    coding(systems.ownPlanType, 'behandlingsplan', 'Behandlingsplan'),
    coding(systems.planType, 'VP', 'Vårdplan'),
  ),
  vardplan: concept(coding(systems.planType, 'VP', 'Vårdplan')),
  SIP: concept(coding(systems.planType, 'SIP', 'Samordnad individuell plan')),
};

interface OwnPlan {
  id: string;
  /** Id of the Patient. */
  patient: string;
  kind: keyof typeof PLAN_KINDS;
  title: string;
  author: readonly [role: string, name: string];
  start: string;
  end?: string;
  activity: CarePlanActivity[];
  /** Id of the head plan. */
  partOf?: string;
  labels?: readonly Coding[];
  /** What only some plans have; in force, when it does not say otherwise. */
  more?: Partial<CarePlan>;
}

/** The plan of one organisation for one person, or its part of a plan: nobody writes in another's record (HFD 2017:67). */
export const ownPlan = ({
  id,
  patient,
  kind,
  title,
  author,
  start,
  end,
  activity,
  partOf,
  labels,
  more,
}: OwnPlan): CarePlan => ({
  resourceType: 'CarePlan',
  id,
  ...(labels && { meta: { security: [...labels] } }),
  ...(partOf && { partOf: [ref(`CarePlan/${partOf}`)] }),
  status: 'active',
  intent: 'plan',
  category: [PLAN_KINDS[kind]],
  title,
  subject: ref(`Patient/${patient}`),
  period: { start, ...(end && { end }) },
  created: start,
  author: ref(`PractitionerRole/${author[0]}`, author[1]),
  activity,
  ...more,
});
