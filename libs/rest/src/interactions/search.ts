import { Problem } from '@naravard/fhir';
import type { Cursor, Query } from '@naravard/search';
import type { SearchPage, Stored } from '@naravard/store';
import { type BundleLink, bundleText, searchEntry } from '../bundle-text.ts';
import type { Call, Interaction, Pair, SearchReach } from '../call.ts';
import type { Engine } from '../engine.ts';
import { explainReply, isExplained } from '../explain.ts';
import { answerFormat } from '../media.ts';
import { notices } from '../notices.ts';
import { holderOf, inFormat, pageOf } from '../page.ts';
import { parsePairs } from '../query-pairs.ts';
import { type Reply, textOf } from '../reply.ts';
import {
  addressOf,
  askedOf,
  parseSearch,
  reachOfCompartment,
  reachOfSystem,
  reachOfType,
  selfOf,
} from '../search-reach.ts';

type Reach = NonNullable<Interaction['reach']>;

/** http://hl7.org/fhir/R4/http.html#search: GET with the parameters in the URL. */
const byGet = (name: string, route: string, reach: Reach): Interaction => ({
  name,
  method: 'GET',
  route,
  reach,
  handle: async (engine, call) => answer(engine, call, reach(engine, call), call.query, false),
});

/**
 * The same by POST, so that what is searched for stays out of URLs, those of its links as well; parameters of the URL
 * count too.
 */
const byPost = (name: string, route: string, reach: Reach): Interaction => ({
  name,
  method: 'POST',
  route,
  body: ['form'],
  reach,
  async handle(engine, call) {
    const posted = parsePairs(call.body);
    answerFormat(posted.find(([name]) => name === '_format')?.[1], undefined);
    return answer(engine, call, reach(engine, call), [...call.query, ...posted], true);
  },
});

const ofType: Reach = (_engine, { type }) => reachOfType(type);

/** Of one type, of everything, and of what belongs to one resource: http://hl7.org/fhir/R4/search.html#searchcontexts */
export const searches: readonly Interaction[] = [
  byGet('search-system', '/', reachOfSystem),
  byPost('search-system', '/_search', reachOfSystem),
  byGet('search-type', '/:type', ofType),
  byPost('search-type', '/:type/_search', ofType),
  byGet('search-type', '/:compartment/:id/:type', reachOfCompartment),
  byPost('search-type', '/:compartment/:id/:type/_search', reachOfCompartment),
];

/** What a page link carries. */
interface SearchPosition {
  kind: 'search';
  path: string;
  pairs: readonly Pair[];
  lenient: boolean;
  /** Epoch milliseconds that relative values were read at. */
  now: number;
  /** Came by POST: every link of its pages is sealed. */
  posted: boolean;
  /** Absent on the first page. */
  cursor?: Cursor;
}

async function answer(
  engine: Engine,
  call: Call,
  reach: SearchReach,
  asked: readonly Pair[],
  posted: boolean,
): Promise<Reply> {
  const pairs = asked.filter(([name]) => !['_format', '_pretty', '_explain'].includes(name));
  const token = pageOf(pairs);
  const { cursor, ...start }: SearchPosition =
    token === undefined
      ? {
          kind: 'search',
          path: reach.path,
          pairs,
          lenient: call.prefer.handling === 'lenient',
          now: Date.now(),
          posted,
        }
      : open(engine, call, reach, token);
  const query = parseSearch(engine, reach, start.pairs, start);
  if (isExplained(call.context.actor, asked))
    return explainReply(engine, call.context, cursor ? { ...query, cursor } : query);
  const context = { ...call.context, query: askedOf(reach, query) };
  const url = addressOf(engine, reach);
  const sealed = (position: SearchPosition) =>
    `${url}?_page=${engine.pages.seal(position, holderOf(context.actor))}`;
  const first = start.posted ? sealed(start) : selfOf(engine, reach, query);
  const page = await engine.store.search(context, cursor ? { ...query, cursor } : query);
  const links: BundleLink[] = [
    { relation: 'self', url: token === undefined ? first : `${url}?_page=${token}` },
  ];
  links.push({ relation: 'first', url: first });
  const { previous, next } = page;
  if (previous) {
    const url = sealed({ ...start, cursor: { keys: previous, side: 'before' } });
    // R4 calls it previous, the IANA registry and newer clients prev; both are registered.
    links.push({ relation: 'prev', url }, { relation: 'previous', url });
  }
  if (next) {
    links.push({ relation: 'next', url: sealed({ ...start, cursor: { keys: next, side: 'after' } }) });
  }
  return { status: 200, body: searchset(engine, query, page, inFormat(links, call)) };
}

/** The Bundle of one page. */
export function searchset(
  engine: Engine,
  query: Query,
  { resources, included, includedAll, total }: SearchPage,
  links: readonly BundleLink[],
): string {
  const { subset } = query;
  const entry = (mode: 'match' | 'include') => (stored: Stored) => {
    const text = textOf(stored);
    return searchEntry(engine.base, stored, mode, subset ? engine.subset(text, subset, mode) : text);
  };
  const entries = [
    ...resources.map(entry('match')),
    ...included.map(entry('include')),
    ...notices(query, includedAll),
  ];
  return bundleText('searchset', entries, { total, links });
}

function open(engine: Engine, { context }: Call, { path }: SearchReach, token: string): SearchPosition {
  const position = engine.pages.open(token, holderOf(context.actor)) as SearchPosition;
  if (position.kind === 'search' && position.path === path) return position;
  throw new Problem(
    'bad-request',
    'This page link belongs to another address: take it from the answer unchanged.',
  );
}
