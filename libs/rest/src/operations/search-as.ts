import type { RequestContext } from '@naravard/store';
import type { BundleLink } from '../bundle-text.ts';
import type { Call, Pair } from '../call.ts';
import type { Engine } from '../engine.ts';
import { searchset } from '../interactions/search.ts';
import type { Reply } from '../reply.ts';
import { parseSearch, reachOfType } from '../search-reach.ts';

/** As many as one answer holds. */
const most = 200;

/**
 * A search of an operation with rights of its own: the newest of a type, in one page, since a link to the next would ask
 * with those of the caller.
 */
export async function searchAs(
  engine: Engine,
  { id }: Pick<Call, 'id'>,
  context: RequestContext,
  type: string,
  pairs: readonly Pair[],
): Promise<Reply> {
  const asked: Pair[] = [...pairs, ['_sort', '-_lastUpdated'], ['_count', String(most)]];
  const reading = { lenient: false, now: Date.parse(context.at) };
  const query = parseSearch(engine, reachOfType(type), asked, reading);
  const page = await engine.store.search({ ...context, query: query.self }, query);
  const path = id === '' ? context.interaction : `Patient/${id}/${context.interaction}`;
  const links: BundleLink[] = [{ relation: 'self', url: `${engine.base}/${path}` }];
  return { status: 200, body: searchset(engine, query, page, links) };
}
