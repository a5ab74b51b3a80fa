// http://hl7.org/fhir/R4/valueset-filter-operator.html
import { BoundedRegex, Problem } from '@naravard/fhir';
import type { CodeSystem, Concept } from './code-system.ts';
import type { FilterSource } from './resources.ts';

/**
 * Which concepts of a code system a filter of a value set selects. `loaded`: of a value set that came with the service or
 * was loaded by an administrator; the expressions of others are not run.
 */
export function filterTest(
  { property, op, value }: FilterSource,
  system: CodeSystem,
  loaded: boolean,
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
      if (!loaded) throw expressionOfCaller();
      const matching = matchingValues(value, property, system);
      return (concept) => valuesOf(concept, property, system).some((each) => matching.has(each));
    }
    case 'in': {
      const listed = listOf(value);
      return (concept) => valuesOf(concept, property, system).some((each) => listed.has(each));
    }
    case 'not-in': {
      const listed = listOf(value);
      return (concept) => !valuesOf(concept, property, system).some((each) => listed.has(each));
    }
    case 'exists':
      return (concept) => valuesOf(concept, property, system).length > 0 === (value === 'true');
    default:
      throw new Problem('unprocessable', `The filter '${op}' of a value set is not known in R4.`);
  }
}

/** @throws Problem 'unprocessable' for an expression that is none, or takes too long */
function matchingValues(value: string, property: string, system: CodeSystem): ReadonlySet<string> {
  try {
    const pattern = new RegExp(`^(?:${value})$`, 'u');
    const values = [...system.concepts()].flatMap((concept) => valuesOf(concept, property, system));
    return new BoundedRegex().matching(pattern, values);
  } catch (cause) {
    throw new Problem(
      'unprocessable',
      {
        severity: 'error',
        code: 'not-supported',
        diagnostics:
          'A filter regex of the value set is no regular expression, or takes too long: an administrator mends it, or names the codes.',
      },
      { cause },
    );
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

/** Codes separated by commas. */
const listOf = (value: string): ReadonlySet<string> => new Set(value.split(',').map((each) => each.trim()));

const expressionOfCaller = (): Problem =>
  new Problem('unprocessable', {
    severity: 'error',
    code: 'not-supported',
    diagnostics:
      'The filter regex is run in value sets that are loaded here alone: have this one loaded, or name the codes.',
  });
