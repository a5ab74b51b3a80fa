import { loadDefinitions } from '@naravard/fhir';
import { typesWithin } from '@naravard/search';
import { byCatalog } from './by-catalog.ts';
import { queryOf } from './indexed.ts';
import { fullTexts, includes, parameters, type Question, relations, sorts, types } from './questions.ts';
import { type Answer, keysIn, type Session, versionsIn } from './session.ts';
import { isDeleted } from './told.ts';

/** Everything that a search says, in each form of asking. */
export async function searches(session: Session): Promise<void> {
  for (const type of session.some(types, 3)) await search(session, `${type}?patient={p}`);
  for (const question of session.some(parameters, 5)) await search(session, question);
  for (const question of session.some(relations, 4)) await search(session, question);
  for (const question of session.some(includes, 3)) await search(session, question);
  for (const question of session.some(fullTexts, 1)) await textSearch(session, question);
  for (const question of session.some(byCatalog(session.own), 5))
    await search(session, question, 'by catalog');
}

/** Counts, totals, pages in every order, compartments and searches of several types. */
export async function pages(session: Session): Promise<void> {
  for (const question of session.some([...parameters, ...relations], 1)) await counts(session, question);
  for (const [type, sort] of session.some(sorts, 1)) await walk(session, `${type}?_sort=${sort}`);
  for (const [type, sort] of session.some(sorts, 1)) {
    if (type !== 'Patient') await walk(session, `${type}?patient={p}&_sort=${sort}`);
  }
  for (const type of session.some([...types, '*'], 1)) {
    await compartment(session, 'Patient', session.patient, type);
  }
  const encounters = session.own.filter(({ type }) => type === 'Encounter');
  for (const { id } of session.some(encounters, 1)) await compartment(session, 'Encounter', id, 'CarePlan');
  await system(session);
}

/** Names of resources about the patient, whether or not the caller sees them. */
function asked(session: Session, question: Question): { type: string; text: string } {
  const idOf = (type: string) =>
    session.some(
      session.own.filter((doc) => doc.type === type),
      1,
    )[0]?.id ?? 'none';
  const filled = question
    .replaceAll('{p}', session.patient)
    .replaceAll('{plan}', () => idOf('CarePlan'))
    .replaceAll('{encounter}', () => idOf('Encounter'))
    .replaceAll('{list}', () => idOf('List'));
  const at = filled.indexOf('?');
  return { type: filled.slice(0, at), text: filled.slice(at + 1) };
}

const encoded = (text: string): string =>
  [...new URLSearchParams(text)].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');

/** By GET, or by POST with the parameters in the body, in the URL, or in both. */
async function ask(session: Session, type: string, text: string): Promise<Answer> {
  const pairs = encoded(text).split('&');
  const [way] = session.some(['get', 'get', 'get', 'post', 'split'], 1);
  if (way === 'get') return session.ask('GET', `/${type}?${pairs.join('&')}`);
  const [url, body] = way === 'post' ? [[], pairs] : [pairs.slice(0, 1), pairs.slice(1)];
  return session.ask('POST', `/${type}/_search?${url.join('&')}`, body.join('&'), {
    'content-type': 'application/x-www-form-urlencoded',
  });
}

/** `counted`: what its findings are counted under. */
async function search(session: Session, question: Question, counted: string = question): Promise<void> {
  const { type, text } = asked(session, question);
  const answer = await ask(session, type, `${text}&_count=1000`);
  session.equal(question, answer.status, 200);
  if (answer.status !== 200) return;
  const query = queryOf([type], text);
  const expected = session.visible.found(query);
  session.same(question, keysIn(answer.json, 'match'), expected);
  // What comes with them is checked from what was found, so that one fault is told once.
  const included = session.visible.included(query, keysIn(answer.json, 'match'));
  session.same(`${question}, included`, withoutRendered(keysIn(answer.json, 'include')), included);
  session.met(counted, expected.length + included.length);
  session.note(question, answer, versionsIn(answer.json));
}

/** Made of versions, not stored: provenance.ts looks at them. */
const withoutRendered = (keys: readonly string[]): string[] =>
  keys.filter((key) => !key.startsWith('Provenance/'));

/** Words of what a person is shown masked find nothing. */
async function textSearch(session: Session, question: Question): Promise<void> {
  const { type, text } = asked(session, question);
  const answer = await ask(session, type, `${text}&_count=1000`);
  const isWhole = (key: string) => {
    const doc = session.visible.of(key);
    return doc !== undefined && session.visible.decision(doc).mask !== 'protected-identity';
  };
  const expected = session.visible.found(queryOf([type], text)).filter(isWhole);
  session.same(question, keysIn(answer.json, 'match'), expected);
  session.met(question, expected.length);
  session.note(question, answer, versionsIn(answer.json));
}

async function counts(session: Session, question: Question): Promise<void> {
  const { type, text } = asked(session, question);
  const expected = session.visible.found(queryOf([type], text)).length;
  for (const form of ['_summary=count', '_total=accurate&_count=1', '_count=0']) {
    const answer = await ask(session, type, `${text}&${form}`);
    session.equal(`${question} with ${form}`, answer.json?.total, expected);
    const shown = form.startsWith('_total') ? Math.min(expected, 1) : 0;
    session.equal(`${question} with ${form}, entries`, keysIn(answer.json).length, shown);
    session.note(`${question} with ${form}`, answer, versionsIn(answer.json));
  }
}

const MOST_PAGES = 6;

/** Page by page, one resource each, on and back again; longer lists in larger pages. */
async function walk(session: Session, question: Question): Promise<void> {
  const { type, text } = asked(session, question);
  const expected = session.visible.found(queryOf([type], text));
  const count = Math.max(1, Math.ceil(expected.length / MOST_PAGES));
  const links = (answer: Answer, relation: string): string | undefined =>
    answer.json?.link?.find((each: { relation: string }) => each.relation === relation)?.url;
  const there: string[] = [];
  let answer = await session.ask('GET', `/${type}?${encoded(text)}&_count=${count}`);
  const pages: string[][] = [];
  for (;;) {
    session.equal(question, answer.status, 200);
    const keys = keysIn(answer.json);
    pages.push(keys);
    there.push(...keys);
    session.note(question, answer, versionsIn(answer.json));
    const next = links(answer, 'next');
    if (next === undefined || pages.length > MOST_PAGES + 2) break;
    answer = await session.ask('GET', next);
  }
  session.same(`${question}, walked`, there, expected);
  session.equal(`${question}, order`, there, expected);
  session.equal(`${question}, pages`, pages.length, Math.max(1, Math.ceil(expected.length / count)));
  const back: string[] = [];
  for (
    let previous = links(answer, 'previous');
    previous !== undefined;
    previous = links(answer, 'previous')
  ) {
    answer = await session.ask('GET', previous);
    back.unshift(...keysIn(answer.json));
    session.note(question, answer, versionsIn(answer.json));
    if (back.length > expected.length + count) break;
  }
  session.equal(`${question}, back`, back, expected.slice(0, (pages.length - 1) * count));
}

const definitions = loadDefinitions();

async function compartment(session: Session, name: string, id: string, type: string): Promise<void> {
  const answer = await session.ask('GET', `/${name}/${id}/${type}?_count=1000`);
  const all = [...new Set(session.visible.docs.map((doc) => doc.type))];
  const among = typesWithin(definitions, name, type === '*' ? all : [type]);
  const query = queryOf(among, '', { compartment: { name, id } });
  const found = withoutRendered(keysIn(answer.json, 'match'));
  session.same(`${name} compartment of ${type}`, found, session.visible.found(query));
  session.note(`${name} compartment of ${type}`, answer, versionsIn(answer.json));
}

async function system(session: Session): Promise<void> {
  const [some] = session.some(['CarePlan,Encounter', 'Consent,EpisodeOfCare,Patient', 'Task,Group,List'], 1);
  const answer = await session.ask('GET', `/?_type=${some}&_count=1000&_total=accurate`);
  const among = (some ?? '').split(',');
  const expected = session.visible.docs.filter(
    (doc) => among.includes(doc.type) && !isDeleted(doc) && session.visible.sees(doc),
  );
  session.same(
    `search of ${some}`,
    keysIn(answer.json),
    expected.map(({ type, id }) => `${type}/${id}`),
  );
  session.equal(`total of ${some}`, answer.json?.total, expected.length);
  session.note(`search of ${some}`, answer, versionsIn(answer.json));
}
