import type { Patient } from '@medplum/fhirtypes';
import { contactsOf } from '../behandlingsplan/plan.ts';
import { stepsOf } from '../behandlingsplan/steps.ts';
import { contactNow } from '../contact/contact-now.ts';
import { contactPathsOf } from '../contact/contact-path.ts';
import { changesSince } from './changes-since.ts';
import { forPatient } from './for-patient.ts';
import { knownResources, personName } from './known-resources.ts';
import { plannedContacts, stepContact } from './planned-contacts.ts';
import { plannedTimes } from './planned-times.ts';
import { type ComposedPlan, followUps, planInForce, plansInForce } from './plans-in-force.ts';
import type { PlanForm, SamordnadPlan } from './samordnad-plan.ts';
import { agreement, goalsOf, plannedSteps } from './who-does-what.ts';

export interface Asked {
  /** Parsed, each once: the Patient, and what is known round the person of contacts, plans, goals, times and who they are. */
  readonly resources: readonly object[];
  /** `Patient/id`. */
  readonly patient: string;
  /** The instant that contacts and times are for, ISO. */
  readonly at: string;
  /** Changes after this instant are told; null: none are. */
  readonly since: string | null;
  readonly form: PlanForm;
  /** False when there was more than was read. */
  readonly complete?: boolean;
}

/** A plan and the resources that it was composed of, as the reader is given them. */
export interface Composed {
  readonly plan: SamordnadPlan;
  readonly resources: readonly object[];
}

/**
 * Composes what is planned round a person (patientkontrakt: överenskommelse, fast vårdkontakt, överenskommen tid, sammanhållen
 * plan). The patient's form holds nothing labelled NOPAT or internal-note and no number for staff alone, whoever asks for it.
 */
export function composePlan({ resources: read, patient, at, since, form, complete = true }: Asked): Composed {
  const resources = form === 'patient' ? forPatient(read) : read;
  const known = knownResources(resources);
  const plans = plansInForce(known, at, form);
  const paths = contactPathsOf(resources, at);
  const steps = plannedSteps(plans, known, stepContact(paths, known, at, form));
  const times = plannedTimes(known, at);
  const goals = goalsOf(plans, known);
  const shown = new Set([
    ...paths.map(({ id }) => id),
    ...plans.flatMap(({ head, parts }) => [head, ...parts]).map(({ id }) => `CarePlan/${id}`),
    ...goals.map(({ reference }) => reference),
    ...times.map(({ reference }) => reference),
  ]);
  const plan: SamordnadPlan = {
    patient: who(known.get(patient) as Patient | undefined, patient),
    form,
    at,
    since,
    complete,
    contactNow: contactNow({ paths, at, reader: form, steps: called(plans) }),
    steps,
    patientkontrakt: {
      fastVardkontakt: plannedContacts(paths, known, at, form),
      overenskommelse: agreement(plans, known),
      overenskommenTid: times,
      sammanhallenPlan: {
        plans: plans.map((each) => planInForce(each, known)),
        goals,
        followUps: followUps(plans, known),
      },
    },
    changes: since === null ? [] : changesSince(known, since, shown),
  };
  return { plan, resources };
}

/** Whom the plans name for when it gets worse: those of the steps, then the contact paths. */
const called = (plans: readonly ComposedPlan[]): { kontakt: string | null }[] =>
  plans.flatMap(({ head, parts }) => [
    ...[head, ...parts].flatMap((plan) => stepsOf(plan).map(({ contact }) => ({ kontakt: contact }))),
    ...contactsOf(head).map((kontakt) => ({ kontakt })),
  ]);

/** The same of resources, for whoever asks whom to call without the rest of the plan: `steps` of `contactNow`. */
export const namedContacts = (
  resources: readonly object[],
  at: string,
  form: PlanForm,
): { kontakt: string | null }[] => called(plansInForce(knownResources(resources), at, form));

const who = (patient: Patient | undefined, reference: string): SamordnadPlan['patient'] => ({
  reference,
  name: personName(patient?.name?.[0]),
  born: patient?.birthDate ?? null,
});
