import {
  type Actor,
  keyOfActor,
  lastingIncapacityFound,
  type Made,
  markedLabels,
  marks,
  rightsOf,
  saidOf,
  statedFacts,
  writerOf,
} from '@naravard/access';
import { storedText } from '@naravard/fhir';
import type { TestApp } from '@naravard/testkit';
import { expect } from 'vitest';
import { type Hand, handId, handToken, tokenWith } from './cast.ts';
import { extract } from './indexed.ts';
import { type Doc, keyOf, type Version } from './told.ts';
import type { World } from './world.ts';

/** When everything is written: facts hold or not by the instants in them, whenever they were written. */
export const writtenAt = '2026-11-01T08:00:00.000Z';

/** Writes a world through the API, each resource by the system of its organisation; what operations write, as they do. */
export async function load(api: TestApp, world: World): Promise<void> {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (hand: Hand) => {
    const id = handId(hand);
    const token = tokens.get(id) ?? handToken(api.issuer, hand);
    tokens.set(id, token);
    return token;
  };
  const isPatient = ({ type }: Doc) => type === 'Patient';
  const isDirectory = ({ patient, employee }: Doc) => patient === null && employee !== undefined;
  const others = world.docs.filter((doc) => !isPatient(doc) && !isDirectory(doc));
  const patients = world.docs.filter(isPatient);
  const first = (docs: readonly Doc[]) => docs.map((doc) => [doc, doc.versions[0]] as const);
  const second = (docs: readonly Doc[]) =>
    docs.flatMap((doc) => (doc.versions[1] ? [[doc, doc.versions[1]] as const] : []));

  const admin = await tokenWith(api.issuer, {
    kind: 'administrator',
    sub: 'admin',
    scope: 'user/*.cruds',
    may_choose_ids: true,
    healthCareProviderHsaId: 'SE0000000002-A',
  });
  await send(api, admin, first(world.docs.filter(isDirectory)));
  await byHands(first(patients));
  const unfind = await findUnable(api, world.docs);
  await byHands(first(others.filter((doc) => !isOfOperation(doc))));
  for (const doc of others) if (isOfOperation(doc)) await asOperation(api, doc);
  await byHands(second(others));
  await unfind();
  await byHands(second(patients));

  async function byHands(writes: readonly (readonly [Doc, Version])[]): Promise<void> {
    for (const group of Map.groupBy(writes, ([{ by }]) => handId(by)).values()) {
      const [[doc] = []] = group;
      if (doc) await send(api, await tokenOf(doc.by), group);
    }
  }
}

/** A nödöppning, and a lift by an officer, who need no relation to the patient. */
const isOfOperation = ({ employee, by }: Doc): boolean => employee !== undefined || by.officer !== undefined;

/**
 * SVOD 2:6: who labels data as made available without information has found the person unable when it is written. The finding
 * leaves no trace, as it is none of the world's; answers how to take it back.
 */
async function findUnable({ database }: TestApp, docs: readonly Doc[]): Promise<() => Promise<void>> {
  const labelled = docs.filter(({ versions }) =>
    versions.some(({ labels }) => labels.includes(marks.availableBy26)),
  );
  const found = labelled.flatMap(({ patient, by }) => {
    if (patient === null) return [];
    const during = { start: '2026-01-01', end: '2026-12-31' };
    const made: Made = lastingIncapacityFound({ patient, at: '2026-01-01', ...during });
    const organisation = keyOfActor(by.organisation);
    const writer = {
      kind: 'system',
      id: 'found',
      organisation,
      unit: null,
      rights: [],
      operation: true,
    } as const;
    return statedFacts(made, 'found', writer);
  });
  await database.pool.query(
    `insert into fact (bucket, rid, patient, kind, during, said)
select r.bucket, r.rid, r.id, 'incapacity', 'empty', f.said from unnest($1::text[], $2::text[]) f(patient, said) join resource r on r.type = 'Patient' and r.id = f.patient`,
    [found.map(({ patient }) => patient), found.map(saidOf)],
  );
  return async () => void (await database.pool.query(`delete from fact where during = 'empty'`));
}

/** One transaction. */
async function send(
  api: TestApp,
  token: string,
  writes: readonly (readonly [Doc, Version])[],
): Promise<void> {
  if (!writes.length) return;
  const entry = writes.map(([doc, { resource }]) =>
    resource === null
      ? { request: { method: 'DELETE', url: keyOf(doc) } }
      : { resource, request: { method: 'PUT', url: keyOf(doc) } },
  );
  const { statusCode, body } = await api.app.inject({
    method: 'POST',
    url: '/fhir/',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
    payload: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
  });
  expect([statusCode, statusCode === 200 ? '' : body]).toEqual([200, '']);
  const answered: { response: { status: string } }[] = JSON.parse(body).entry;
  expect(answered.filter(({ response }) => !/^20[0-4]/.test(response.status))).toEqual([]);
}

/** As an operation of the service does, in the name of the employee. */
async function asOperation({ store, issuer }: TestApp, doc: Doc): Promise<void> {
  const { type, id, by, employee = by.officer ?? '' } = doc;
  const token = await handToken(issuer, { ...by, officer: employee });
  const actor: Actor = await issuer.identity.actorOf({
    token,
    scheme: 'bearer',
    proof: undefined,
    method: 'POST',
    path: '/fhir',
  });
  const { resource } = doc.versions[0];
  const rows = extract(type, id, resource ?? {});
  rows.labels.push(...markedLabels(resource ?? {}));
  const facts = statedFacts(resource ?? {}, id, writerOf(actor, true));
  expect(facts.length).toBe(1);
  const [written] = await store.write(
    { actor, ...rightsOf(actor, writtenAt), request: 'load', interaction: 'create' },
    [
      {
        kind: 'put',
        method: 'POST',
        mode: 'create',
        ...storedText(JSON.stringify(resource)),
        type,
        id,
        rows,
        facts,
      },
    ],
  );
  expect(written?.result).toBe('created');
}
