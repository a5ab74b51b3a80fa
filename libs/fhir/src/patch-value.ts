import type { Child } from './definitions/definitions.ts';
import type { Exact, ExactObject } from './exact-json.ts';
import { copyExact, isExactObject } from './exact-json.ts';
import type { ElementTypes } from './patch-path.ts';

/** A value on its way to a JSON property; `sibling` is what goes to `_property` (id and extensions of a primitive). */
export interface Placed {
  property: string;
  array: boolean;
  value: Exact;
  sibling: Exact | undefined;
}

/**
 * Reads the `value` part of an operation as `element` of `type`: value[x], a resource, or, for elements without a type
 * of their own and types that Parameters cannot carry, nested parts named as the elements
 * (http://hl7.org/fhir/R4/fhirpatch.html). The JSON property of a choice follows from the value's type. A value of
 * another type than the element's is refused; kinds of string, uri and integer pass for one another, since the
 * validation of the result looks at their format.
 *
 * Gives a sentence for the caller where the value does not fit.
 */
export function placeValue(
  types: ElementTypes,
  type: string,
  element: string,
  part: ExactObject,
): Placed | string {
  const children = types.children(type, element);
  if (children.length === 0) return `${type} has no such element`;
  if (Array.isArray(part.part)) return placeParts(types, children, part.part);
  if (isExactObject(part.resource)) {
    const child = children.find((each) => each.type === 'Resource');
    return child ? placed(child, part.resource, undefined) : 'a resource does not belong there';
  }
  const names = Object.keys(part).filter((name) => /^_?value[A-Z]/.test(name));
  const suffix = (names[0] ?? '').replace(/^_?value/, '');
  if (!suffix || names.some((name) => name.replace(/^_?value/, '') !== suffix))
    return 'it needs exactly one value';
  const child = childFor(types, children, suffix);
  if (!child) return `a value${suffix} does not belong there`;
  const value = part[`value${suffix}`];
  return placed(child, value ?? null, part[`_value${suffix}`]);
}

const placed = (child: Child, value: Exact, sibling: Exact | undefined): Placed => ({
  property: child.property,
  array: child.array,
  value: copyExact(value),
  sibling: sibling === undefined ? undefined : copyExact(sibling),
});

/** The type of a choice that `suffix` names, exactly if possible. */
function childFor(types: ElementTypes, children: readonly Child[], suffix: string): Child | undefined {
  const lower = suffix.charAt(0).toLowerCase() + suffix.slice(1);
  const given = types.type(lower)?.kind === 'primitive' ? lower : suffix;
  return (
    children.find(({ type }) => type === given) ??
    children.find(
      ({ type }) =>
        types.isA(type, given) || types.isA(given, type) || (type === 'xhtml' && given === 'string'),
    )
  );
}

function placeParts(
  types: ElementTypes,
  children: readonly Child[],
  parts: readonly Exact[],
): Placed | string {
  const child = children[0];
  if (!child || children.length > 1)
    return 'parts do not say which type of a choice is meant; name it in full';
  const value: ExactObject = {};
  for (const part of parts) {
    if (!isExactObject(part) || typeof part.name !== 'string') return 'a part of the value has no name';
    const inner = placeValue(types, child.type, part.name, part);
    if (typeof inner === 'string') return inner;
    if (!inner.array && Object.hasOwn(value, inner.property)) return 'a part of the value occurs twice';
    setMember(value, inner);
  }
  return { property: child.property, array: child.array, value, sibling: undefined };
}

/** Sets a single element, or appends to a repeating one. */
export function setMember(holder: ExactObject, { property, array, value, sibling }: Placed): void {
  if (array) {
    const list = holder[property];
    spliceList(holder, property, Array.isArray(list) ? list.length : 0, 0, { value, sibling });
    return;
  }
  if (value === null) delete holder[property];
  else holder[property] = value;
  if (sibling === undefined) delete holder[`_${property}`];
  else holder[`_${property}`] = sibling;
}

/**
 * Array.splice on a repeating element, together with the parallel array of its primitives' ids and extensions
 * (http://hl7.org/fhir/R4/json.html#primitive). What ends empty goes. Returns what was removed.
 */
export function spliceList(
  holder: ExactObject,
  property: string,
  index: number,
  remove: 0 | 1,
  item?: { value: Exact; sibling: Exact | undefined },
): { value: Exact; sibling: Exact | undefined } | undefined {
  const list = Array.isArray(holder[property]) ? holder[property] : [];
  const beside = Array.isArray(holder[`_${property}`]) ? (holder[`_${property}`] as Exact[]) : undefined;
  const siblings = beside ?? (item?.sibling === undefined ? undefined : []);
  while (siblings && siblings.length < Math.max(list.length, index)) siblings.push(null);
  const removed = list.splice(index, remove, ...(item ? [item.value] : []));
  const apart = siblings?.splice(index, remove, ...(item ? [item.sibling ?? null] : []));
  if (list.length) holder[property] = list;
  else delete holder[property];
  if (siblings?.some((each) => each !== null)) holder[`_${property}`] = siblings;
  else delete holder[`_${property}`];
  const value = removed[0];
  return value === undefined ? undefined : { value, sibling: apart?.[0] ?? undefined };
}
