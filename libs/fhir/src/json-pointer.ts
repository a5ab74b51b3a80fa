import type { Exact } from './exact-json.ts';
import { isExactObject } from './exact-json.ts';

/** A parsed JSON Pointer; [] is the whole document. */
export type Pointer = readonly string[];

/** Parses a JSON Pointer (RFC 6901, sections 3 and 4), or gives undefined where it is not one. */
export function parsePointer(text: string): Pointer | undefined {
  if (text === '') return [];
  if (!text.startsWith('/') || /~(?![01])/.test(text)) return undefined;
  return text
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export const printPointer = (pointer: Pointer): string =>
  pointer.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** A pointer into a resource in FHIRPath's form: /name/0/family is `Patient.name[0].family`. */
export function printExpression(resourceType: string, pointer: Pointer): string {
  return pointer.reduce(
    (path, token) => (arrayIndex(token) === undefined ? `${path}.${token}` : `${path}[${token}]`),
    resourceType,
  );
}

/** The value at a pointer; undefined where there is none. Inherited members are never seen. */
export function valueAt(document: Exact, pointer: Pointer): Exact | undefined {
  let value: Exact | undefined = document;
  for (const token of pointer) {
    if (value === undefined) return undefined;
    value = memberOf(value, token);
  }
  return value;
}

function memberOf(value: Exact, token: string): Exact | undefined {
  if (Array.isArray(value)) {
    const index = arrayIndex(token);
    return index === undefined ? undefined : value[index];
  }
  return isExactObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}

/** An array index as RFC 6901 writes it (no sign, no leading zero). */
export const arrayIndex = (token: string): number | undefined =>
  /^(?:0|[1-9]\d{0,8})$/.test(token) ? Number(token) : undefined;
