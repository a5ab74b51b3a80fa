import { evalFhirPathTyped } from '@medplum/core';
import type { Definitions } from './definitions/definitions.ts';
import type { Exact } from './exact-json.ts';
import { isExactNumber, isExactObject } from './exact-json.ts';
import type { Pointer } from './json-pointer.ts';
import { arrayIndex, valueAt } from './json-pointer.ts';

export type ElementTypes = Pick<Definitions, 'children' | 'isA' | 'type'>;

const maxLength = 1_000;
const LITERAL = /'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/gs;
const EXTENSION = /'(?:[^'\\]|\\.)*'|\bextension\(\s*('(?:[^'\\]|\\.)*')\s*\)/gs;

/**
 * The functions that a patch path may call: those that select elements, and whose cost grows with the resource only.
 * Left out are what @medplum/core answers wrongly (descendants, repeat, children), what leaves the resource (resolve),
 * and what can be made to cost without bound (matches; union, distinct and the like).
 */
const functions = new Set(
  'where first last single skip take tail ofType as is exists empty not all count select hasValue startsWith endsWith contains'.split(
    ' ',
  ),
);
const operators = new Set(['and', 'or', 'xor', 'implies', 'in', 'div', 'mod']);

/** Why a path is not evaluated, in words for the caller; undefined when it may be. */
export function pathFault(path: string): string | undefined {
  if (path.length > maxLength) return `the path is longer than ${maxLength} characters`;
  const bare = withoutExtensionCalls(path).replace(LITERAL, "''");
  if (/[|%]/.test(bare)) return 'a patch path may not hold | or %';
  for (const [, name = ''] of bare.matchAll(/([A-Za-z_]\w*)\s*\(/g)) {
    if (!functions.has(name) && !operators.has(name))
      return `a patch path may not call ${name.slice(0, 32)}()`;
  }
  return undefined;
}

/** `extension(url)` is defined as this `where`, which, unlike the function, keeps track of where it is. */
const withoutExtensionCalls = (path: string): string =>
  path.replace(EXTENSION, (all, url?: string) => (url === undefined ? all : `extension.where(url = ${url})`));

/**
 * Where the elements stand that a FHIRPath selects in a resource; undefined when the path cannot be evaluated or gives
 * something else than elements of the resource.
 */
export function locate(
  document: Exact,
  resourceType: string,
  path: string,
  types: ElementTypes,
): Pointer[] | undefined {
  const root = { type: resourceType, value: view(document), path: resourceType };
  let found: { value: unknown; path?: string }[];
  try {
    found = evalFhirPathTyped(withoutExtensionCalls(path), [root]);
  } catch {
    // The evaluator's messages quote the resource, so they are not passed on.
    return undefined;
  }
  const pointers: Pointer[] = [];
  for (const { path: where, value } of found) {
    const pointer =
      where === undefined ? undefined : resolve(where, root.value as Exact, resourceType, types);
    // A place that holds something else than was found would be the evaluator's mistake: rather no patch than a wrong one.
    if (!pointer || valueAt(root.value as Exact, pointer) !== value) return undefined;
    pointers.push(pointer);
  }
  return pointers;
}

/**
 * A copy for FHIRPath: numbers as numbers, and a primitive without value, which JSON has beside it only (`_given`), as an
 * object of its id and extensions, so that it is an element and counts among its siblings.
 */
function view(value: Exact): unknown {
  if (Array.isArray(value)) return value.map(view);
  if (typeof value !== 'object' || value === null) return value;
  if (isExactNumber(value)) return Number(value.rawJSON);
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) copy[name] = view(value[name] as Exact);
  for (const name of Object.keys(value)) if (name.startsWith('_')) fill(copy, name.slice(1), copy[name]);
  return copy;
}

function fill(copy: Record<string, unknown>, name: string, beside: unknown): void {
  const values = copy[name];
  if (values === undefined || values === null) copy[name] = beside;
  else if (Array.isArray(values) && Array.isArray(beside))
    copy[name] = values.map((each, index) => each ?? beside[index]);
}

/** `Patient.name[0].deceased` -> name, 0, deceasedBoolean. */
function resolve(
  where: string,
  document: Exact,
  resourceType: string,
  types: ElementTypes,
): Pointer | undefined {
  const tokens = where.replaceAll('[', '.').replaceAll(']', '').split('.');
  if (tokens.shift() !== resourceType) return undefined;
  const pointer: string[] = [];
  for (const token of tokens) {
    const value = valueAt(document, pointer);
    if (Array.isArray(value) || (isExactObject(value) && Object.hasOwn(value, token))) {
      pointer.push(token);
      continue;
    }
    const type = typeAt(document, pointer, types);
    const choice = type === undefined ? [] : types.children(type, token);
    const present = choice.find(({ property }) => isExactObject(value) && Object.hasOwn(value, property));
    if (!present) return undefined;
    pointer.push(present.property);
  }
  return pointer;
}

/** The FHIR type of what stands at a pointer ('CarePlan.activity', 'HumanName'); undefined where R4 has no such element. */
export function typeAt(document: Exact, pointer: Pointer, types: ElementTypes): string | undefined {
  let type = resourceTypeOf(document);
  let value: Exact | undefined = document;
  for (const token of pointer) {
    const parent: Exact | undefined = value;
    value = parent === undefined ? undefined : valueAt(parent, [token]);
    if (!Array.isArray(parent)) type = type === undefined ? undefined : types.children(type, token)[0]?.type;
    else if (arrayIndex(token) === undefined) return undefined;
    if (type === 'Resource') type = resourceTypeOf(value) ?? type;
  }
  return type;
}

const resourceTypeOf = (value: Exact | undefined): string | undefined =>
  isExactObject(value) && typeof value.resourceType === 'string' ? value.resourceType : undefined;
