import { Problem } from '@naravard/fhir';
import { type Catalog, parseQuery } from '@naravard/search';
import type { GranularKeys } from './smart-scopes.ts';

/** What a granular scope asks for, as a search for it would be read: by the catalog as it is now. */
export const granularKeys =
  (catalog: () => Catalog, base: string): GranularKeys =>
  (type, param, value) => {
    const [condition, ...more] = conditionsOf(catalog(), type, [param, value], base);
    if (condition?.kind !== 'token' || more.length || condition.modifier !== null) return undefined;
    const { keys, identifiers, texts, parameter } = condition;
    return parameter.column === 'id' || identifiers.length || texts.length ? undefined : keys;
  };

function conditionsOf(catalog: Catalog, type: string, pair: readonly [string, string], base: string) {
  if (!catalog.definitions.resourceTypes.has(type)) return [];
  try {
    return parseQuery(catalog, [type], [pair], { handling: 'strict', base }).parts[0]?.conditions ?? [];
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}
