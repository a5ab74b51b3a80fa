import type { Found } from '@naravard/fhir';
import type { Stored } from '@naravard/store';
import { textOf } from '../reply.ts';

/** How often more may be named after what was found; chains of references in care are shorter. */
const rounds = 5;

interface Key {
  readonly type: string;
  readonly id: string;
}

interface Finding {
  /** What is there already, by `Type/id`. */
  readonly known: ReadonlyMap<string, object | undefined>;
  /** `Type/id`, or a search, of a reference; undefined for what is not looked for here. */
  keyOf(reference: string): string | undefined;
  readAll(keys: readonly Key[]): Promise<readonly (Stored | undefined)[]>;
  /** Finds by `Type?query`; a Bundle. */
  search?(key: string): Promise<object>;
}

/**
 * Finds what is needed, asked again with what was found until nothing new is named. What a round names is read together: so
 * many things take no more statements than few.
 */
export async function foundFor(
  { known, keyOf, readAll, search }: Finding,
  needs: (found: Found) => readonly string[],
): Promise<Found> {
  const all = new Map(known);
  const found: Found = (reference) => all.get(keyOf(reference) ?? '');
  for (let round = 0; round < rounds; round++) {
    const wanted = new Set(needs(found).flatMap((reference) => keyOf(reference) ?? []));
    const unknown = [...wanted].filter((key) => !all.has(key));
    if (!unknown.length) break;
    const searches = search ? unknown.filter(isSearch) : [];
    const keys = unknown.filter((key) => !isSearch(key));
    const [pages, read] = await Promise.all([
      Promise.all(searches.map((key) => search?.(key))),
      readAll(keys.map(splitKey)),
    ]);
    for (const [at, key] of searches.entries()) all.set(key, pages[at]);
    for (const [at, key] of keys.entries()) all.set(key, resourceOf(read[at]));
  }
  return found;
}

/** An address of another server may have a query too, and is not asked. */
export const isSearch = (key: string): boolean => /^[A-Z][A-Za-z]+\?/.test(key);

const resourceOf = (stored: Stored | undefined): object | undefined =>
  stored && !stored.deleted ? (JSON.parse(textOf(stored)) as object) : undefined;

const splitKey = (key: string): Key => {
  const [type = '', id = ''] = key.split('/');
  return { type, id };
};
