import type { Exact } from './exact-json.ts';
import { isExactObject } from './exact-json.ts';
import type { Pointer } from './json-pointer.ts';
import { Problem } from './outcome.ts';

/** Operations that one patch may hold; a hand-written patch has a few, a generated one some tens. */
export const maxOperations = 1_000;

/** Whether the server, and no patch, says what stands there (http://hl7.org/fhir/R4/resource.html#Meta). */
export function isProtected(pointer: Pointer): boolean {
  if (pointer.length === 1) return pointer[0] === 'id' || pointer[0] === 'resourceType';
  return (
    pointer.length === 2 &&
    pointer[0] === 'meta' &&
    (pointer[1] === 'versionId' || pointer[1] === 'lastUpdated')
  );
}

/** The type of the resource that a patch applies to. */
export function typeOf(document: Exact): string {
  if (isExactObject(document) && typeof document.resourceType === 'string') return document.resourceType;
  throw new Problem('structure', 'A patch applies to a resource: a JSON object with a resourceType.');
}

/** A patch that replaces the whole document may not turn it into another resource. */
export function checkIdentity(before: Exact, after: Exact): void {
  const resourceType = typeOf(before);
  for (const name of ['resourceType', 'id']) {
    if (!isExactObject(before) || (isExactObject(after) && after[name] === before[name])) continue;
    throw new Problem('unprocessable', {
      severity: 'error',
      expression: `${resourceType}.${name}`,
      diagnostics: `The patch changes ${name}, which the server keeps: leave it as it is.`,
    });
  }
}
