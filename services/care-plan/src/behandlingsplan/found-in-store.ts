import type { Found } from '@naravard/fhir';
import { textOf } from '@naravard/rest';
import type { Transaction } from '@naravard/store';

/** How often more may be named after what was found. */
const rounds = 5;

/**
 * Reads what is needed (`Type/id`), asked again with what was found until nothing new is named; whole, as it lies, but nothing
 * that the caller may not see. `known` is what is there already.
 */
export async function foundIn(
  transaction: Transaction,
  known: ReadonlyMap<string, object>,
  needs: (found: Found) => readonly string[],
): Promise<Found> {
  const all = new Map<string, object | undefined>(known);
  const found: Found = (reference) => all.get(reference.replace(/\/_history\/.*$/, ''));
  for (let round = 0; round < rounds; round++) {
    const missing = [...new Set(needs(found))].filter((key) => !all.has(key));
    if (!missing.length) break;
    const stored = await transaction.current(missing.map(splitKey));
    for (const [index, key] of missing.entries()) {
      const each = stored[index];
      all.set(key, each && !each.deleted ? (JSON.parse(textOf(each)) as object) : undefined);
    }
  }
  return found;
}

const splitKey = (key: string): { type: string; id: string } => {
  const [type = '', id = ''] = key.split('/');
  return { type, id };
};
