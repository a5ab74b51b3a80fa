// http://hl7.org/fhir/R4/search.html#include

import type { Parameter } from '../catalog/parameter.ts';
import { readsWithinReferences } from '../catalog/reading-references.ts';
import { canBeMasked, isRevealing, PLACE } from '../catalog/revealing-parameters.ts';
import { REFERS } from '../rows/referred.ts';
import { edgeOf, nameLiteral } from '../sql/index-table.ts';
import type { Statement } from '../sql/statement.ts';

/** Related resources that come with the matches. */
export interface Include {
  /** `_include`: what matches refer to. `_revinclude`: what refers to matches. */
  readonly reverse: boolean;
  /** The type that has the reference; null = any (`*`). */
  readonly type: string | null;
  /** Null = all reference parameters of the type. */
  readonly parameter: Parameter | null;
  /** The type referred to; null = any. */
  readonly target: string | null;
  /** Applied to what has been included as well. */
  readonly iterate: boolean;
  /** Of all reference parameters, those that tell of what is hidden whatever they lead to. */
  readonly revealing: readonly Parameter[];
}

/**
 * The condition that edge `x`, of the row under `holder`, is one that the include follows. What the mask of protected
 * identity hides is not followed: a reference to a place, or whatever a parameter reads that reads nothing else.
 */
export function compileInclude(include: Include, holder: string, statement: Statement): string {
  const tests = [
    edgesOf(include),
    shownEdge(include, holder, statement),
    withinShown(include, holder, statement),
  ].filter((test) => test !== null);
  return `(${tests.join(' and ')})`;
}

function edgesOf({ type, parameter, target }: Include): string {
  if (parameter) return edgeOf(parameter, target ?? parameter.only);
  const tests = [
    `x.param <> ${nameLiteral(REFERS)}`,
    type && `x.type = ${nameLiteral(type)}`,
    target && `x.target_type = ${nameLiteral(target)}`,
  ].filter((test) => test !== null);
  return tests.join(' and ');
}

function shownEdge(
  { type, parameter, target, revealing }: Include,
  holder: string,
  statement: Statement,
): string | null {
  if (parameter ? !isRevealing(parameter, target) : type !== null && !canBeMasked(type)) return null;
  const unmasked = statement.unmasked(holder);
  if (unmasked === null || (parameter && isRevealing(parameter, target ?? 'another'))) return unmasked;
  const shown = [
    `x.target_type <> ${nameLiteral(PLACE)}`,
    ...revealing.map((each) => `not (${edgeOf(each, null)})`),
  ];
  return `(${shown.join(' and ')} or ${unmasked})`;
}

/** What stands within a reference that may be hidden is followed where none is. */
function withinShown({ parameter, revealing }: Include, holder: string, statement: Statement): string | null {
  const within = (parameter ? [parameter] : revealing).filter(readsWithinReferences);
  const whole = within.length ? statement.shownWhole(holder) : null;
  if (whole === null || parameter) return whole;
  return `(${within.map((each) => `not (${edgeOf(each, null)})`).join(' and ')} or ${whole})`;
}

export function printInclude({ reverse, type, parameter, target, iterate }: Include): string {
  const what = [type ?? '*', ...(type ? [parameter?.code ?? '*'] : []), ...(target ? [target] : [])].join(
    ':',
  );
  return `${reverse ? 'revinclude' : 'include'}${iterate ? ' iterate' : ''} ${what}`;
}
