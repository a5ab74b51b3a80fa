import { type Engine, textOf } from '@naravard/rest';
import { parseQuery } from '@naravard/search';
import type { Stored, Transaction } from '@naravard/store';

export interface Found<Resource> {
  readonly stored: Stored;
  readonly resource: Resource;
}

/** At most so many are looked at: more units than are ever invited, more parts than are ever written. */
const most = '200';

/** What the caller finds of a type, within the transaction. */
export async function findAll<Resource>(
  engine: Engine,
  transaction: Transaction,
  type: string,
  pairs: readonly (readonly [name: string, value: string])[],
): Promise<Found<Resource>[]> {
  const asked = [...pairs, ['_count', most]] as const;
  const query = parseQuery(engine.catalog, [type], asked, {
    handling: 'strict',
    base: engine.base,
    needs: engine.searchNeeds,
  });
  const { resources } = await transaction.search(query);
  return resources.map((stored) => ({ stored, resource: JSON.parse(textOf(stored)) as Resource }));
}
