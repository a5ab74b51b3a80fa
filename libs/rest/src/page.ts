import type { Actor } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { BundleLink } from './bundle-text.ts';
import type { Call, Pair } from './call.ts';

/** Who a page link is for, and who is counted: a system client is one, whichever end users it names. */
export const holderOf = ({ kind, id, caller }: Actor): string =>
  caller.kind === 'system' ? `system:${caller.client}` : `${kind}:${id}`;

/**
 * The token of a request that follows a page link; undefined for any other. A `_count` beside it is passed over, since
 * MedplumClient puts one on every link that has none: the pages of a search are of the size that it was begun with.
 * @throws Problem 'bad-request' when there is anything else beside it: the link holds the whole query already.
 */
export function pageOf(query: readonly Pair[]): string | undefined {
  const page = query.find(([name]) => name === '_page');
  if (!page || query.every((pair) => pair === page || pair[0] === '_count')) return page?.[1];
  throw new Problem('bad-request', {
    severity: 'error',
    expression: '_page',
    diagnostics:
      'A page link is used unchanged: take the other parameters away, or search anew without _page.',
  });
}

/** The links of a page in the format that its own address asked for. */
export const inFormat = (
  links: readonly BundleLink[],
  { linked }: Pick<Call, 'linked'>,
): readonly BundleLink[] =>
  linked === undefined
    ? links
    : links.map(({ relation, url }) => ({
        relation,
        url: `${url}${url.includes('?') ? '&' : '?'}${linked}`,
      }));
