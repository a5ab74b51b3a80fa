// http://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.component
import type { Definitions, SearchParameterDefinition } from '@naravard/fhir';
import { faceOf } from '../query/condition.ts';
import { compileExpression, type Path } from './expression.ts';
import type { Component, Parameter, SimpleType } from './parameter.ts';

type ComponentDefinition = NonNullable<SearchParameterDefinition['components']>[number];

/** A component before it is known whether its expression leads to values of its type. */
interface Draft {
  readonly definition: SearchParameterDefinition & { readonly type: SimpleType };
  readonly expression: string;
}

const RESOURCE = '%resource.';

/**
 * The components of a composite parameter whose own expression leads to `elements`. Null when one of them is defined
 * by no parameter of the type or finds nothing there.
 */
export function compileComponents(
  definitions: Definitions,
  resourceType: string,
  composite: SearchParameterDefinition,
  elements: readonly Path[],
  known: readonly SearchParameterDefinition[],
): readonly Component[] | null {
  const drafts = draftsOf(composite.components ?? [], known);
  if (!drafts) return null;
  for (const paired of pairings(drafts)) {
    const components = paired.map((draft, index) =>
      compileOne(definitions, resourceType, `${composite.code}$${index + 1}`, draft, elements),
    );
    if (components.every((component) => component !== null)) return components;
  }
  return null;
}

function draftsOf(
  components: readonly ComponentDefinition[],
  known: readonly SearchParameterDefinition[],
): Draft[] | null {
  const drafts: Draft[] = [];
  for (const { definition: url, expression } of components) {
    const definition = known.find((each) => each.url === url);
    if (!definition || !isSimple(definition)) return null;
    drafts.push({ definition, expression });
  }
  return drafts.length > 1 ? drafts : null;
}

const isSimple = (
  definition: SearchParameterDefinition,
): definition is SearchParameterDefinition & { readonly type: SimpleType } =>
  definition.type !== 'composite' && definition.type !== 'special';

/**
 * As published, and with the expressions of two components exchanged: R4 gives DocumentReference.relationship's
 * reference the code of relatesTo and its token the target.
 */
function pairings(drafts: readonly Draft[]): (readonly Draft[])[] {
  const [first, second] = drafts;
  if (!first || !second || drafts.length !== 2) return [drafts];
  return [
    drafts,
    [
      { ...first, expression: second.expression },
      { ...second, expression: first.expression },
    ],
  ];
}

function compileOne(
  definitions: Definitions,
  resourceType: string,
  name: string,
  { definition, expression }: Draft,
  elements: readonly Path[],
): Component | null {
  const ofResource = expression.startsWith(RESOURCE);
  const relative = ofResource ? expression.slice(RESOURCE.length) : expression;
  const within = new Map<string, readonly Path[]>();
  for (const { type } of elements) {
    within.set(type, compileExpression(definitions, ofResource ? resourceType : type, relative));
  }
  const parameter: Parameter & { type: SimpleType } = {
    resourceType,
    code: name,
    type: definition.type,
    url: definition.url,
    stored: name,
    only: null,
    targets: definition.targets ?? [],
    column: null,
    paths: [...within.values()].flat(),
  };
  const isRead = parameter.paths.some((path) => faceOf(parameter).extract(parameter, path, '') !== undefined);
  return isRead ? { parameter, name: definition.code, within, ofResource } : null;
}
