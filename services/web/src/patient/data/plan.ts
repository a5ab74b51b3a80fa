import { planOf, type SamordnadPlan } from '../../api/plan.ts';
import type { PersonsView } from '../view.ts';
import { ask, ofPatient } from './ask.ts';

const DAY = 86_400_000;
const CHANGES_FOR = 14 * DAY;

/** The person's plan, in one request. @throws ApiProblem */
export async function loadPlan(
  view: PersonsView,
  { week = false, changes = false } = {},
): Promise<SamordnadPlan> {
  const query = new URLSearchParams({ _format: 'compact' });
  if (week) query.set('week', 'true');
  if (changes) query.set('since', new Date(view.request.now.getTime() - CHANGES_FOR).toISOString());
  return planOf(
    await ask(view, ofPatient(view, `/$samordnad-plan?${query}`), 'application/vnd.naravard.plan+json'),
  );
}

/** When somebody else is to be called than at the instant of the plan; null where the week does not tell. */
export function nextChange({ at, cover }: SamordnadPlan): string | null {
  const now = Date.parse(at);
  return cover.find(({ to }) => Date.parse(to) > now)?.to ?? null;
}
