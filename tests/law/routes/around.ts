import { type Interaction, type ServiceModule, searchTogether, textOf } from '@naravard/rest';
import { keysIn, type Session, versionsIn } from './session.ts';
import { type Doc, isDeleted, keyOf } from './told.ts';

const searched = ['Patient', 'CarePlan', 'Encounter', 'Task'];
const follow = [
  { from: 'CarePlan', to: 'CareTeam' },
  { from: 'CarePlan', to: 'Encounter' },
  { from: 'Encounter', to: 'EpisodeOfCare' },
  { from: 'Task', to: 'List' },
  { from: 'Task', to: 'Observation' },
];

/** As operations of the services ask for all that is about one patient in one statement, and for what that refers to. */
const operation: Interaction = {
  name: '$around',
  method: 'GET',
  route: '/Patient/:id/$around',
  async handle(engine, { context, id }) {
    const searches = searched.map((type) => ({
      type,
      pairs: [[type === 'Patient' ? '_id' : 'patient', id] as const],
    }));
    const asked = { around: id, searches, follow, most: 500, mostIncluded: 500 };
    const { resources } = await searchTogether(engine, { ...context, scope: context.searchable() }, asked);
    const entry = resources.map((stored) => ({ resource: JSON.parse(textOf(stored)) as object }));
    return { status: 200, body: JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }) };
  },
};

export const aroundModule: ServiceModule = { name: 'around', resources: [], operations: [operation] };

/** All that is about the patient and seen, and of what it refers to what is seen; nothing of a protected identity is followed. */
export async function around(session: Session): Promise<void> {
  const answer = await session.ask('GET', `/Patient/${session.patient}/$around`);
  const { visible } = session;
  const isSeen = (doc: Doc) => !isDeleted(doc) && visible.sees(doc);
  const found = new Set(session.own.filter((doc) => searched.includes(doc.type) && isSeen(doc)).map(keyOf));
  for (const key of found) {
    for (const next of followed(session, key)) found.add(next);
  }
  session.same('$around', keysIn(answer.json), found);
  session.met('$around', found.size);
  session.note('$around', answer, versionsIn(answer.json));
}

function followed({ visible, own }: Session, key: string): string[] {
  const doc = visible.of(key);
  const rows = visible.indexed.get(key)?.rows;
  const decision = doc && visible.decision(doc);
  if (!doc || !rows || !decision?.allowed || decision.mask === 'protected-identity') return [];
  return rows.references.flatMap(({ targetType, target }) => {
    const to = own.find((each) => each.type === targetType && each.id === target);
    const isWay = follow.some((way) => way.from === doc.type && way.to === targetType);
    return isWay && to && !isDeleted(to) && visible.sees(to) ? [keyOf(to)] : [];
  });
}
