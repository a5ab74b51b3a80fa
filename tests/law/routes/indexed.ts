import { loadDefinitions } from '@naravard/fhir';
import { createCatalog, createExtractor, type ParseOptions, parseQuery, type Query } from '@naravard/search';
import { loadTerminology } from '@naravard/terminology';
import { withoutProtected } from '../../../libs/rest/src/redaction/protected-rows.ts';
import type { Indexed } from '../../search/index-database.ts';
import { type Doc, isDeleted, keyOf, lastOf } from './told.ts';

export const base = 'http://localhost:8080/fhir';
const definitions = loadDefinitions();
export const catalog = createCatalog(definitions, loadTerminology());
export const extract = createExtractor(catalog, base);

/** What current resources are found by, each under `Type/id`. */
export function indexedOf(
  docs: readonly Doc[],
  lastUpdated: ReadonlyMap<string, string>,
): Map<string, Indexed> {
  return new Map(
    docs
      .filter((doc) => !isDeleted(doc))
      .map((doc) => {
        const { type, id } = doc;
        const rows = withoutProtected(type, extract(type, id, lastOf(doc).resource));
        return [
          keyOf(doc),
          { type, id, custodian: null, lastUpdated: lastUpdated.get(keyOf(doc)) ?? '', rows },
        ];
      }),
  );
}

/** `a=b&c=d` as the HTTP layer reads it. */
export const queryOf = (types: readonly string[], text: string, options: Partial<ParseOptions> = {}): Query =>
  parseQuery(catalog, types, [...new URLSearchParams(text)], {
    handling: 'strict',
    base,
    now: new Date('2026-11-05T12:00:00Z'),
    ...options,
  });
