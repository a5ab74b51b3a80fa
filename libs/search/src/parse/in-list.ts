// http://hl7.org/fhir/R4/search.html#list
import { Problem } from '@naravard/fhir';
import type { Catalog } from '../catalog/parameters.ts';
import { type Condition, faceOf } from '../query/condition.ts';
import type { ParseContext } from '../types/face.ts';

/**
 * Reads `_list=42`: the resources of a type that one of the Lists has as item, of those Lists that the caller may see.
 * All entries count: `deleted` entries stand only in Lists of changes (rule lst-1), and the index does not tell them.
 * @throws Problem 'unknown-parameter' for the functional lists of R4 ($current-problems), of which there are none here.
 */
export function parseInList(
  catalog: Catalog,
  context: ParseContext,
  type: string,
  alternatives: readonly string[],
): Condition {
  const item = catalog.parameter('List', 'item');
  const id = catalog.parameter('List', '_id');
  if (!item || !id) throw new Error('R4 has List.item');
  if (alternatives.some((each) => each.startsWith('$'))) {
    throw problem(
      'unknown-parameter',
      'Functional lists such as $current-problems are not kept here: give the id of a List, or search by patient.',
    );
  }
  const ids = alternatives.map((each) => each.replace(/^List\//, ''));
  if (!ids.every((each) => /^[A-Za-z0-9.-]{1,64}$/.test(each))) {
    throw problem('bad-request', `The value of '_list' cannot be read: write the id of a List.`);
  }
  return { kind: 'has', parameter: item, type, condition: faceOf(id).parse(id, null, ids, context) };
}

const problem = (kind: 'unknown-parameter' | 'bad-request', diagnostics: string): Problem =>
  new Problem(kind, { severity: 'error', expression: '_list', diagnostics });
