import { queryOf } from './indexed.ts';
import { keysIn, type Session } from './session.ts';
import { type Doc, keyOf, lastOf } from './told.ts';

const criteria: readonly (readonly [type: string, text: string])[] = [
  ['CarePlan', 'identifier=urn:lead|{p}-a-1'],
  ['CarePlan', 'identifier=urn:lead|{p}-b-1'],
  ['CarePlan', 'identifier=urn:lead|{p}-a-2'],
  ['Encounter', 'identifier=urn:lead|{p}-a-1'],
  ['Encounter', 'identifier=urn:lead|{p}-b-1&status=finished'],
  ['Encounter', 'patient={p}&class=HH'],
  ['Observation', 'patient={p}&encounter.class=HH'],
  ['CarePlan', 'patient={p}&encounter:missing=true'],
  ['Task', 'patient={p}&_has:List:item:status=current'],
  ['List', 'identifier=urn:lead|{p}-a-1'],
];

/**
 * What a condition of a write matches. The token lets nothing be written, so that each answer tells what was matched and
 * nothing changes: none, one or several.
 */
export async function conditions(session: Session): Promise<void> {
  for (const [type, text] of session.some(criteria, 2)) {
    const asked = text.replaceAll('{p}', session.patient);
    const found = session.visible.found(queryOf([type], asked));
    const encoded = [...new URLSearchParams(asked)]
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');
    await each(session, type, encoded, found);
  }
}

async function each(
  session: Session,
  type: string,
  criteria: string,
  found: readonly string[],
): Promise<void> {
  const many = found.length > 1;
  const outcome = (none: number, one: number) => (found.length === 0 ? none : many ? 412 : one);
  const told = `${type}?${criteria}, which finds ${found.join(', ') || 'nothing'}`;
  const body = bodyOf(session, type);
  const created = await session.ask('POST', `/${type}`, body, { 'if-none-exist': criteria });
  session.equal(`If-None-Exist ${told}`, created.status, outcome(403, 200));
  const location = String(created.headers.location ?? '')
    .split('/')
    .slice(-4, -2)
    .join('/');
  session.equal(`If-None-Exist ${told}: Location`, location, found.length === 1 ? found[0] : '');
  if (created.status === 200) session.note(`If-None-Exist ${told}`, created, found);
  const put = await session.ask('PUT', `/${type}?${criteria}`, body, { 'if-none-match': '*' });
  session.equal(`conditional update ${told}`, put.status, outcome(403, 412));
  const deleted = await session.ask('DELETE', `/${type}?${criteria}`);
  session.equal(`conditional delete ${told}`, deleted.status, outcome(204, 403));
  const change = [{ op: 'add', path: '/language', value: 'sv' }];
  const patched = await session.ask('PATCH', `/${type}?${criteria}`, change, {
    'content-type': 'application/json-patch+json',
  });
  session.equal(`conditional patch ${told}`, patched.status, outcome(404, 403));
  await inTransaction(session, type, criteria, found);
}

async function inTransaction(
  session: Session,
  type: string,
  criteria: string,
  found: readonly string[],
): Promise<void> {
  const outcome = (none: number, one: number) => (found.length === 0 ? none : found.length > 1 ? 412 : one);
  const run = (entry: object) =>
    session.ask('POST', '/', { resourceType: 'Bundle', type: 'transaction', entry: [entry] });
  const told = `${type}?${criteria} in a transaction`;
  const subject = { reference: `Patient/${session.patient}` };
  const resource = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    subject,
    focus: [{ reference: `${type}?${criteria}` }],
  };
  const referred = await run({ resource, request: { method: 'POST', url: 'Observation' } });
  session.equal(`conditional reference ${told}`, referred.status, outcome(422, 403));
  const created = await run({
    resource: bodyOf(session, type),
    request: { method: 'POST', url: type, ifNoneExist: criteria },
  });
  session.equal(`If-None-Exist ${told}`, created.status, outcome(403, 200));
  if (created.status === 200) session.note(`If-None-Exist ${told}`, created, found);
  const put = await run({
    resource: bodyOf(session, type),
    request: { method: 'PUT', url: `${type}?${criteria}`, ifNoneMatch: '*' },
  });
  session.equal(`conditional update ${told}`, put.status, outcome(403, 412));
  const deleted = await run({ request: { method: 'DELETE', url: `${type}?${criteria}` } });
  session.equal(`conditional delete ${told}`, deleted.status, outcome(200, 403));
}

const bodies: Readonly<Record<string, object>> = {
  CarePlan: { status: 'draft', intent: 'plan' },
  Encounter: {
    status: 'planned',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
  },
  Observation: { status: 'final', code: { text: 'x' } },
  List: { status: 'current', mode: 'working' },
  Task: { status: 'requested', intent: 'order' },
};

const bodyOf = ({ patient }: Session, type: string): object => ({
  resourceType: type,
  ...bodies[type],
  [type === 'Task' ? 'for' : 'subject']: { reference: `Patient/${patient}` },
});

const unknown = 'never-was-here';

/** Writes by id, with a token that lets everything be written: what is not seen answers as what never was. */
export async function writesById(session: Session): Promise<void> {
  const { own, visible } = session;
  for (const doc of session.some(
    own.filter((each) => !visible.sees(each)),
    2,
  )) {
    const sent: Record<string, string>[] = [{}, { 'if-match': 'W/"1"' }, { 'if-match': 'W/"9"' }];
    for (const headers of session.some(sent, 2)) {
      const requests: [string, unknown, Record<string, string>][] = [
        ['PUT', bodyFor(doc), {}],
        [
          'PATCH',
          [{ op: 'test', path: '/status', value: 'active' }],
          { 'content-type': 'application/json-patch+json' },
        ],
        ['DELETE', undefined, {}],
      ];
      for (const [method, body, more] of requests) {
        const answerAt = async (id: string) => {
          const sent = body === undefined || Array.isArray(body) ? body : { ...(body as object), id };
          const {
            status,
            text,
            headers: got,
          } = await session.ask(method, `/${doc.type}/${id}`, sent, { ...headers, ...more });
          return { status, text: text.replaceAll(id, '{id}'), etag: got.etag, location: got.location };
        };
        const told = `${method} ${keyOf(doc)} ${JSON.stringify(headers)} (${visible.decision(doc).reason})`;
        session.equal(told, await answerAt(doc.id), await answerAt(unknown));
      }
    }
  }
  for (const doc of session.some(
    own.filter((each) => visible.sees(each)),
    1,
  )) {
    const answer = await session.ask(
      'PATCH',
      `/${keyOf(doc)}`,
      [{ op: 'add', path: '/language', value: 'sv' }],
      {
        'content-type': 'application/json-patch+json',
        'if-match': 'W/"99"',
      },
    );
    const expected = visible.isDeleted(doc) ? 410 : 412;
    session.equal(`PATCH of ${keyOf(doc)} at a version that is not`, answer.status, expected);
  }
}

const bodyFor = (doc: Doc): object => lastOf(doc).resource ?? doc.versions[0].resource ?? {};

/** Reads and searches as entries of a transaction: all or none. */
export async function transactions(session: Session): Promise<void> {
  const { own, visible } = session;
  const run = (urls: readonly string[]) =>
    session.ask('POST', '/', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: urls.map((url) => ({ request: { method: 'GET', url } })),
    });
  const shown = session.some(
    own.filter((doc) => visible.sees(doc) && !visible.isDeleted(doc)),
    4,
  );
  const [type = 'CarePlan'] = session.some(['CarePlan', 'Encounter', 'Consent', 'EpisodeOfCare'], 1);
  const answer = await run([...shown.map(keyOf), `${type}?patient=${session.patient}&_count=1000`]);
  session.equal('a transaction of reads', answer.status, 200);
  const entries = answer.json?.entry ?? [];
  session.same('read in a transaction', keysIn({ entry: entries.slice(0, -1) }), shown.map(keyOf));
  const expected = visible.found(queryOf([type], `patient=${session.patient}`));
  session.same('search in a transaction', keysIn(entries.at(-1)?.resource), expected);
  for (const doc of session.some(
    own.filter((each) => !visible.sees(each)),
    1,
  )) {
    const [hidden, absent] = [
      await run([...shown.map(keyOf), keyOf(doc)]),
      await run([...shown.map(keyOf), `${doc.type}/${unknown}`]),
    ];
    session.equal(
      `a transaction with a read of ${keyOf(doc)}`,
      [hidden.status, hidden.text],
      [absent.status, absent.text],
    );
  }
}

/** The Provenance of every version, which is made of it. */
export async function provenance(session: Session): Promise<void> {
  for (const doc of session.some(session.own, 3)) {
    const answer = await session.ask('GET', `/Provenance?target=${keyOf(doc)}&_count=100`);
    const targets: string[] = (answer.json?.entry ?? []).flatMap(
      ({ resource }: { resource: { target: { reference: string }[] } }) =>
        resource.target.map(({ reference }) => reference),
    );
    session.same('Provenance of it', targets, session.visible.versions([doc]));
  }
}
