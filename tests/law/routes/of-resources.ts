import type { Session } from './session.ts';
import { type Doc, keyOf } from './told.ts';

const unknown = 'never-was-here';

/** $meta, $diff and $validate of resources about the patient, and of versions of theirs. */
export async function ofResources(session: Session): Promise<void> {
  const { visible, own } = session;
  for (const doc of session.some(own, 3)) {
    const key = keyOf(doc);
    const isShown = visible.sees(doc) && !visible.isDeleted(doc);
    const none = visible.sees(doc) ? 410 : 404;
    const meta = await session.ask('GET', `/${key}/$meta`);
    session.equal(`$meta of ${key}`, meta.status, isShown ? 200 : none);
    session.note('$meta', meta, visible.sees(doc) ? [key] : []);
    await versions(session, doc);
    for (const query of ['', '?mode=delete']) {
      const { status } = await session.ask('GET', `/${key}/$validate${query}`);
      // What is shown masked is not judged.
      session.equal(`$validate${query} of ${key}`, status === 403 ? 200 : status, isShown ? 200 : none);
    }
    if (!visible.sees(doc)) await asIfAbsent(session, doc);
  }
}

/** From the first version to the current one, which must both be seen. */
async function versions(session: Session, doc: Doc): Promise<void> {
  const { visible } = session;
  const key = keyOf(doc);
  const first = `${key}/_history/1`;
  const isFirst = visible.sees(doc, 1);
  const of = await session.ask('GET', `/${first}/$meta`);
  session.equal(`$meta of ${first}`, of.status, isFirst ? 200 : 404);
  session.note('$meta of a version', of, isFirst ? [first] : []);
  const isCurrent = visible.sees(doc) && !visible.isDeleted(doc);
  const bySelf = await session.ask('GET', `/${key}/$diff?fromVersion=1`);
  const missing = visible.sees(doc) && visible.isDeleted(doc) ? 410 : 404;
  session.equal(`$diff of ${key}`, bySelf.status, !isCurrent ? missing : isFirst ? 200 : 404);
  const two = await session.ask('GET', `/$diff?from=${first}&to=${key}`);
  session.equal(`$diff of ${first} and ${key}`, two.status, !isFirst ? 404 : isCurrent ? 200 : missing);
}

/** What is not seen answers as what never was, to questions and changes alike. */
async function asIfAbsent(session: Session, { type, id }: Doc): Promise<void> {
  const change = {
    resourceType: 'Parameters',
    parameter: [{ name: 'meta', valueMeta: { tag: [{ system: 'urn:x', code: 'a' }] } }],
  };
  const resource = { resourceType: type };
  const asked: readonly (readonly [method: string, rest: string, body?: object])[] = [
    ['GET', '$meta'],
    ['GET', '$diff'],
    ['GET', '$validate'],
    ['POST', '$meta-add', change],
    ['POST', '$meta-delete', change],
    ['POST', '$validate?mode=update', resource],
  ];
  for (const [method, rest, body] of asked) {
    const answerAt = async (at: string) => {
      const sent = body === resource ? { ...body, id: at } : body;
      const { status, text } = await session.ask(method, `/${type}/${at}/${rest}`, sent);
      return [status, text.replaceAll(at, '{id}')];
    };
    session.equal(`${method} ${type}/${id}/${rest}`, await answerAt(id), await answerAt(unknown));
  }
}
