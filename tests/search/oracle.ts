import { compareBySort, matches, type Query, type Related, type World } from '@naravard/search';
import type { Indexed } from './index-database.ts';

/** The ids that a query of one part finds, in order, by looking at everything that the caller may see. */
export function oracle({ parts: [part] }: Query, all: readonly Indexed[], custodian?: string): string[] {
  if (!part) return [];
  const seen = all.filter((each) => custodian === undefined || each.custodian === custodian);
  const world = worldOf(seen);
  return seen
    .filter(({ type }) => type === part.type)
    .map(related)
    .filter(({ rows, key }) => matches(part, rows, key, world))
    .sort((a, b) => compareBySort(part, a, b))
    .map(({ key }) => key.id);
}

const related = ({ id, lastUpdated, rows }: Indexed): Related => ({ rows, key: { id, lastUpdated } });

/** Follows the rows of references one by one. */
const worldOf = (all: readonly Indexed[]): World => ({
  related: ({ kind, parameter: { resourceType, stored }, type }, rows, key) =>
    (kind === 'chain'
      ? all.filter((each) =>
          rows.references.some(
            ({ param, targetType, target }) =>
              param === stored && targetType === type && each.type === type && target === each.id,
          ),
        )
      : all.filter(
          (each) =>
            each.type === resourceType &&
            each.rows.references.some(
              ({ param, targetType, target }) => param === stored && targetType === type && target === key.id,
            ),
        )
    ).map(related),
});
