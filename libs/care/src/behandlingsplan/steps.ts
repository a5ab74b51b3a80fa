import type { CarePlan, CarePlanActivity } from '@medplum/fhirtypes';
import { extensions, forsamring } from '../codes.ts';
import { extensionOf } from '../extension-reader.ts';
import { keysOf } from '../reference-key.ts';

/** From mildest to gravest; colours are no names, and the gravest is not always 112. */
export const levels = ['gor-sjalv', 'ring-idag', 'ring-nu'] as const;

export type Level = (typeof levels)[number];

/** To the patient, who is not told of egenvård, which is a formal assessment (lag 2022:1250). */
export const levelText: Readonly<Record<Level, string>> = {
  'gor-sjalv': 'Gör själv',
  'ring-idag': 'Ring i dag',
  'ring-nu': 'Ring nu',
};

/** What to do when the patient gets worse: one activity with extension `forsamring`. Texts are in Swedish. */
export interface Step {
  /** FHIRPath within its CarePlan: `CarePlan.activity[0]`. */
  readonly path: string;
  /** One of `levels` in a plan that keeps the rules. */
  readonly level: string | null;
  readonly sign: string | null;
  readonly threshold: string | null;
  /** What the patient can do before calling. */
  readonly first: string | null;
  /** What is done, and by whom: references as they are written. */
  readonly action: string | null;
  readonly responsible: readonly { readonly reference: string | null; readonly display: string | null }[];
  /** `CareTeam/id` or `HealthcareService/id`: whom to call. */
  readonly contact: string | null;
  /** The step is to call 112. */
  readonly larm112: boolean;
  /** The ordination vid behov that it points to: `MedicationRequest/id`, or an identifier in the journal. */
  readonly ordination: string | null;
}

/** Ended, or not meant to be done any more. */
const past: readonly string[] = ['completed', 'cancelled', 'stopped', 'entered-in-error'];

export const isPast = ({ detail }: CarePlanActivity): boolean => past.includes(detail?.status ?? '');

/** The deterioration steps of one CarePlan that hold, in its order. */
export const stepsOf = (plan: CarePlan): Step[] =>
  (plan.activity ?? []).flatMap((activity, index) =>
    isPast(activity) ? [] : (stepOf(activity, `CarePlan.activity[${index}]`) ?? []),
  );

/** What a step's patient or nurse is told to do: where a dose must not stand. */
export const wordsOf = (activity: CarePlanActivity): string[] => {
  const step = extensionOf(activity, extensions.forsamring);
  const first = extensionOf(step, forsamring.forst)?.valueString;
  const { description, scheduledString } = activity.detail ?? {};
  return [description, scheduledString, first].filter((each) => each !== undefined);
};

/** Undefined for an activity that is no step. */
function stepOf(activity: CarePlanActivity, path: string): Step | undefined {
  const step = extensionOf(activity, extensions.forsamring);
  if (!step) return undefined;
  const of = (name: keyof typeof forsamring) => extensionOf(step, forsamring[name]);
  const text = (name: keyof typeof forsamring) => of(name)?.valueString?.trim() || null;
  const ordination = of('ordination');
  return {
    path,
    level: of('niva')?.valueCode ?? null,
    sign: text('tecken'),
    threshold: text('troskel'),
    first: text('forst'),
    action: activity.detail?.description?.trim() || null,
    responsible: (activity.detail?.performer ?? []).map(({ reference = null, display = null }) => ({
      reference,
      display,
    })),
    contact: keysOf([of('kontakt')?.valueReference ?? {}])[0] ?? null,
    larm112: of('larm112')?.valueBoolean === true,
    ordination: ordination?.valueReference?.reference ?? ordination?.valueIdentifier?.value ?? null,
  };
}
