import type { Exact, ExactObject } from './exact-json.ts';
import { copyExact, isExactObject, readExact, sameValue } from './exact-json.ts';
import type { Pointer } from './json-pointer.ts';
import { printExpression } from './json-pointer.ts';
import { Problem } from './outcome.ts';
import { checkIdentity, isProtected, typeOf } from './patch-limits.ts';

/**
 * Applies a JSON Merge Patch to a resource's text (https://www.rfc-editor.org/rfc/rfc7396): members of the patch replace those
 * of the resource, objects are merged, null removes, and a list is replaced whole. What it does not touch, and what it brings,
 * keeps its digits. The result is still to be validated. An element that loses its last part goes too, which the RFC would
 * leave empty, and FHIR has no empty elements. A resource's id, type, version and time cannot be patched; said as they are,
 * they may be there.
 * @throws Problem 'structure' when the patch is not one; 'unprocessable' when it changes what the server keeps
 */
export function applyMergePatch(text: string, patchText: string): string {
  const before = readExact(text);
  const patch = readExact(patchText);
  if (!isExactObject(patch)) {
    throw new Problem(
      'structure',
      'A merge patch is an object with the elements to change: send for example {"status": "inactive"}.',
    );
  }
  const after = merged(copyExact(before), patch, [], typeOf(before));
  checkIdentity(before, after);
  return JSON.stringify(after);
}

function merged(
  target: Exact | undefined,
  patch: ExactObject,
  at: Pointer,
  resourceType: string,
): ExactObject {
  const result: ExactObject = isExactObject(target) ? target : {};
  for (const name of Object.keys(patch)) {
    const pointer = [...at, name];
    const value = patch[name] as Exact;
    const current = Object.hasOwn(result, name) ? result[name] : undefined;
    if (isProtected(pointer) && !(current !== undefined && sameValue(current, value)))
      throw kept(pointer, resourceType);
    if (value === null) delete result[name];
    else if (isExactObject(value)) {
      const inner = merged(current, value, pointer, resourceType);
      if (isExactObject(current) && Object.keys(inner).length === 0) delete result[name];
      else result[name] = inner;
    } else result[name] = copyExact(value);
  }
  return result;
}

function kept(pointer: Pointer, resourceType: string): Problem {
  const expression = printExpression(resourceType, pointer);
  return new Problem('unprocessable', {
    severity: 'error',
    expression,
    diagnostics: `The merge patch cannot be applied: ${expression} is kept by the server and cannot be patched; leave it out.`,
  });
}
