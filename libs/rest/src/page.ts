import type { Actor } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Pair } from './call.ts';

/** Who a page link is for, and who is counted: a system client is one, whichever end users it names. */
export const holderOf = ({ kind, id, caller }: Actor): string =>
  caller.kind === 'system' ? `system:${caller.client}` : `${kind}:${id}`;

/**
 * The token of a request that follows a page link; undefined for any other.
 * @throws Problem 'bad-request' when there is anything beside it: the link holds the whole query already.
 */
export function pageOf(query: readonly Pair[]): string | undefined {
  const page = query.find(([name]) => name === '_page');
  if (!page || query.length === 1) return page?.[1];
  throw new Problem('bad-request', {
    severity: 'error',
    expression: '_page',
    diagnostics:
      'A page link is used unchanged: take the other parameters away, or search anew without _page.',
  });
}
