import { outlineQuery, type Query } from '@naravard/search';
import type { HeldVersion, RequestContext, SearchPage, Store, Stored } from '@naravard/store';

/** A search that a job has made: which it was, and its page without the resources. */
export interface HeldSearch {
  readonly key: string;
  /** How many of the held versions are matches; the others were included. */
  readonly matches: number;
  readonly page: Omit<SearchPage, 'resources' | 'included' | 'referred'>;
}

/** Without values, some of which depend on the time of asking; what is asked twice is told apart by its turn. */
const keyOf = (query: Query): string =>
  JSON.stringify([
    outlineQuery(query),
    query.cursor?.side,
    query.around?.patient,
    query.everything?.type,
    query.everything?.id,
  ]);

/** The store, of whose searches the ids and versions are kept: `hold` is given those of each, by its place. */
export function recordingStore(
  store: Store,
  hold: (place: number, found: readonly HeldVersion[]) => Promise<void>,
): { store: Store; searches: readonly HeldSearch[] } {
  const searches: HeldSearch[] = [];
  const search: Store['search'] = async (context, query) => {
    const place = searches.push({ key: keyOf(query), matches: 0, page: { includedAll: true } }) - 1;
    const found = await store.search(context, query);
    const { resources, included, referred: _, ...page } = found;
    const all = [...resources, ...included];
    searches[place] = { key: keyOf(query), matches: resources.length, page };
    await hold(
      place,
      all.map(({ type, id, version }) => ({ type, id, version })),
    );
    return found;
  };
  return { store: { ...store, search }, searches };
}

/** A store whose searches give what was held, and how many of it the caller is not shown any more. */
export interface Replay {
  readonly store: Store;
  leftOut(): number;
}

/**
 * The store, in which a search that was made before gives the versions that it found then, as far as the caller may see them
 * now; any other is made now. Either way every row is decided on at this time, and audited.
 */
export function replayingStore(store: Store, job: string, held: readonly HeldSearch[]): Replay {
  const waiting = new Map(held.entries());
  let leftOut = 0;
  const search: Store['search'] = async (context, query) => {
    const key = keyOf(query);
    const [place, known] = [...waiting].find(([, each]) => each.key === key) ?? [];
    if (place === undefined || !known) return store.search(context, query);
    waiting.delete(place);
    const { shown, missing } = await versionsOf(store, context, job, place);
    const isMatch = ({ place: at }: { place: number }) => at <= known.matches;
    const left = shown.some(isKeptBack) ? await foundStill(store, context, query, shown) : shown;
    leftOut += missing + shown.length - left.length;
    return {
      ...(await withSubject(store, context, query, known.page)),
      resources: left.filter(isMatch),
      included: left.filter((each) => !isMatch(each)),
    };
  };
  return { store: { ...store, search }, leftOut: () => leftOut };
}

/**
 * That something was found, and what was included with it, tells what has been masked or blocked since (OSL 2009:400 22 kap 1 §,
 * PDL 2008:355 4 kap 4 §): only what the same search finds now is then shown.
 */
async function foundStill(
  store: Store,
  context: RequestContext,
  query: Query,
  shown: readonly Placed[],
): Promise<Placed[]> {
  const { resources, included } = await store.search(context, query);
  const now = new Set([...resources, ...included].map(({ type, id }) => `${type}/${id}`));
  return shown.filter(({ type, id }) => now.has(`${type}/${id}`));
}

const isKeptBack = ({ mask, blocked }: Stored): boolean => mask === 'protected-identity' || blocked;

/** More than a page and what it includes can be. */
const WHOLE = 100_000;

type Placed = Stored & { readonly place: number };

async function versionsOf(
  store: Store,
  context: RequestContext,
  job: string,
  file: number,
): Promise<{ shown: Placed[]; missing: number }> {
  const { resources, missing } = await store.jobs.page(context, job, { file, after: '', count: WHOLE });
  // Provenance that the service renders is no row; it is read as anybody reads it.
  const rendered = await Promise.all(
    missing
      .filter(({ type }) => type === 'Provenance')
      .map(async ({ type, id, version, place }): Promise<Placed[]> => {
        const stored = await store.readVersion(context, type, id, version);
        return stored && !stored.deleted ? [{ ...stored, place }] : [];
      }),
  );
  const found = rendered.flat();
  const shown = [...resources, ...found].toSorted((a, b) => a.place - b.place);
  return { shown, missing: missing.length - found.length };
}

/** Whether the caller sees what $everything is about is asked anew. */
async function withSubject(
  store: Store,
  context: RequestContext,
  { everything }: Query,
  page: HeldSearch['page'],
): Promise<HeldSearch['page']> {
  if (!everything || page.subject !== 'seen') return page;
  const { type, id } = everything;
  const seen = await store.visible(context, [{ type, id }]);
  if (seen.size) return page;
  const { subject: _, ...rest } = page;
  return rest;
}
