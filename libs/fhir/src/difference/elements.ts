import type { Child } from '../definitions/definitions.ts';
import { type Exact, type ExactObject, isExactNumber, isExactObject } from '../exact-json.ts';
import type { ElementTypes } from '../patch-path.ts';

/** A value of an element: of a primitive with the id and extensions that JSON has beside it. */
export interface Element {
  readonly type: string;
  readonly value: Exact;
  readonly beside: Exact | undefined;
}

/** What an object has of an element: one value, or those of a list. */
export interface Found {
  readonly one?: Element | undefined;
  readonly list?: readonly Element[];
}

/** An element by its name in FHIRPath, without the type of a choice, and the properties that it may have in JSON. */
export interface Named {
  readonly name: string;
  readonly children: readonly Child[];
}

/** The elements that one of two objects of a type has, in R4's order. */
export function elementsIn(types: ElementTypes, type: string, ...objects: readonly ExactObject[]): Named[] {
  const names = [...(types.type(type)?.elements.keys() ?? [])];
  return names.flatMap((name) => {
    const children = types.children(type, name);
    return objects.some((object) => children.some((child) => has(object, child))) ? [{ name, children }] : [];
  });
}

const has = (object: ExactObject, { property }: Child): boolean =>
  Object.hasOwn(object, property) || Object.hasOwn(object, `_${property}`);

/** What an object has of an element; undefined for nothing. */
export function foundIn(object: ExactObject, { children }: Named): Found | undefined {
  const child = children.find((each) => has(object, each));
  if (!child) return undefined;
  const { property, type, array } = child;
  const [value, beside] = [object[property], object[`_${property}`]];
  if (!array) return { one: element(type, value ?? null, beside) };
  const [values, besides] = [value, beside].map((each) => (Array.isArray(each) ? each : []));
  const length = Math.max(values?.length ?? 0, besides?.length ?? 0);
  return {
    list: Array.from({ length }, (_, at) => element(type, values?.[at] ?? null, besides?.[at] ?? undefined)),
  };
}

/** Of a resource within another, its own type. */
const element = (type: string, value: Exact, beside: Exact | undefined): Element => ({
  type: type === 'Resource' && isExactObject(value) ? String(value.resourceType) : type,
  value,
  beside,
});

export const isPrimitive = (types: ElementTypes, type: string): boolean =>
  types.type(type)?.kind === 'primitive';

/** Whether two say the same: numbers by their digits, objects whatever the order of their members. */
export function sameElement(a: Found, b: Found): boolean {
  if (a.list && b.list) {
    const { list } = b;
    return (
      a.list.length === list.length && a.list.every((one, at) => sameElement({ one }, { one: list[at] }))
    );
  }
  const [first, second] = [a.one, b.one];
  return (
    first?.type === second?.type &&
    same(first?.value, second?.value) &&
    same(first?.beside ?? null, second?.beside ?? null)
  );
}

function same(a: Exact | undefined, b: Exact | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, at) => same(each, b[at]));
  }
  if (isExactObject(a) && isExactObject(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]))
    );
  }
  if (a !== undefined && b !== undefined && isExactNumber(a) && isExactNumber(b))
    return a.rawJSON === b.rawJSON;
  return a === b;
}
