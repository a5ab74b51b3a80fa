import { type Session, versionsIn } from './session.ts';
import { keyOf } from './told.ts';

/** read, vread and instance history of every resource about the patient, and the same as entries of batches. */
export async function byId(session: Session): Promise<void> {
  const { visible, own } = session;
  const docs = [...own, ...visible.docs.filter(({ patient }) => patient === null)];
  const statusOf = (seen: boolean, deleted: boolean) => (seen ? (deleted ? 410 : 200) : 404);
  await inBatch(
    session,
    'read in a batch',
    docs.map((doc) => ({
      url: keyOf(doc),
      status: statusOf(visible.sees(doc), visible.isDeleted(doc)),
      key: keyOf(doc),
    })),
  );
  await inBatch(
    session,
    'vread in a batch',
    docs.flatMap((doc) =>
      doc.versions.map(({ resource }, index) => ({
        url: `${keyOf(doc)}/_history/${index + 1}`,
        status: statusOf(visible.sees(doc, index + 1), resource === null),
        key: `${keyOf(doc)}/_history/${index + 1}`,
      })),
    ),
  );
  for (const doc of session.some(docs, 4)) {
    const answer = await session.ask('GET', `/${keyOf(doc)}`);
    const status = statusOf(visible.sees(doc), visible.isDeleted(doc));
    session.equal(`read ${keyOf(doc)} (${visible.decision(doc).reason})`, answer.status, status);
    session.note('read', answer, status === 404 ? [] : [keyOf(doc)]);
  }
  for (const doc of session.some(own, 4)) {
    const answer = await session.ask('GET', `/${keyOf(doc)}/_history?_count=50`);
    // Known by its current version; of the versions those that may be seen.
    const known = visible.sees(doc);
    session.equal(
      `history of ${keyOf(doc)} (${visible.decision(doc).reason})`,
      answer.status,
      known ? 200 : 404,
    );
    if (!known) continue;
    const versions = historyIn(answer.json);
    const expected = visible.versions([doc]);
    session.same('instance history', versions, expected);
    session.equal(`total of the history of ${keyOf(doc)}`, answer.json.total, expected.length);
    session.note('instance history', answer, versions);
  }
}

/** Of the type and of everything: all versions in the database, not of the one patient alone. */
export async function histories(session: Session): Promise<void> {
  const { visible } = session;
  for (const type of session.some(
    ['CarePlan', 'Encounter', 'Consent', 'Patient', 'EpisodeOfCare', 'Observation'],
    2,
  )) {
    const answer = await session.ask('GET', `/${type}/_history?_count=1000`);
    const expected = visible.versions(visible.docs.filter((doc) => doc.type === type));
    session.same('type history', historyIn(answer.json), expected);
    session.equal('total of a type history', answer.json.total, undefined);
    session.note('type history', answer, historyIn(answer.json));
  }
  const answer = await session.ask('GET', '/_history?_count=1000');
  session.same('system history', historyIn(answer.json), visible.versions(visible.docs));
  session.note('system history', answer, historyIn(answer.json));
}

/** `fullUrl` and ETag name the version of a deletion as well. */
// biome-ignore lint/suspicious/noExplicitAny: answers are of every type
const historyIn = (bundle: any): string[] =>
  // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
  (bundle?.entry ?? []).map(({ fullUrl, response }: any) => {
    const [type, id] = fullUrl.split('/').slice(-2);
    return `${type}/${id}/_history/${/\d+/.exec(response.etag)?.[0]}`;
  });

async function inBatch(
  session: Session,
  route: string,
  asked: readonly { url: string; status: number; key: string }[],
): Promise<void> {
  const entry = asked.map(({ url }) => ({ request: { method: 'GET', url } }));
  const answer = await session.ask('POST', '/', { resourceType: 'Bundle', type: 'batch', entry });
  session.equal(route, answer.status, 200);
  const answered: { resource?: { meta?: unknown }; response: { status: string } }[] =
    answer.json?.entry ?? [];
  const withStatus = (list: readonly (readonly [string, number])[], status: number) =>
    list.filter(([, each]) => each === status).map(([key]) => key);
  const got = asked.map(
    ({ key }, index) => [key, Number.parseInt(answered[index]?.response.status ?? '0', 10)] as const,
  );
  const wanted = asked.map(({ key, status }) => [key, status] as const);
  session.same(route, withStatus(got, 200), withStatus(wanted, 200));
  session.same(`${route}, of what is deleted`, withStatus(got, 410), withStatus(wanted, 410));
  session.note(
    route,
    answer,
    got.flatMap(([key, status]) => (status === 404 ? [] : [key])),
  );
  if (answered.length)
    session.equal(
      `${route}, bodies`,
      versionsIn({ entry: answered.filter(({ response }) => !response.status.startsWith('200')) }).length,
      0,
    );
}
