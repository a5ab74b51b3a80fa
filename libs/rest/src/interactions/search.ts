import { Problem } from '@naravard/fhir';
import { parseQuery, type Query } from '@naravard/search';
import { bundleText, matchEntry } from '../bundle-text.ts';
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
  handle: (engine, call) => answer(engine, call, call.query),
};

/** The same by POST, so that what is searched for stays out of URLs; parameters of the URL count as well. */
export const searchByPost: Interaction = {
  name: 'search-type',
  method: 'POST',
  route: '/:type/_search',
  body: ['form'],
  async handle(engine, call) {
    const posted = parsePairs(call.body);
    answerFormat(posted.find(([name]) => name === '_format')?.[1], undefined);
    return answer(engine, call, [...call.query, ...posted]);
  },
};

/** What a next link carries. */
interface SearchPosition {
  kind: 'search';
  type: string;
  pairs: readonly Pair[];
  lenient: boolean;
  /** Epoch milliseconds that relative values were read at. */
  now: number;
  after: readonly (string | null)[];
}

async function answer(engine: Engine, call: Call, asked: readonly Pair[]): Promise<Reply> {
  const pairs = asked.filter(([name]) => name !== '_format' && name !== '_pretty');
  const token = pageOf(pairs);
  const position = token === undefined ? undefined : open(engine, call, token);
  const start: Omit<SearchPosition, 'after'> = position ?? {
    kind: 'search',
    type: call.type,
    pairs,
    lenient: call.prefer.handling === 'lenient',
    now: Date.now(),
  };
  const query = queryOf(engine, start);
  const context = { ...call.context, query: query.self };
  const page = await engine.store.search(context, position ? { ...query, after: position.after } : query);
  const url = `${engine.base}/${call.type}`;
  const first = query.self ? `${url}?${query.self}` : url;
  const next =
    page.next && `${url}?_page=${engine.pages.seal({ ...start, after: page.next }, holderOf(context.actor))}`;
  return {
    status: 200,
    body: bundleText(
      'searchset',
      [...page.resources.map((stored) => matchEntry(engine.base, stored)), ...ignoredEntry(query)],
      {
        total: page.total,
        links: [
          { relation: 'self', url: token === undefined ? first : `${url}?_page=${token}` },
          ...(token === undefined ? [] : [{ relation: 'first' as const, url: first }]),
          ...(next ? [{ relation: 'next' as const, url: next }] : []),
        ],
      },
    ),
  };
}

function queryOf(engine: Engine, { type, pairs, lenient, now }: Omit<SearchPosition, 'after'>): Query {
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
