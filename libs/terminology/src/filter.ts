// http://hl7.org/fhir/R4/valueset-filter-operator.html
import { Problem } from '@naravard/fhir';
import type { CodeSystem, Concept } from './code-system.ts';
import type { FilterSource } from './resources.ts';

/** Which concepts of a code system a filter of a value set selects. */
export function filterTest(
  { property, op, value }: FilterSource,
  system: CodeSystem,
): (concept: Concept) => boolean {
  switch (op) {
    case '=':
      return (concept) => valuesOf(concept, property, system).includes(value);
    case 'is-a':
      return inSet(system.below(value));
    case 'descendent-of':
      return inSet(system.below(value).filter((code) => code !== value));
    case 'is-not-a': {
      const below = new Set(system.below(value));
      return ({ code }) => !below.has(code);
    }
    case 'generalizes':
      return inSet(system.above(value));
    case 'regex': {
      // Value sets come with the service: their expressions are no input of a caller.
      const pattern = new RegExp(`^(?:${value})$`, 'u');
      return (concept) => valuesOf(concept, property, system).some((each) => pattern.test(each));
    }
    case 'in':
      return (concept) => overlaps(valuesOf(concept, property, system), value);
    case 'not-in':
      return (concept) => !overlaps(valuesOf(concept, property, system), value);
    case 'exists':
      return (concept) => valuesOf(concept, property, system).length > 0 === (value === 'true');
    default:
      throw new Problem('unprocessable', `The filter '${op}' of a value set is not known in R4.`);
  }
}

/** `concept` and `code` name the code, `parent` and `child` its neighbours, all else a property. */
function valuesOf(concept: Concept, property: string, system: CodeSystem): readonly string[] {
  switch (property) {
    case 'concept':
    case 'code':
      return [concept.code];
    case 'display':
      return concept.display === null ? [] : [concept.display];
    case 'parent':
      return system.parents(concept.code);
    case 'child':
      return system.children(concept.code);
    default:
      return concept.properties.get(property) ?? [];
  }
}

function inSet(codes: readonly string[]): (concept: Concept) => boolean {
  const set = new Set(codes);
  return ({ code }) => set.has(code);
}

/** `value` is a list of codes separated by commas. */
const overlaps = (values: readonly string[], value: string): boolean => {
  const listed = value.split(',').map((each) => each.trim());
  return values.some((each) => listed.includes(each));
};
