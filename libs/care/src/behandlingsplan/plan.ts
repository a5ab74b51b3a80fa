import type { CarePlan, Goal, Period, Reference } from '@medplum/fhirtypes';
import type { Found } from '@naravard/fhir';
import { extensions, systems } from '../codes.ts';
import { extensionOf, extensionsOf } from '../extension-reader.ts';
import { keyOf, keysOf } from '../reference-key.ts';
import { type Step, stepsOf } from './steps.ts';

/** Who is meant: a reference as it is written, and the name that stands beside it. */
export interface Named {
  readonly reference: string | null;
  readonly display: string | null;
}

/** A step, and the CarePlan (`CarePlan/id`) of whose organisation it is. */
export interface OwnedStep extends Step {
  readonly plan: string;
}

/** What somebody does in the plan that is no deterioration step. */
export interface Action {
  readonly plan: string;
  readonly text: string | null;
  readonly responsible: readonly Named[];
  /** In words, as it is written. */
  readonly often: string | null;
}

/** A goal; `own` when it is in the patient's words (Goal.expressedBy). */
export interface PlanGoal {
  readonly text: string;
  readonly own: boolean;
}

/** A behandlingsplan as plain data: its head, composed with the parts of the other organisations. */
export interface Behandlingsplan {
  /** `CarePlan/id` of the head. */
  readonly key: string;
  readonly status: string;
  readonly title: string | null;
  /** `Patient/id`. */
  readonly patient: string | null;
  /** As written: dates or instants. */
  readonly period: Period;
  readonly steps: readonly OwnedStep[];
  readonly actions: readonly Action[];
  readonly goals: readonly PlanGoal[];
  /** The patient's own normal values. */
  readonly normal: readonly { readonly what: string; readonly value: string }[];
  readonly doctor: Named | null;
  readonly nurse: Named | null;
  /** Date by which it is looked through; null when it is not stated. */
  readonly review: string | null;
  readonly forPatient: boolean | null;
  /** What is not to be done (behandlingsbegränsning), as head and parts say. */
  readonly limit: string | null;
  /** `CareTeam/id` and `HealthcareService/id`: together they answer at every hour. */
  readonly contacts: readonly string[];
  /** `CarePlan/id` of the parts that are composed here, and of the plans that this one follows. */
  readonly parts: readonly string[];
  readonly replaces: readonly string[];
}

export function isBehandlingsplan(resource: object): resource is CarePlan {
  const { resourceType, category = [] } = resource as CarePlan;
  return (
    resourceType === 'CarePlan' &&
    category.some(({ coding = [] }) =>
      coding.some(({ system, code }) => system === systems.ownPlanType && code === 'behandlingsplan'),
    )
  );
}

/** `CarePlan/id` of the plan that this one is a part of; undefined for a head. */
export const headOf = ({ partOf }: CarePlan): string | undefined => keysOf(partOf)[0];

/** The parts of a head among some resources: those in force, as their own organisations have them. */
export const partsOf = (head: string, resources: readonly object[]): CarePlan[] =>
  resources.filter(isBehandlingsplan).filter((each) => headOf(each) === head && each.status === 'active');

/** The parts that a head was activated with; drafts and ended ones are left out, as is what `found` does not give. */
export const namedParts = (head: CarePlan, found: Found): CarePlan[] =>
  partsOf(
    planKey(head),
    namedPlans(head).flatMap((each) => found(each) ?? []),
  );

/** `CarePlan/id` of what a head names in supportingInfo, where activation writes its parts. */
export const namedPlans = ({ supportingInfo }: CarePlan): string[] =>
  keysOf(supportingInfo).filter((each) => each.startsWith('CarePlan/'));

export const planKey = ({ id = '' }: CarePlan): string => `CarePlan/${id}`;

/**
 * Reads a head CarePlan together with its parts in force (`partsOf`), head first. `found` gives Goals by reference; without
 * it a goal is what is written beside its reference. What is absent is null or empty.
 */
export function readBehandlingsplan(
  head: CarePlan,
  parts: readonly CarePlan[] = [],
  found: Found = () => undefined,
): Behandlingsplan {
  const plans = [head, ...parts];
  const named = (url: string) => namedOf(extensionOf(head, url)?.valueReference);
  return {
    key: planKey(head),
    status: head.status ?? 'unknown',
    title: head.title?.trim() || null,
    patient: keyOf(head.subject) ?? null,
    period: head.period ?? {},
    steps: plans.flatMap((plan) => stepsOf(plan).map((step) => ({ plan: planKey(plan), ...step }))),
    actions: plans.flatMap(actionsOf),
    goals: plans.flatMap(({ goal = [] }) => goal.flatMap((each) => goalOf(each, found) ?? [])),
    normal: plans.flatMap(normalOf),
    doctor: named(extensions.ansvarigLakare),
    nurse: named(extensions.ansvarigSjukskoterska),
    review: extensionOf(head, extensions.granskas)?.valueDate ?? null,
    forPatient: extensionOf(head, extensions.synligForPatient)?.valueBoolean ?? null,
    limit:
      plans
        .flatMap((plan) => extensionOf(plan, extensions.behandlingsbegransning)?.valueString?.trim() || [])
        .join(' ') || null,
    contacts: contactsOf(head),
    parts: parts.map(planKey),
    replaces: keysOf(head.replaces),
  };
}

/** `CareTeam/id` and `HealthcareService/id` of the contact paths of a head. */
export const contactsOf = (head: CarePlan): string[] =>
  keysOf(extensionsOf(head, extensions.kontaktvag).flatMap(({ valueReference }) => valueReference ?? []));

const namedOf = (reference: Reference | undefined): Named | null =>
  reference ? { reference: reference.reference ?? null, display: reference.display ?? null } : null;

const actionsOf = (plan: CarePlan): Action[] =>
  (plan.activity ?? [])
    .filter((activity) => !extensionOf(activity, extensions.forsamring))
    .flatMap(({ detail }) => (detail ? [detail] : []))
    .map(({ description, performer = [], scheduledString }) => ({
      plan: planKey(plan),
      text: description?.trim() || null,
      responsible: performer.flatMap((each) => namedOf(each) ?? []),
      often: scheduledString ?? null,
    }));

function goalOf(reference: Reference, found: Found): PlanGoal | undefined {
  const goal = found(reference.reference ?? '') as Goal | undefined;
  const text = (goal?.description?.text ?? reference.display)?.trim();
  return text ? { text, own: keyOf(goal?.expressedBy)?.startsWith('Patient/') ?? false } : undefined;
}

const normalOf = (plan: CarePlan): { what: string; value: string }[] =>
  extensionsOf(plan, extensions.normalvarde).flatMap((each) => {
    const what = extensionOf(each, 'vad')?.valueString?.trim();
    const value = extensionOf(each, 'varde')?.valueString?.trim();
    return what && value ? [{ what, value }] : [];
  });
