// http://hl7.org/fhir/R4/references.html
import { isUriMember, parseReference } from '@naravard/fhir';
import type { IndexRows } from './index-rows.ts';

type Edge = IndexRows['references'][number];

/**
 * The parameter, of nobody's to search by, of edges that no other one has: what contained resources, extensions and elements
 * without a parameter refer to. By them it is known that something in a resource is hidden from a caller.
 */
export const REFERS = '_refers';

/**
 * Edges to the resources here that a resource refers to in whatever element, as `referencesOf` of libs/fhir finds them,
 * without those that it has already and those to Patients, which are hidden from nobody. `base`: our own FHIR base.
 */
export function furtherEdges(resource: unknown, known: readonly Edge[], base: string): Edge[] {
  const found: Edge[] = [];
  let seen: Set<string> | undefined;
  visitUris(resource, '', (literal) => {
    const reference = parseReference(literal, base);
    if (reference.kind !== 'relative' || reference.type === 'Patient') return;
    const { type, id } = reference;
    seen ??= new Set(known.map(({ targetType, target }) => `${targetType}/${target}`));
    const key = `${type}/${id}`;
    if (seen.has(key)) return;
    seen.add(key);
    found.push({ param: REFERS, targetType: type, target: id, system: null, value: null });
  });
  return found;
}

function visitUris(value: unknown, name: string, visit: (value: string) => void): void {
  if (typeof value === 'string') {
    if (isUriMember(name)) visit(value);
  } else if (Array.isArray(value)) {
    for (const each of value) visitUris(each, name, visit);
  } else if (typeof value === 'object' && value !== null) {
    for (const member in value) visitUris((value as Record<string, unknown>)[member], member, visit);
  }
}
