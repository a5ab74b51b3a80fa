import type { Query } from '@naravard/search';
import { outcomeEntry } from './bundle-text.ts';
import { isPartial } from './provenance/asked.ts';

/**
 * What the caller must know of the answer, as its outcome entry: parameters that were left out under `Prefer:
 * handling=lenient`, so that nobody takes the answer for a narrower one, and includes that were cut.
 */
export function notices(query: Query, includedAll: boolean): string[] {
  const { ignored, maxIncluded } = query;
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
  if (isPartial(query)) {
    issue.push({
      severity: 'warning',
      code: 'incomplete',
      diagnostics:
        'Only Provenance that was written is found here: that of each version comes with a search by target alone or by _id alone, unsorted.',
      expression: ['target'],
    });
  }
  return issue.length ? [outcomeEntry({ resourceType: 'OperationOutcome', issue })] : [];
}
