import { relatives } from '@naravard/fhir';
import { PLACE } from '../../catalog/revealing-parameters.ts';
import { nameLiteral } from '../../sql/index-table.ts';
import type { Unmasked } from '../face.ts';

/**
 * What of an edge `x` the mask of protected identity leaves (masked-reference.ts of libs/fhir): SQL that may be null for
 * what is not shown. A reference that does not tell its type may be to a place or to a relative.
 */

/** What it refers to, in our database. */
export const SHOWN_TARGET = `x.target_type <> ${nameLiteral(PLACE)}`;

/** The identifier beside it, or in its stead. */
export const SHOWN_NUMBER = `x.target_type not in (${[PLACE, ...relatives].map(nameLiteral).join(', ')})`;

/** What it is sorted by. */
export const SHOWN_TEXT = `case when x.target is null then ${SHOWN_NUMBER} else ${SHOWN_TARGET} end`;

/** `shown`, or whatever it is in a resource of which nothing is hidden; null when that is always so. */
export function orUnmasked(shown: string, unmasked: Unmasked): string | null {
  const open = unmasked();
  return open === null ? null : `(${shown} or ${open})`;
}

/** `test`, of edges that are shown. */
export const whereShown = (test: string, shown: string, unmasked: Unmasked): string =>
  guarded(test, orUnmasked(shown, unmasked));

/** `test`, in resources of which nothing is hidden. */
export const whereUnmasked = (test: string, unmasked: Unmasked): string => guarded(test, unmasked());

/** `test` where a guard lets it; null: always. */
export const guarded = (test: string, guard: string | null): string =>
  guard === null ? test : `(${test} and ${guard})`;
