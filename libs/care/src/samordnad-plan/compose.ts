import type { CarePlan, Patient } from '@medplum/fhirtypes';
import { contactsOf } from '../behandlingsplan/plan.ts';
import { stepsOf } from '../behandlingsplan/steps.ts';
import { type ContactNow, contactNow } from '../contact/contact-now.ts';
import type { Need } from '../contact/contact-order.ts';
import type { Audience } from '../contact/contact-path.ts';
import { firstGap } from '../contact/gap.ts';
import { pathsAround } from '../contact/paths-around.ts';
import { changesSince } from './changes-since.ts';
import { forPatient } from './for-patient.ts';
import { knownResources, personName, referenceOf } from './known-resources.ts';
import { plannedContacts, stepContact } from './planned-contacts.ts';
import { plannedTimes } from './planned-times.ts';
import { type ComposedPlan, followUps, limitsOf, planInForce, plansInForce } from './plans-in-force.ts';
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
  const named = called(plans);
  const paths = pathsAround(resources, named, at);
  const now = contactNow({ paths, at, reader: form, steps: named, limited: isLimited(plans) });
  const steps = plannedSteps(plans, known, stepContact(paths, known, at, form, now.first));
  const times = plannedTimes(known, at);
  const goals = goalsOf(plans, known);
  const shown = new Set([
    ...paths.map(({ id }) => id),
    ...plans.flatMap(({ head, parts }) => [head, ...parts]).map(({ id }) => `CarePlan/${id}`),
    ...goals.map(({ reference }) => reference),
    ...times.map(({ reference }) => reference),
  ]);
  const changes = since === null ? [] : changesSince(known, since, shown);
  const told = new Set([...shown, ...changes.map(({ reference }) => reference)]);
  const plan: SamordnadPlan = {
    patient: who(known.get(patient) as Patient | undefined, patient),
    form,
    at,
    since,
    complete,
    contactNow: now,
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
    changes,
  };
  // Heads and former versions were read to tell what holds; what does not is no part of the plan.
  return { plan, resources: resources.filter((each) => !isPlan(each) || told.has(referenceOf(each))) };
}

/** http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel */
const isProtected = ({ meta }: Patient): boolean =>
  (meta?.security ?? []).some(({ code = '' }) =>
    ['sekretessmarkering', 'skyddadFolkbokforing'].includes(code),
  );

const isPlan = (resource: object): resource is CarePlan =>
  (resource as Partial<CarePlan>).resourceType === 'CarePlan';

/** Whom the plans name for when it gets worse: those of the steps, then the contact paths. */
export const called = (plans: readonly ComposedPlan[]): { kontakt: string | null }[] =>
  plans.flatMap(({ head, parts }) => [
    ...[head, ...parts].flatMap((plan) => stepsOf(plan).map(({ contact }) => ({ kontakt: contact }))),
    ...contactsOf(head).map((kontakt) => ({ kontakt })),
  ]);

/** Whether a plan says what is not to be done (behandlingsbegränsning), so that its red step need not be 112. */
const isLimited = (plans: readonly ComposedPlan[]): boolean =>
  plans.some((plan) => limitsOf(plan).length > 0);

/**
 * Whom to call, of the resources that the plan is composed of: the first is the same as in the plan when the need is
 * `forsamring`. `gap`: the first instant in [at, until) at which nobody answers, null when there is none.
 */
export function whomToCall({ resources: read, at, until, need, reader }: CallQuestion): WhomToCall {
  const form = reader === 'personal' ? 'personal' : 'patient';
  const resources = form === 'patient' ? forPatient(read) : read;
  const plans = plansInForce(knownResources(resources), at, form);
  const steps = called(plans);
  const paths = pathsAround(resources, steps, at);
  return {
    now: contactNow({ paths, at, need, reader, steps, limited: isLimited(plans) }),
    gap: firstGap(pathsAround(resources, steps, at, until), at, until, reader),
  };
}

export interface CallQuestion {
  readonly resources: readonly object[];
  /** ISO instants. */
  readonly at: string;
  readonly until: string;
  readonly need: Need;
  readonly reader: Audience;
}

export interface WhomToCall {
  readonly now: ContactNow;
  readonly gap: string | null;
}

const who = (patient: Patient | undefined, reference: string): SamordnadPlan['patient'] => ({
  reference,
  name: personName(patient?.name?.[0]),
  born: patient?.birthDate ?? null,
  protectedIdentity: patient !== undefined && isProtected(patient),
});
