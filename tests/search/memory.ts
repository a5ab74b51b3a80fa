import { loadGuide } from '@naravard/care';
import { loadDefinitions, Problem } from '@naravard/fhir';
import {
  type Condition,
  createCatalog,
  createExtractor,
  matches,
  type ParseOptions,
  parseQuery,
  type Query,
} from '@naravard/search';
import { loadTerminology } from '@naravard/terminology';

export const base = 'https://fhir.example.se/fhir';
export const now = new Date('2026-11-23T12:00:00Z');
export const catalog = createCatalog(loadDefinitions(), loadTerminology(loadGuide().definitions));
export const extract = createExtractor(catalog, base);

/** Reads `a=b&c=d` as the HTTP layer does. */
export function query(type: string, text: string, options: Partial<ParseOptions> = {}): Query {
  return parseQuery(catalog, [type], [...new URLSearchParams(text)], {
    handling: 'strict',
    base,
    now,
    ...options,
  });
}

/** The one condition of a search. */
export function condition(type: string, text: string): Condition {
  const [only] = query(type, text).parts[0]?.conditions ?? [];
  if (!only) throw new Error(`${type}?${text} has no condition`);
  return only;
}

interface Resource {
  readonly resourceType: string;
  readonly id?: string;
  readonly [element: string]: unknown;
}

/** Whether a search finds a resource, in memory. */
export function finds(text: string, resource: Resource, lastUpdated = '2026-11-23T10:00:00.000Z'): boolean {
  const { resourceType: type, id = 'x' } = resource;
  const [part] = query(type, text).parts;
  return part !== undefined && matches(part, extract(type, id, resource), { id, lastUpdated });
}

/** The problem that a search is refused with. */
export function refusal(type: string, text: string, options: Partial<ParseOptions> = {}): Problem {
  try {
    query(type, text, options);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`${type}?${text} is not refused`);
}
