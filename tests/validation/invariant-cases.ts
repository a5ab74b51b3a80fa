import type { Definitions, InvariantDefinition } from '@naravard/fhir';
import { isCompiled } from '../../libs/fhir/src/validate/invariants.ts';

/** An invariant and one type of element that it is stated on. */
export interface InvariantCase {
  name: string;
  definition: InvariantDefinition;
  type: string;
}

/** Every invariant that runs as FHIRPath, once per concrete type; those of DomainResource for CarePlan only. */
export function invariantCases(definitions: Definitions): InvariantCase[] {
  const cases = new Map<string, InvariantCase>();
  const add = (invariants: readonly InvariantDefinition[], type: string): void => {
    for (const definition of invariants.filter(isCompiled)) {
      const inherited = definition.key.startsWith('dom-') && type !== 'CarePlan';
      if (definitions.type(type)?.abstract || inherited) continue;
      const name = `${definition.key} on ${type}`;
      cases.set(`${name} ${definition.expression}`, { name, definition, type });
    }
  };
  const visited = new Set<string>();
  const visit = (name: string): void => {
    const type = definitions.type(name);
    if (!type || visited.has(name)) return;
    visited.add(name);
    add(type.invariants, name);
    for (const element of type.elements.values()) {
      for (const { code } of element.types) {
        visit(code);
        add(element.invariants, code);
      }
    }
  };
  for (const type of definitions.resourceTypes) visit(type);
  return [...cases.values()];
}
