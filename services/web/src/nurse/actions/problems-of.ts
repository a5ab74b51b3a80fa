import { ApiProblem } from '../../api/problem.ts';
import { VaultClosed } from '../../offline/index.ts';
import type { Problem } from '../../ui/error-summary.tsx';
import { NoConnection } from '../data/api.ts';
import { noAnswer } from '../no-answer.ts';

/** What the service refused, in words that fit the form better than its own. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Why something was not saved: each of the service's Swedish sentences once. */
export function problemsOf(cause: unknown): Problem[] {
  if (cause instanceof Refusal) return [{ text: cause.message }];
  if (cause instanceof NoConnection || cause instanceof VaultClosed)
    return [{ text: `${noAnswer()}. Försök igen om en stund.` }];
  if (!(cause instanceof ApiProblem)) return [{ text: 'Försök igen om en stund.' }];
  const issues = cause.outcome?.issue ?? [];
  const texts = new Set([cause.text, ...issues.flatMap(({ details }) => details?.text ?? [])]);
  return [...texts].map((text) => ({ text }));
}
