// http://hl7.org/fhir/R4/searchparameter.html
import type { Definitions, SearchParameterDefinition } from '@naravard/fhir';
import { faceOf } from '../query/condition.ts';
import { compileComponents } from './components.ts';
import { compileExpression, type Path } from './expression.ts';
import type { Parameter, ParameterType } from './parameter.ts';

/** A search parameter that an administrator has posted, for one type. */
export interface CustomParameter {
  readonly base: string;
  readonly definition: SearchParameterDefinition;
  /** Whether every resource of the type is indexed by it; until then it cannot be searched by. */
  readonly isReady: boolean;
  /** How many of them are, 0-100. */
  readonly percent: number;
}

/** The custom parameters at one version of the catalog. */
export interface CustomParameters {
  readonly version: number;
  readonly parameters: readonly CustomParameter[];
}

/** Why a definition cannot be used, by the element of the SearchParameter that has to change. */
export interface Refused {
  readonly element: 'code' | 'type' | 'expression' | 'component';
  readonly reason: string;
}

/**
 * A definition for one type, compiled. Its values are kept under its own code and in index rows only: it never shares
 * edges with a parameter of R4 and never fills a column of the key row. `known`: the type's other parameters, which
 * components may name.
 */
export function compileCustom(
  definitions: Definitions,
  base: string,
  definition: SearchParameterDefinition,
  known: readonly SearchParameterDefinition[],
): Parameter | Refused {
  const { code, type, url, expression = '', targets = [] } = definition;
  if (!CODE.test(code))
    return { element: 'code', reason: 'Write letters, digits and hyphens after a letter, 64 at most.' };
  if (known.some((each) => each.code === code))
    return { element: 'code', reason: `${base} has a parameter '${code}' already: choose another code.` };
  if (type === 'special') return { element: 'type', reason: `A parameter of type ${type} cannot be made.` };
  const paths = pathsOf(definitions, base, expression);
  if ('reason' in paths) return paths;
  const components =
    type === 'composite' ? compileComponents(definitions, base, definition, paths.found, known) : undefined;
  if (components === null) {
    const reason = `Name at least two parameters of ${base} by their URLs, each with an expression that selects what it searches.`;
    return { element: 'component', reason };
  }
  const [only = null, ...others] = new Set(paths.found.map((path) => path.only));
  const narrowed = others.length ? null : only;
  const parameter: Parameter = {
    resourceType: base,
    code,
    type,
    url,
    stored: code,
    only: narrowed,
    targets: narrowed === null ? targets : [narrowed],
    column: null,
    paths: paths.found,
    custom: true,
    ...(components && { components }),
  };
  return components || isRead(parameter) ? parameter : unread(base, type, paths.found);
}

/** R4's longest, of a parameter of 14 types, has 1,485. */
const LONGEST = 4_000;

const CODE = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;

const isRead = (parameter: Parameter): boolean =>
  parameter.paths.some((path) => faceOf(parameter).extract(parameter, path, '') !== undefined);

function unread(base: string, type: ParameterType, paths: readonly Path[]): Refused {
  const found = [...new Set(paths.map((path) => path.type))].join(', ');
  return {
    element: 'type',
    reason: `In ${base} the expression selects ${found}, which a parameter of type ${type} cannot search.`,
  };
}

function pathsOf(
  definitions: Definitions,
  base: string,
  expression: string,
): { readonly found: readonly Path[] } | Refused {
  if (expression.length > LONGEST) {
    return { element: 'expression', reason: `An expression has at most ${LONGEST} characters.` };
  }
  try {
    const found = compileExpression(definitions, base, expression);
    if (found.length) return { found };
    return { element: 'expression', reason: `The expression selects nothing in ${base}: name its elements.` };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    return {
      element: 'expression',
      reason: `The expression cannot be compiled (${why}): write paths joined by |, with where(), as(), ofType() and extension().`,
    };
  }
}

export const isRefused = (compiled: Parameter | Refused): compiled is Refused => 'reason' in compiled;
