import { loadDefinitions, Problem } from '@naravard/fhir';
import {
  createCatalog,
  createExtractor,
  matches,
  type ParseOptions,
  parseQuery,
  type Query,
} from '@naravard/search';

export const base = 'https://fhir.example.se/fhir';
export const now = new Date('2026-11-23T12:00:00Z');
export const catalog = createCatalog(loadDefinitions());
export const extract = createExtractor(catalog, base);

/** Reads `a=b&c=d` as the HTTP layer does. */
export function query(type: string, text: string, options: Partial<ParseOptions> = {}): Query {
  return parseQuery(catalog, type, [...new URLSearchParams(text)], {
    handling: 'strict',
    base,
    now,
    ...options,
  });
}

interface Resource {
  readonly resourceType: string;
  readonly id?: string;
  readonly [element: string]: unknown;
}

/** Whether a search finds a resource, in memory. */
export function finds(text: string, resource: Resource, lastUpdated = '2026-11-23T10:00:00.000Z'): boolean {
  const { resourceType: type, id = 'x' } = resource;
  return matches(query(type, text), extract(type, id, resource), { id, lastUpdated });
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
