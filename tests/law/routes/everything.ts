import { type Answer, keysIn, type Session, versionsIn } from './session.ts';
import { type Doc, isDeleted, keyOf } from './told.ts';

/** All that is about the patient, page by page, and the graphs of its plans and teams, whether or not they are seen. */
export async function everything(session: Session): Promise<void> {
  await record(session);
  for (const type of ['CarePlan', 'CareTeam'] as const) {
    const docs = session.visible.docs.filter((doc) => doc.type === type && doc.patient === session.patient);
    for (const doc of session.some(docs, 2)) await graph(session, doc);
  }
}

async function record(session: Session): Promise<void> {
  const { visible, own, patient } = session;
  const expected = own.filter((doc) => !isDeleted(doc) && visible.sees(doc)).map(keyOf);
  const person = visible.of(`Patient/${patient}`);
  const isSeen = person !== undefined && visible.sees(person);
  const status = expected.length || (isSeen && !isDeleted(person)) ? 200 : isSeen ? 410 : 404;
  const count = Math.max(2, Math.ceil(expected.length / 4));
  const walked: string[] = [];
  let answer = await session.ask('GET', `/Patient/${patient}/$everything?_count=${count}`);
  for (;;) {
    session.equal('$everything of a person', answer.status, status);
    const page = keysIn(answer.json, 'match');
    walked.push(...page);
    session.same(
      '$everything, included',
      keysIn(answer.json, 'include'),
      reached(session, page, (_from, to) => (to.patient === null ? 1 : null), [forward]),
    );
    session.note('$everything of a person', answer, versionsIn(answer.json));
    const next = nextOf(answer);
    if (next === undefined || walked.length > expected.length + count) break;
    answer = await session.ask('GET', next);
  }
  session.same('$everything of a person', walked, expected);
  session.equal('$everything of a person, each once', walked.length, expected.length);
  session.met('$everything of a person', walked.length);
}

const nextOf = ({ json }: Answer): string | undefined =>
  json?.link?.find(({ relation }: { relation: string }) => relation === 'next')?.url;

/** What may refer back to a plan or a team: of what the worlds hold. */
const back: Readonly<Record<string, readonly string[]>> = {
  CarePlan: ['CarePlan', 'Task', 'DocumentReference'],
  CareTeam: ['CarePlan', 'CareTeam'],
};

async function graph(session: Session, doc: Doc): Promise<void> {
  const { visible } = session;
  const key = keyOf(doc);
  const isSeen = visible.sees(doc);
  const answer = await session.ask('GET', `/${key}/$everything`);
  session.equal(`$everything of ${key}`, answer.status, isSeen ? (isDeleted(doc) ? 410 : 200) : 404);
  const shown = answer.status === 200 ? versionsIn(answer.json) : isSeen ? [key] : [];
  session.note('$everything of a resource', answer, shown);
  if (answer.status !== 200) return;
  const found = reached(session, [key], (from, to, far, param) => {
    if (to.patient !== null && to.patient !== doc.patient) return null;
    if (from.type === doc.type && to.type === doc.type && far === 0 && param === 'part-of') return 0;
    return far === 0 || (from.type === 'CareTeam' && to.type === 'CareTeam') ? Math.min(far + 1, 2) : null;
  });
  session.equal('$everything, the resource', keysIn(answer.json, 'match'), [key]);
  session.same('$everything of a resource', keysIn(answer.json, 'include'), found);
  session.met('$everything of a resource', found.length);
}

/** How far the target of a reference is, of a row that is `far`; null: it does not come along. */
type Leads = (from: Doc, to: Doc, far: number, param: string) => number | null;

/** What comes with some resources, without them: step by step through what is seen. */
function reached(
  session: Session,
  start: readonly string[],
  leads: Leads,
  ways: readonly Way[] = [forward, backward],
): string[] {
  const found = new Map<string, Set<number>>(start.map((key) => [key, new Set([0])]));
  const todo: (readonly [key: string, far: number])[] = start.map((key) => [key, 0]);
  for (const [key, far] of todo) {
    for (const [next, distance] of ways.flatMap((way) => way(session, key, far, leads))) {
      const known = found.get(next) ?? new Set();
      if (known.has(distance)) continue;
      found.set(next, known.add(distance));
      todo.push([next, distance]);
    }
  }
  return [...found.keys()].filter((key) => !start.includes(key));
}

type Found = readonly (readonly [key: string, far: number])[];
type Way = (session: Session, key: string, far: number, leads: Leads) => Found;

function forward({ visible }: Session, key: string, far: number, leads: Leads): Found {
  const doc = visible.of(key);
  const decision = doc && visible.decision(doc);
  if (!doc || !decision?.allowed) return [];
  return (visible.indexed.get(key)?.rows.references ?? []).flatMap(({ param, targetType, target }) => {
    const to = visible.of(`${targetType}/${target}`);
    const distance = to && !isDeleted(to) && visible.sees(to) ? leads(doc, to, far, param) : null;
    return to && distance !== null ? [[keyOf(to), distance] as const] : [];
  });
}

function backward({ visible }: Session, key: string, far: number, leads: Leads): Found {
  const doc = visible.of(key);
  const types = back[doc?.type ?? ''] ?? [];
  if (!doc || far > 0) return [];
  return [...visible.indexed].flatMap(([name, { type, rows }]) => {
    const from = types.includes(type) ? visible.of(name) : undefined;
    return from
      ? rows.references
          .filter(({ targetType, target }) => `${targetType}/${target}` === key)
          .flatMap(({ param }) => {
            const distance = leads(doc, from, far, type === doc.type ? param : '');
            return distance === null ? [] : [[name, distance] as const];
          })
      : [];
  });
}
