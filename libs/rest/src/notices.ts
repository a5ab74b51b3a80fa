import type { Query } from '@naravard/search';
import { outcomeEntry } from './bundle-text.ts';

/** Under `Prefer: handling=lenient`: what was left out, so that nobody takes the answer for a narrower one. */
export function ignoredEntry({ ignored }: Query): string[] {
  if (!ignored.length) return [];
  const issue = ignored.map(({ name, reason }) => ({
    severity: 'warning',
    code: 'not-supported',
    diagnostics: `The parameter ${name} was ignored: ${reason}`,
    expression: [name],
  }));
  return [outcomeEntry({ resourceType: 'OperationOutcome', issue })];
}
