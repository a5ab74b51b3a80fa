import type { ContactCall, ContactNow, PlannedContact, SamordnadPlan } from '../../api/plan.ts';

/** Whom to call at an instant, and whether that is known for the instant or only for the one that the plan was fetched at. */
export interface CallNow {
  readonly now: ContactNow;
  readonly exact: boolean;
}

/**
 * Whom to call at `at` (milliseconds): the week's cover tells it without network. Outside the week the answer of when the
 * plan was fetched is the best there is; it is shown with the hours of each number, so that the reader can judge.
 */
export function callNow(plan: SamordnadPlan, at: number): CallNow {
  const { now, exact } = answerAt(plan, at);
  return { now: toldApart(now), exact };
}

function answerAt({ contactNow, cover, answers }: SamordnadPlan, at: number): CallNow {
  const stretch = cover.find(({ from, to }) => Date.parse(from) <= at && at < Date.parse(to));
  const answer = stretch && answers[stretch.answer];
  if (!answer) return { now: contactNow, exact: Math.abs(at - Date.parse(contactNow.at)) < minuteMs };
  return {
    now: { ...answer, at: new Date(at).toISOString(), danger: contactNow.danger },
    exact: true,
  };
}

const minuteMs = 60_000;

/** A unit with a number for staff and another for patients is told with which is which. */
function toldApart(now: ContactNow): ContactNow {
  const calls = [now.first, ...now.thenList];
  const isBoth = ({ name }: ContactCall): boolean =>
    new Set(calls.filter((each) => each.name === name).map(isForStaff)).size > 1;
  const told = (call: ContactCall): ContactCall =>
    isBoth(call)
      ? { ...call, name: `${call.name}, för ${isForStaff(call) ? 'personal' : 'patienter'}` }
      : call;
  return { ...now, first: told(now.first), thenList: now.thenList.map(told) };
}

const isForStaff = ({ staffOnly }: ContactCall): boolean => Boolean(staffOnly);

/** The contacts with whether each number is answered at the instant that `now` is for, not at the one of the plan. */
export function contactsNow(contacts: readonly PlannedContact[], now: ContactNow): readonly PlannedContact[] {
  const answering = new Set(
    [now.first, ...now.thenList].filter(({ answers }) => answers === 'nu').map(({ value }) => value),
  );
  return contacts.map((contact) => ({
    ...contact,
    numbers: contact.numbers.map((number) => ({ ...number, open: answering.has(number.value) })),
  }));
}
