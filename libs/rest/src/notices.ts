import type { Query } from '@naravard/search';
import { outcomeEntry } from './bundle-text.ts';

/**
 * What the caller must know of the answer, as its outcome entry: parameters that were left out under `Prefer:
 * handling=lenient`, so that nobody takes the answer for a narrower one, and includes that were cut.
 */
export function notices({ ignored, maxIncluded }: Query, includedAll: boolean): string[] {
  const issue = ignored.map(({ name, reason }) => ({
    severity: 'warning',
    code: 'not-supported',
    diagnostics: `The parameter ${name} was ignored: ${reason}`,
    expression: [name],
  }));
  if (!includedAll) {
    issue.push({
      severity: 'warning',
      code: 'incomplete',
      diagnostics: `There is more to include than the ${maxIncluded} resources that come with a page: ask for fewer matches with _count, or include less.`,
      expression: ['_include'],
    });
  }
  return issue.length ? [outcomeEntry({ resourceType: 'OperationOutcome', issue })] : [];
}
