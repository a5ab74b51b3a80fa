import { parseSubset } from '@naravard/search';
import type { Call } from './call.ts';
import type { Engine } from './engine.ts';

/**
 * What a read gives of the resource: http://hl7.org/fhir/R4/http.html#summary.
 * @throws Problem 'bad-request'.
 */
export function subsetOf(engine: Engine, { type, query }: Call): (text: string) => string {
  const subset = parseSubset(engine.definitions, type, query);
  return subset ? (text) => engine.subset(text, subset) : (text) => text;
}
