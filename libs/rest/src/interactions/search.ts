import { Problem } from '@naravard/fhir';
import { parseQuery, type Query } from '@naravard/search';
import type { SearchPage } from '@naravard/store';
import { type BundleLink, bundleText, matchEntry } from '../bundle-text.ts';
import type { Call, Interaction, Pair } from '../call.ts';
import type { Engine } from '../engine.ts';
import { ignoredEntry } from '../ignored-entry.ts';
import { answerFormat } from '../media.ts';
import { holderOf, pageOf } from '../page.ts';
import { parsePairs } from '../query-pairs.ts';
import type { Reply } from '../reply.ts';

/** http://hl7.org/fhir/R4/http.html#search: GET with the parameters in the URL. */
export const search: Interaction = {
  name: 'search-type',
  method: 'GET',
  route: '/:type',
  handle: (engine, call) => answer(engine, call, call.query, false),
};

/**
 * The same by POST, so that what is searched for stays out of URLs, those of its links as well; parameters of the URL
 * count too.
 */
export const searchByPost: Interaction = {
  name: 'search-type',
  method: 'POST',
  route: '/:type/_search',
  body: ['form'],
  async handle(engine, call) {
    const posted = parsePairs(call.body);
    answerFormat(posted.find(([name]) => name === '_format')?.[1], undefined);
    return answer(engine, call, [...call.query, ...posted], true);
  },
};

/** What a page link carries. */
interface SearchPosition {
  kind: 'search';
  type: string;
  pairs: readonly Pair[];
  lenient: boolean;
  /** Epoch milliseconds that relative values were read at. */
  now: number;
  /** Came by POST: every link of its pages is sealed. */
  posted: boolean;
  /** Absent on the first page. */
  after?: readonly (string | null)[];
}

async function answer(engine: Engine, call: Call, asked: readonly Pair[], posted: boolean): Promise<Reply> {
  const pairs = asked.filter(([name]) => name !== '_format' && name !== '_pretty');
  const token = pageOf(pairs);
  const { after, ...start }: SearchPosition =
    token === undefined
      ? {
          kind: 'search',
          type: call.type,
          pairs,
          lenient: call.prefer.handling === 'lenient',
          now: Date.now(),
          posted,
        }
      : open(engine, call, token);
  const query = queryOf(engine, start);
  const context = { ...call.context, query: query.self };
  const page = await engine.store.search(context, after ? { ...query, after } : query);
  const url = `${engine.base}/${call.type}`;
  const sealed = (position: SearchPosition) =>
    `${url}?_page=${engine.pages.seal(position, holderOf(context.actor))}`;
  const first = start.posted ? sealed(start) : selfOf(engine, query);
  const links: BundleLink[] = [
    { relation: 'self', url: token === undefined ? first : `${url}?_page=${token}` },
  ];
  if (token !== undefined || start.posted) links.push({ relation: 'first', url: first });
  if (page.next) links.push({ relation: 'next', url: sealed({ ...start, after: page.next }) });
  return { status: 200, body: searchset(engine, query, page, links) };
}

/** The address that asks for `query` again. */
export const selfOf = ({ base }: Engine, { type, self }: Query): string =>
  self ? `${base}/${type}?${self}` : `${base}/${type}`;

/** The Bundle of one page. */
export const searchset = (
  { base }: Engine,
  query: Query,
  { resources, total }: SearchPage,
  links: readonly BundleLink[],
): string =>
  bundleText('searchset', [...resources.map((stored) => matchEntry(base, stored)), ...ignoredEntry(query)], {
    total,
    links,
  });

function queryOf(engine: Engine, { type, pairs, lenient, now }: SearchPosition): Query {
  return parseQuery(engine.catalog, type, pairs, {
    handling: lenient ? 'lenient' : 'strict',
    base: engine.base,
    now: new Date(now),
  });
}

function open(engine: Engine, { type, context }: Call, token: string): SearchPosition {
  const position = engine.pages.open(token, holderOf(context.actor)) as SearchPosition;
  if (position.kind === 'search' && position.type === type) return position;
  throw new Problem(
    'bad-request',
    'This page link belongs to another address: take it from the answer unchanged.',
  );
}
