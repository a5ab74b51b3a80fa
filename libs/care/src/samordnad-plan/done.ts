import { systems } from '../codes.ts';
import { type KnownResources, referenceOf } from './known-resources.ts';

/** Code of a Task (CodeSystem/uppgift): something in a plan was done. */
export const utfordAktivitet = 'utford-aktivitet';

/** Something in a plan that was done. */
export interface DoneActivity {
  readonly reference: string;
  /** `CarePlan/id` */
  readonly plan: string | null;
  readonly text: string;
  readonly at: string;
  /** The unit, or who did it. */
  readonly who: string | null;
}

/** The newest first. */
export const doneOf = (known: KnownResources): DoneActivity[] =>
  known
    .of('Task')
    .flatMap((task) => {
      const { status, code, basedOn = [], executionPeriod, authoredOn, owner, requester, description } = task;
      const isDone = code?.coding?.some(
        (each) => each.system === systems.task && each.code === utfordAktivitet,
      );
      const at = executionPeriod?.end ?? executionPeriod?.start ?? authoredOn;
      const text = code?.text ?? description;
      if (status !== 'completed' || !isDone || at === undefined || text === undefined) return [];
      const plan = basedOn.find(({ reference }) => reference?.startsWith('CarePlan/'))?.reference ?? null;
      return {
        reference: referenceOf(task),
        plan,
        text,
        at,
        who: known.nameOf(owner) ?? known.nameOf(requester),
      };
    })
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
