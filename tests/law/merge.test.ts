import { careRelation, representativeOf, svodConsent } from '@naravard/access';
import { openStore } from '@naravard/store';
import { createTestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMerging, type Merging, modules, reserve } from './merging.ts';
import { astrid, auditOf, number, parameters, plan, value, type World } from './operations/world.ts';

// Merged reservnummer: Patient/$merge.

let world: World;
let unknown: Merging['unknown'];
let merge: Merging['merge'];
let read: Merging['read'];
beforeAll(async () => {
  ({ world, unknown, merge, read } = await createMerging());
});
afterAll(() => world.api.close());

const matched = async (identifier: object): Promise<string[]> => {
  const body = {
    resourceType: 'Parameters',
    parameter: [{ name: 'resource', resource: { resourceType: 'Patient', identifier: [identifier] } }],
  };
  const { json } = await world.api.ask('POST', '/Patient/$match', { body });
  return (json.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id);
};

describe('a person who was registered with a reservnummer', () => {
  test('becomes the one with a personnummer: all that is about the one is about the other', async () => {
    const { id, plan: own } = await unknown();
    const [type, planId] = own.split('/');
    const absolute = await world.send(
      plan(id, 'Med adress', {
        subject: { reference: `${world.api.base}/Patient/${id}`, display: 'Okänd' },
        goal: [{ reference: '#mal' }],
        contained: [
          {
            resourceType: 'Goal',
            id: 'mal',
            lifecycleStatus: 'active',
            description: { text: 'Patient/okand' },
            subject: { reference: `Patient/${id}/_history/1` },
          },
        ],
      }),
    );
    const { status, json } = await merge(id, astrid, 'lakare-vardcentral');
    expect([status, value(json.parameter, 'moved'), value(json.parameter, 'target-patient')]).toEqual([
      200,
      3,
      { reference: `Patient/${astrid}` },
    ]);
    expect((await read(own)).subject).toEqual({ reference: `Patient/${astrid}` });
    expect(await read(absolute)).toMatchObject({
      subject: { reference: `Patient/${astrid}`, display: 'Okänd' },
      contained: [{ description: { text: 'Patient/okand' }, subject: { reference: `Patient/${astrid}` } }],
    });
    expect(await read(`Patient/${id}`)).toMatchObject({
      active: false,
      link: [{ other: { reference: `Patient/${astrid}` }, type: 'replaced-by' }],
    });
    expect((await read(`Patient/${astrid}`)).link).toContainEqual({
      other: { reference: `Patient/${id}` },
      type: 'replaces',
    });
    const found = (await read(`CarePlan?patient=${astrid}`)).entry.map(
      ({ resource }: { resource: { id: string } }) => resource.id,
    );
    expect(found).toContain(planId);
    expect((await read(`CarePlan?patient=${id}&_total=accurate`)).total).toBe(0);
    expect(type).toBe('CarePlan');
  });

  test('and what others keep and state, which stays theirs', async () => {
    const { id } = await unknown();
    const theirs = await world.send(plan(id, 'Kommunens'), 'journalsystem-kommun');
    await world.send(careRelation({ patient: id, unit: 'SE0000000001-A2' }), 'journalsystem-kommun');
    await world.send(
      svodConsent({ patient: id, answer: 'yes', unit: 'SE0000000001-A2' }),
      'journalsystem-kommun',
    );
    expect([
      await world.sees('nattsjukskoterska', theirs),
      await world.sees('nattsjukskoterska', `Patient/${astrid}`),
    ]).toEqual([true, false]);
    const { status, json } = await merge(id, astrid);
    expect([status, value(json.parameter, 'moved')]).toEqual([200, 2]);
    expect((await read(theirs, 'journalsystem-kommun')).subject.reference).toBe(`Patient/${astrid}`);
    expect(await world.sees('journalsystem', theirs)).toBe(false);
    expect([
      await world.sees('nattsjukskoterska', theirs),
      await world.sees('nattsjukskoterska', `Patient/${astrid}`),
      await world.sees('nattsjukskoterska', `Patient/${id}`),
    ]).toEqual([true, true, false]);
    const { rows } = await world.api.database.pool.query(
      `select r.custodian, r.author_unit from resource r where r.id = $1`,
      [theirs.split('/')[1]],
    );
    expect(rows).toEqual([{ custodian: 'vg:SE0000000001-A', author_unit: null }]);
    const left = await world.api.database.pool.query(
      `select kind from fact where patient = $1 order by kind`,
      [id],
    );
    expect(left.rows).toEqual([{ kind: 'replaced' }]);
  });

  test('is found by the reservnummer, at the one that remains', async () => {
    const { id, reserved } = await unknown();
    expect(await matched(reserve(reserved))).toEqual([id]);
    await merge(id, astrid);
    expect(await matched(reserve(reserved))).toEqual([astrid]);
  });

  test('has an origin that says so, audit rows for both, and the earlier versions as they were', async () => {
    const { id, plan: own } = await unknown();
    await merge(id, astrid, 'lakare-vardcentral');
    const { entry } = await read(`Provenance?target=${own}`);
    const newest = entry[0].resource;
    expect(newest.activity.coding).toEqual([
      {
        system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle',
        code: 'merge',
        display: 'Merge Record Lifecycle Event',
      },
    ]);
    expect(JSON.stringify(newest.agent)).toContain('SE0000000002-2001');
    const audited = (await auditOf(world, '$merge')).slice(-2);
    expect(audited.map(({ patient, outcome, reason }) => [patient, outcome, reason]).sort()).toEqual([
      [astrid, 0, 'person-merge'],
      [id, 0, 'person-merge'],
    ]);
    expect(audited.flatMap(({ targets }) => targets)).toContain(`${own}/_history/2`);
    expect((await read(`${own}/_history/1`)).subject.reference).toBe(`Patient/${id}`);
    expect(await world.sees('lakare-vardcentral', `${own}/_history/1`)).toBe(true);
    expect(await world.sees('lakare-slutenvard', `${own}/_history/1`)).toBe(false);
  });

  test('is merged into one alone, and is not written to again', async () => {
    const { id, reserved } = await unknown();
    await merge(id, astrid);
    const { id: third } = await unknown({ identifier: [{ ...number, value: '199202022384' }] });
    const again = await merge(id, third);
    expect([again.status, again.json.issue[0].details.text]).toEqual([
      409,
      expect.stringContaining('redan ihopförd'),
    ]);
    const body = { resourceType: 'Patient', id, identifier: [reserve(reserved)], active: true };
    expect((await world.api.ask('PUT', `/Patient/${id}`, { body })).status).toBe(403);
    expect((await world.api.ask('DELETE', `/Patient/${id}`)).status).toBe(403);
    const other = await unknown();
    expect((await merge(other.id, id)).status).toBe(422);
  });

  test('is merged again with the same, which moves what came to it later', async () => {
    const { id } = await unknown();
    await merge(id, astrid);
    const later = await world.send(plan(id, 'Efteråt'));
    const relation = await world.send(careRelation({ patient: id, unit: 'SE0000000002-A1' }));
    const versions = async () => [
      (await read(`Patient/${id}`)).meta.versionId,
      (await read(`Patient/${astrid}`)).meta.versionId,
    ];
    const before = await versions();
    const tried = await merge(id, astrid, 'journalsystem', { preview: true });
    expect([tried.status, value(tried.json.parameter, 'moved')]).toEqual([200, 2]);
    const { status, json } = await merge(id, astrid);
    expect([status, value(json.parameter, 'moved')]).toEqual([200, 2]);
    expect((await read(later)).subject.reference).toBe(`Patient/${astrid}`);
    expect((await read(relation)).patient.reference).toBe(`Patient/${astrid}`);
    const nothing = await merge(id, astrid);
    expect([nothing.status, value(nothing.json.parameter, 'moved')]).toEqual([200, 0]);
    expect(await versions()).toEqual(before);
    const audited = (await auditOf(world, '$merge')).slice(-4).map(({ patient }) => patient);
    expect(audited.sort()).toEqual([astrid, astrid, id, id].sort());
  });

  test('stays where others were merged into it: it is not deleted', async () => {
    const target = await unknown({ identifier: [{ ...number, value: '199303032383' }] });
    const { id } = await unknown();
    await merge(id, target.id);
    const { status, json } = await world.api.ask('DELETE', `/Patient/${target.id}`);
    expect([status, json.issue[0].details.text]).toEqual([409, expect.stringContaining('ihopförda')]);
    expect((await read(`Patient/${target.id}`)).id).toBe(target.id);
    const other = await unknown();
    expect((await world.api.ask('DELETE', `/Patient/${other.id}`)).status).toBe(204);
  });

  test('with preview nothing is changed', async () => {
    const { id, plan: own } = await unknown();
    const { status, json } = await merge(id, astrid, 'journalsystem', { preview: true });
    expect([status, value(json.parameter, 'preview'), value(json.parameter, 'moved')]).toEqual([
      200,
      true,
      2,
    ]);
    expect((await read(own)).meta.versionId).toBe('1');
    expect((await read(`Patient/${id}`)).active).toBeUndefined();
    const audited = (await auditOf(world, '$merge-preview')).slice(-2);
    expect(audited.map(({ patient }) => patient).sort()).toEqual([astrid, id]);
  });
});

test('row-level security lets the merge move what others keep', async () => {
  const { id } = await unknown();
  const theirs = await world.send(plan(id, 'Kommunens'), 'journalsystem-kommun');
  const store = await openStore({ url: world.api.database.url, rowSecurity: true });
  const netted = await createTestApp({ store, modules });
  try {
    const body = parameters({ 'target-patient': { reference: `Patient/${astrid}` } });
    const { status } = await netted.ask('POST', `/Patient/${id}/$merge`, { body });
    expect(status).toBe(200);
    expect((await read(theirs, 'journalsystem-kommun')).subject.reference).toBe(`Patient/${astrid}`);
  } finally {
    await netted.close();
    await store.close();
  }
});

test('of two merges at once one is done', async () => {
  const { id } = await unknown();
  const [one, other] = await Promise.all([merge(id, astrid), merge(id, astrid)]);
  const moved = [one, other].map(({ json }) => (json.parameter ? value(json.parameter, 'moved') : 409));
  // The later one has lost to the first, or finds nothing left.
  expect([
    [2, 0],
    [2, 409],
  ]).toContainEqual(moved.toSorted((a, b) => Number(a === 2 ? -1 : a) - Number(b === 2 ? -1 : b)));
});

describe('who are merged', () => {
  test('not two persons: neither a source with another number nor a target without one', async () => {
    const numbered = await unknown({ identifier: [{ ...number, value: '198505122385' }] });
    expect((await merge(numbered.id, astrid)).status).toBe(422);
    const [one, other] = [await unknown(), await unknown()];
    expect((await merge(one.id, other.id)).status).toBe(422);
    expect((await merge(one.id, one.id)).status).toBe(422);
  });

  test('a double registration of one number, of one organisation alone', async () => {
    const double = await unknown({ identifier: [{ ...number, value: '19410314-9805' }] });
    expect(await matched(number)).toEqual([astrid, double.id]);
    expect((await merge(double.id, astrid)).status).toBe(200);
    expect(await matched(number)).toEqual([astrid]);
    const id = 'kommunens';
    const body = { resourceType: 'Patient', id, identifier: [number] };
    await world.api.ask('PUT', `/Patient/${id}`, { as: 'journalsystem-kommun', body });
    expect((await merge(id, astrid, 'journalsystem-kommun')).status).toBe(422);
    const later = { resourceType: 'Patient', id: 'senare', identifier: [number] };
    await world.api.ask('PUT', '/Patient/senare', { body: later });
    const target = await unknown({ identifier: [{ ...number, value: '194103149805' }] });
    expect((await merge(target.id, 'senare')).status).toBe(200);
  });

  test('follows a person who is merged twice', async () => {
    const number = { system: 'http://electronichealth.se/identifier/personnummer', value: '198001019999' };
    const [first, second, third] = [
      await unknown(),
      await unknown({ identifier: [number] }),
      await unknown({ identifier: [number] }),
    ];
    expect((await merge(first.id, second.id)).status).toBe(200);
    expect((await merge(second.id, third.id)).status).toBe(200);
    expect(await matched(reserve(first.reserved))).toEqual([third.id]);
    expect((await read(first.plan)).subject.reference).toBe(`Patient/${third.id}`);
  });

  test('not where what protects the person, or a death, would be lost', async () => {
    const security = [
      { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' },
    ];
    const hidden = await unknown({ meta: { security } });
    const dead = await unknown({ deceasedDateTime: '2026-01-01' });
    for (const { id } of [hidden, dead]) expect((await merge(id, astrid)).status).toBe(422);
  });

  test('a target that the system does not read is fit or not, whatever is said of the person', async () => {
    const protect = {
      security: [
        { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' },
      ],
    };
    const theirs = [
      ['levande', '197001012385', {}],
      ['avliden', '197001022384', { deceasedDateTime: '2026-01-01' }],
      ['skyddad', '197001032383', { meta: protect }],
      ['vilande', '197001042382', { active: false }],
      ['numrerad', '197001052381', {}],
    ] as const;
    for (const [target, value, over] of theirs) {
      const body = { resourceType: 'Patient', id: target, identifier: [{ ...number, value }], ...over };
      const { status } = await world.api.ask('PUT', `/Patient/${target}`, {
        as: 'journalsystem-kommun',
        body,
      });
      expect(status).toBe(201);
      await world.send(careRelation({ patient: target, unit: 'SE0000000002-A1' }));
    }
    const answers = async (over: object) => {
      const { id } = await unknown(over);
      const asked = [];
      for (const [target] of theirs) asked.push(await merge(id, target, 'journalsystem', { preview: true }));
      return asked;
    };
    const unfit = (await merge((await unknown()).id, 'finns-inte')).text;
    for (const over of [{ deceasedBoolean: true }, { meta: protect }]) {
      for (const { status, text } of await answers(over)) expect([status, text]).toEqual([422, unfit]);
    }
    const plain = await answers({});
    expect(plain.map(({ status }) => status)).toEqual([200, 200, 200, 422, 200]);
    expect(plain[3]?.text).toBe(unfit);
    const numbered = await answers({ identifier: [{ ...number, value: '197001052381' }] });
    for (const { status, text } of numbered) expect([status, text]).toEqual([422, unfit]);
  });

  test('nobody acts for the person who remains but whom its registrar says', async () => {
    const body = { resourceType: 'Patient', id: 'barn', identifier: [{ ...number, value: '201805052383' }] };
    await world.api.ask('PUT', '/Patient/barn', { as: 'journalsystem-kommun', body });
    await world.send(careRelation({ patient: 'barn', unit: 'SE0000000002-A1' }));
    for (const as of ['vardnadshavare', 'ombud'] as const) {
      const { id } = await unknown();
      const acts = await world.send(
        representativeOf({ patient: id, person: 'annan', as, start: '2026-01-01' }),
      );
      for (const more of [{ preview: true }, {}]) {
        const { status, json } = await merge(id, 'barn', 'journalsystem', more);
        expect([status, json.issue[0].details.text]).toEqual([422, expect.stringContaining('ombud')]);
      }
      expect((await read(acts)).patient.reference).toBe(`Patient/${id}`);
      expect((await merge(id, astrid)).status).toBe(200);
    }
    const { rows } = await world.api.database.pool.query(
      `select patient, kind from fact where person = 'annan' order by kind`,
    );
    expect(rows).toEqual([
      { patient: astrid, kind: 'adult-proxy' },
      { patient: astrid, kind: 'guardian' },
    ]);
  });

  test('not where both have what a person has one of; then nothing is changed', async () => {
    const { id, plan: own } = await unknown();
    const team = (of: string) => ({
      resourceType: 'CareTeam',
      status: 'active',
      name: 'fast läkarkontakt',
      subject: { reference: `Patient/${of}` },
    });
    const first = await world.send(team(astrid));
    const second = await world.send(team(id));
    const { status, json } = await merge(id, astrid);
    expect([status, json.issue[0].code, json.issue[0].details.text]).toEqual([
      422,
      'business-rule',
      expect.stringContaining('fast läkarkontakt'),
    ]);
    expect((await read(own)).subject.reference).toBe(`Patient/${id}`);
    expect((await read(`Patient/${id}`)).active).toBeUndefined();
    await world.api.ask('DELETE', `/${first}`);
    expect((await merge(id, astrid)).status).toBe(200);
    const again = await world.api.ask('POST', '/CareTeam', { body: team(astrid) });
    expect(again.status).toBe(422);
    await world.api.ask('DELETE', `/${second}`);
    expect((await world.api.ask('POST', '/CareTeam', { body: team(astrid) })).status).toBe(201);
  });

  test('not above a thousand resources', async () => {
    const { id } = await unknown();
    for (let round = 0; round < 2; round++) {
      const entry = Array.from({ length: 500 }, () => ({
        resource: plan(id, 'en av många'),
        request: { method: 'POST', url: 'CarePlan' },
      }));
      const body = { resourceType: 'Bundle', type: 'transaction', entry };
      expect((await world.api.ask('POST', '/', { body })).status).toBe(200);
    }
    const { status, json } = await merge(id, astrid);
    expect([status, json.issue[0].code]).toEqual([422, 'too-costly']);
  });
});
