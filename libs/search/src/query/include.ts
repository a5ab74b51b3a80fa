// http://hl7.org/fhir/R4/search.html#include

import type { Parameter } from '../catalog/parameter.ts';
import { edgeOf, nameLiteral } from '../sql/index-table.ts';

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
}

/** The condition that edge `x` is one that the include follows. */
export function compileInclude({ type, parameter, target }: Include): string {
  const tests = [
    parameter && target ? edgeOf(parameter, target) : parameter ? edgeOf(parameter, parameter.only) : null,
    !parameter && type ? `x.type = ${nameLiteral(type)}` : null,
    !parameter && target ? `x.target_type = ${nameLiteral(target)}` : null,
  ].filter((test) => test !== null);
  return tests.length ? `(${tests.join(' and ')})` : 'true';
}

export function printInclude({ reverse, type, parameter, target, iterate }: Include): string {
  const what = [type ?? '*', ...(type ? [parameter?.code ?? '*'] : []), ...(target ? [target] : [])].join(
    ':',
  );
  return `${reverse ? 'revinclude' : 'include'}${iterate ? ' iterate' : ''} ${what}`;
}
