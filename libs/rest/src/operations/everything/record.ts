import { type Actor, deciding } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Cursor } from '@naravard/search';
import { type BundleLink, bundleText } from '../../bundle-text.ts';
import type { Call, Interaction, Pair } from '../../call.ts';
import type { Engine } from '../../engine.ts';
import { holderOf, inFormat, pageOf } from '../../page.ts';
import { type Reply, refusal } from '../../reply.ts';
import { checkAsked, entriesOf, everythingQuery, findingIn } from './everything-query.ts';
import { askedRecord, postedPairs } from './record-question.ts';

/**
 * http://hl7.org/fhir/R4/patient-operation-everything.html: the Patient and all that is about the person, page by page, and with
 * each page what that refers to, and so on, that is about nobody: staff, units, services, places, medications. As in a search,
 * it is what the caller may find and is cut to what the caller is shown; a type that no scope of the token reaches is left out.
 *
 * `_since` asks for what was changed then or later, and what that refers to comes whenever it was changed. `start` and `end`
 * are compared with the main date of a type, the one that `date` searches; what has none always comes. `_type` chooses among
 * both.
 *
 * Deviations: what names the person and is about another, or about several persons, is found in the compartment
 * (`Patient/[id]/*`) and is not here, so that what is handed out about a person holds nobody else's data. The Provenance that
 * is rendered of versions is asked for by `target`; AuditEvents have their own address.
 */
const byGet = (route: string, idOf: (call: Call) => string): Interaction => ({
  name: '$everything',
  method: 'GET',
  route,
  handle: (engine, call) => answer(engine, call, idOf(call), () => call.query),
});

/** The same with Parameters. */
const byPost = (route: string, idOf: (call: Call) => string): Interaction => ({
  name: '$everything',
  method: 'POST',
  route,
  body: ['fhir'],
  handle: (engine, call) =>
    answer(engine, call, idOf(call), () => [...call.query, ...postedPairs(engine, call)]),
});

/**
 * Without an id it is about the person of a person's own token. For others it would be about everybody, which is an export.
 * @throws Problem 'bad-request'
 */
function ownPerson({ caller }: Actor): string {
  const who = deciding(caller);
  if (who.kind === 'patient') return who.patient;
  throw new Problem(
    'bad-request',
    'Without an id, $everything is about the person whose own token it is asked with: ask Patient/[id]/$everything.',
  );
}

export const ofPatient: readonly Interaction[] = [byGet, byPost].map((by) =>
  by('/Patient/:id/$everything', ({ id }) => id),
);
export const ofOwnPerson: readonly Interaction[] = [byGet, byPost].map((by) =>
  by('/Patient/$everything', ({ context }) => ownPerson(context.actor)),
);

/** What a page link carries. */
interface Position {
  kind: 'everything';
  path: string;
  pairs: readonly Pair[];
  cursor: Cursor;
}

async function answer(
  engine: Engine,
  call: Call,
  id: string,
  pairsOf: () => readonly Pair[],
): Promise<Reply> {
  checkAsked(engine, call.context, 'Patient');
  const path = `Patient/${id}/$everything`;
  const token = pageOf(call.query);
  const position = token === undefined ? undefined : open(engine, call, path, token);
  const pairs = position?.pairs ?? pairsOf();
  const { count, ...asked } = askedRecord(engine, pairs);
  const query = everythingQuery(engine, { kind: 'record', type: 'Patient', id, ...asked }, count);
  const context = { ...findingIn(call, `${path}?${printed(pairs)}`), about: id };
  const page = await engine.store.search(context, position ? { ...query, cursor: position.cursor } : query);
  const { resources, subject } = page;
  // Who does not see the Patient may see what the own organisation has written about the person.
  if (!resources.length && subject !== 'seen' && !position)
    return refusal(new Problem(subject === undefined ? 'not-found' : 'deleted'));
  const url = `${engine.base}/${path}`;
  const first = pairs.length ? `${url}?${printed(pairs)}` : url;
  const sealed = (side: Cursor['side'], keys: Cursor['keys']) => {
    const to: Position = { kind: 'everything', path, pairs, cursor: { keys, side } };
    return `${url}?_page=${engine.pages.seal(to, holderOf(context.actor))}`;
  };
  const links: BundleLink[] = [
    { relation: 'self', url: token === undefined ? first : `${url}?_page=${token}` },
    { relation: 'first', url: first },
  ];
  if (page.previous) {
    const previous = sealed('before', page.previous);
    links.push({ relation: 'prev', url: previous }, { relation: 'previous', url: previous });
  }
  if (page.next) links.push({ relation: 'next', url: sealed('after', page.next) });
  const more = `There is more to include than the ${query.maxIncluded} resources that come with a page: ask for fewer with _count.`;
  return {
    status: 200,
    body: bundleText('searchset', entriesOf(engine, page, more), { links: inFormat(links, call) }),
  };
}

const printed = (pairs: readonly Pair[]): string =>
  pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');

function open(engine: Engine, { context }: Call, path: string, token: string): Position {
  const position = engine.pages.open(token, holderOf(context.actor)) as Position;
  if (position.kind === 'everything' && position.path === path) return position;
  throw new Problem(
    'bad-request',
    'This page link belongs to another address: take it from the answer unchanged.',
  );
}
