import type { Query } from '@naravard/search';
import type { RequestContext, SearchPage, Store } from '@naravard/store';
import type { Page, RenderedPage, Rendering } from './rendering.ts';

/** First key of a cursor that stands before the end of the rendered ones, or right at it. */
const RENDERED = ':rendered';
const WRITTEN = ':written';

const none: SearchPage = { resources: [], included: [], includedAll: true };

/**
 * Rendered Provenance, of which `rendered` gives a page, then that which was written, in the order of any search. Pages go
 * backwards within the latter.
 */
export async function renderedFirst(
  search: Store['search'],
  context: RequestContext,
  query: Query,
  rendered: (page: Page) => Promise<RenderedPage>,
): Promise<SearchPage> {
  const { cursor, ...first } = query;
  const [stage, ...after] = cursor?.keys ?? [RENDERED];
  const isRendered = stage === RENDERED;
  const made = await rendered({
    count: isRendered ? query.count : 0,
    total: query.total,
    after: isRendered && after.length ? after : undefined,
  });
  const room = made.next ? 0 : query.count - made.resources.length;
  const isFull = query.count > 0 && room === 0;
  const asked = isRendered || stage === WRITTEN ? first : query;
  const written = isFull && !query.total ? none : await search(context, { ...asked, count: room });
  const { next = isFull ? [WRITTEN] : undefined, previous } = isFull ? none : written;
  const position = made.next ? [RENDERED, ...made.next] : next;
  return {
    resources: [...made.resources, ...written.resources],
    included: [],
    includedAll: true,
    ...(position && { next: position }),
    ...(previous && { previous }),
    ...(query.total && { total: (made.total ?? 0) + (written.total ?? 0) }),
  };
}

/** The page with the rendered Provenance of its matches, of all their versions, as far as there is room. */
export async function withProvenance(
  rendering: Rendering,
  context: RequestContext,
  { maxIncluded }: Query,
  page: SearchPage,
): Promise<SearchPage> {
  const room = maxIncluded - page.included.length;
  if (!page.resources.length || room < 1) return page;
  const targets = page.resources.map(({ type, id }) => ({ type, id }));
  const { resources, next } = await rendering.ofTargets(context, targets, { count: room, total: false });
  return { ...page, included: [...page.included, ...resources], includedAll: page.includedAll && !next };
}
