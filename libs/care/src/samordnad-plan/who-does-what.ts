import type { CarePlan, CarePlanActivity, Goal, Reference } from '@medplum/fhirtypes';
import { isPast, levels, type Step as StatedStep, stepsOf } from '../behandlingsplan/steps.ts';
import { extensions } from '../codes.ts';
import { extensionOf } from '../extension-reader.ts';
import { type KnownResources, referenceOf } from './known-resources.ts';
import type { ComposedPlan } from './plans-in-force.ts';
import type { Activity, PlannedGoal, Step } from './samordnad-plan.ts';

interface Row {
  readonly plan: CarePlan;
  readonly activity: CarePlanActivity;
}

const rowsOf = (plans: readonly ComposedPlan[]): Row[] =>
  plans
    .flatMap(({ head, parts }) => [head, ...parts])
    .flatMap((plan) => (plan.activity ?? []).map((activity) => ({ plan, activity })))
    .filter(({ activity }) => !isPast(activity));

const isStep = ({ activity }: Row): boolean => extensionOf(activity, extensions.forsamring) !== undefined;

/** What is done whether or not it gets worse: by the person, and by all others. */
export function agreement(
  plans: readonly ComposedPlan[],
  known: KnownResources,
): { own: Activity[]; others: Activity[] } {
  const rows = rowsOf(plans).filter((row) => !isStep(row));
  const isOwn = ({ activity }: Row): boolean =>
    extensionOf(activity, extensions.huvudman)?.valueCode === 'personen' || isByPatient(performers(activity));
  const read = (own: boolean) =>
    rows.filter((row) => isOwn(row) === own).flatMap((row) => activityOf(row, known) ?? []);
  return { own: read(true), others: read(false) };
}

const performers = ({ detail }: CarePlanActivity): readonly Reference[] => detail?.performer ?? [];

const isByPatient = (by: readonly Reference[]): boolean =>
  by.length > 0 && by.every(({ reference }) => reference?.startsWith('Patient/'));

/** Who is meant where nobody is named: not the unit that wrote the plan. */
const outsiders: Readonly<Record<string, string>> = { narstaende: 'Närstående', annan: 'Någon annan' };

function activityOf({ plan, activity }: Row, known: KnownResources): Activity | undefined {
  const { detail } = activity;
  const by = performers(activity);
  const huvudman = extensionOf(activity, extensions.huvudman)?.valueCode ?? null;
  const outside = by.length ? undefined : outsiders[huvudman ?? ''];
  const text = textOf(detail?.description ?? detail?.code?.text ?? known.nameOf(activity.reference));
  if (text === null) return undefined;
  return {
    plan: referenceOf(plan),
    text,
    who: outside === undefined ? by.flatMap((each) => nameOf(each, known)) : [outside],
    unit:
      outside === undefined
        ? ((by.length ? by : [plan.author]).map(known.unitOf).find((each) => each !== null) ?? null)
        : null,
    huvudman,
    often: textOf(detail?.scheduledString ?? detail?.scheduledTiming?.code?.text),
  };
}

/** Who does something, or the unit where the name is not told. */
function nameOf(reference: Reference, known: KnownResources): string[] {
  const name = known.nameOf(reference) ?? known.unitOf(reference);
  if (name !== null) return [name];
  return reference.reference?.startsWith('RelatedPerson/') ? ['Närstående'] : [];
}

const textOf = (text: string | null | undefined): string | null => text?.trim() || null;

/** How a step's contact is reached at the instant that the plan is composed for; of a step that names none, who is first. */
export type StepContact = (reference: string | null) => NonNullable<Step['contact']>;

/** The deterioration steps of the plans, the mildest level first; a level that is not known stands last. */
export function plannedSteps(
  plans: readonly ComposedPlan[],
  known: KnownResources,
  contact: StepContact,
): Step[] {
  const rank = ({ level }: Step): number => {
    const at = (levels as readonly string[]).indexOf(level);
    return at < 0 ? levels.length : at;
  };
  return plans
    .flatMap(({ head, parts }) => [head, ...parts])
    .flatMap((plan) => stepsOf(plan).flatMap((step) => stepOf(plan, step, known, contact) ?? []))
    .toSorted((a, b) => rank(a) - rank(b));
}

function stepOf(
  plan: CarePlan,
  { sign, level, threshold, first, action, responsible, contact, larm112, ordination }: StatedStep,
  known: KnownResources,
  reach: StepContact,
): Step | undefined {
  if (sign === null) return undefined;
  const by = responsible.map(({ reference, display }) => ({
    ...(reference !== null && { reference }),
    ...(display !== null && { display }),
  }));
  const who = isByPatient(by) ? [] : by.flatMap((each) => nameOf(each, known));
  const isCall = level !== null && level !== 'gor-sjalv' && !larm112 && who.length === 0;
  return {
    plan: referenceOf(plan),
    level: level ?? '',
    sign,
    threshold,
    first,
    action,
    who,
    contact: contact !== null || isCall ? reach(contact) : null,
    call112: larm112,
    ordination: ordination !== null,
  };
}

/** The goals that the plans name, the person's own first. */
export function goalsOf(plans: readonly ComposedPlan[], known: KnownResources): PlannedGoal[] {
  const named = new Set(
    plans.flatMap(({ head, parts }) => [head, ...parts]).flatMap((plan) => plan.goal ?? []),
  );
  const references = new Set([...named].map(({ reference = '' }) => reference));
  const found = [...references].flatMap((reference) => {
    const goal = known.get(reference);
    return goal?.resourceType === 'Goal' ? goalOf(goal) : [];
  });
  return found.toSorted((a, b) => Number(b.own) - Number(a.own));
}

function goalOf(goal: Goal): PlannedGoal[] {
  const text = textOf(goal.description?.text ?? goal.description?.coding?.[0]?.display);
  if (text === null || ['entered-in-error', 'rejected', 'cancelled'].includes(goal.lifecycleStatus))
    return [];
  return [
    { reference: referenceOf(goal), text, own: goal.expressedBy?.reference?.startsWith('Patient/') ?? false },
  ];
}
