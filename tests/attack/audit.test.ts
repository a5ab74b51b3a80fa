import { createValidator, loadDefinitions } from '@naravard/fhir';
import type { LogRow } from '@naravard/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvent } from '../../libs/rest/src/audit/audit-event.ts';
import { type Balp, balpFaults } from '../audit/balp-profiles.ts';
import { careTeam } from '../conformance/resources.ts';
import { type AccessWorld, createAccessWorld, type Persona, plan } from './access-world.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());
const validate = createValidator(loadDefinitions());

interface Told {
  readonly outcome: number;
  readonly interaction: string;
  readonly patient: string | null;
  readonly targets: number;
}

interface Asked {
  readonly as?: Persona;
  readonly method?: string;
  readonly path: string;
  readonly body?: object;
  readonly type?: string;
  readonly told: readonly Told[];
}

const bundle = (type: string, ...entry: object[]) => ({ resourceType: 'Bundle', type, entry });
const get = (url: string) => ({ request: { method: 'GET', url } });
const one = (interaction: string, patient: string | null, targets: number, outcome = 0): Told => ({
  outcome,
  interaction,
  patient,
  targets,
});
const { id: _, ...newPlan } = plan('x', 'p1') as { id: string };

/** What is asked, and the rows that it leaves: no more and no less. */
const cases: Record<string, Asked> = {
  'a read': { path: '/CarePlan/p1-plan', told: [one('read', 'p1', 1)] },
  'a read of the invisible': { path: '/CarePlan/p2-plan', told: [one('read', 'p2', 1, 4)] },
  'a read of the unknown': { path: '/CarePlan/never-was', told: [one('read', null, 1, 4)] },
  'a vread': { path: '/CarePlan/p1-plan/_history/1', told: [one('vread', 'p1', 1)] },
  'a history': { path: '/CarePlan/p1-plan/_history', told: [one('history-instance', 'p1', 1)] },
  'a history of the invisible': {
    path: '/CarePlan/p2-plan/_history',
    told: [one('history-instance', null, 0)],
  },
  'a search about one': { path: '/CarePlan?patient=p1', told: [one('search-type', 'p1', 3)] },
  'a search about two': {
    path: '/Encounter?status=finished',
    told: [one('search-type', 'p1', 2), one('search-type', 'p3', 1)],
  },
  'a search without matches': { path: '/CarePlan?patient=p2', told: [one('search-type', 'p2', 0)] },
  'a count': { path: '/CarePlan?patient=p1&_summary=count', told: [one('search-type', 'p1', 0)] },
  'a search that is refused': { path: '/CarePlan?nonsense=1', told: [one('search-type', null, 0, 4)] },
  'a search by POST': {
    method: 'POST',
    path: '/CarePlan/_search?patient=p3',
    told: [one('search-type', 'p3', 1)],
    type: 'application/x-www-form-urlencoded',
    body: {},
  },
  'a search below a patient': { path: '/Patient/p1/Encounter', told: [one('search-type', 'p1', 2)] },
  'a create': { method: 'POST', path: '/CarePlan', body: newPlan, told: [one('create', 'p1', 1)] },
  'a create that is denied': {
    method: 'POST',
    path: '/CareTeam',
    body: careTeam('Patient/p2'),
    told: [one('create', null, 0, 8)],
  },
  'an invalid create': {
    method: 'POST',
    path: '/CareTeam',
    body: { resourceType: 'CareTeam', status: 'x' },
    told: [one('create', null, 0, 4)],
  },
  'an update of another’s': {
    method: 'PUT',
    path: '/CarePlan/p1-plan',
    body: plan('p1-plan', 'p1'),
    told: [one('update', 'p1', 1, 4)],
  },
  'a delete of the invisible': {
    method: 'DELETE',
    path: '/CarePlan/p2-plan',
    told: [one('delete', 'p2', 1, 4)],
  },
  'a batch': {
    method: 'POST',
    path: '',
    body: bundle(
      'batch',
      get('CarePlan/p1-plan'),
      get('CarePlan/p2-plan'),
      get('Encounter?patient=p1'),
      get('nonsense'),
    ),
    told: [
      one('read', 'p1', 1),
      one('read', 'p2', 1, 4),
      one('search-type', 'p1', 2),
      one('batch', null, 0, 4),
    ],
  },
  'a transaction of reads': {
    method: 'POST',
    path: '',
    body: bundle('transaction', get('CarePlan/p1-plan'), get('Encounter?patient=p1')),
    told: [one('transaction', 'p1', 1), one('transaction', 'p1', 2)],
  },
  'a transaction that fails': {
    method: 'POST',
    path: '',
    // What was read to answer it is told of, though the answer tells nothing.
    body: bundle('transaction', get('CarePlan/p1-plan'), get('CarePlan/p2-plan')),
    told: [one('transaction', 'p1', 1, 4)],
  },
  'a reading of the log': { path: '/AuditEvent?patient=p1', told: [one('search-type', null, 0, 4)] },
};

const rowsOf = async (request: string): Promise<Record<string, unknown>[]> =>
  (await world.api.database.pool.query('select * from audit where request = $1 order by at, id', [request]))
    .rows;

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

describe('the audit', () => {
  test.each(Object.entries(cases))('attack 81: tells once of %s, as BALP has it', async (name, asked) => {
    const { as = 'A', method = 'GET', path, body, type, told } = asked;
    const request = `attack-81-${name.replaceAll(/[^a-z]/gi, '-')}`;
    const { status } = await world.ask(as, method, path, {
      ...(body && { body: type ? '' : body }),
      ...(type && { type }),
      headers: { 'x-request-id': request },
    });
    expect(status).toBeLessThan(500);
    const rows = await rowsOf(request);
    const found = rows.map(({ outcome, interaction, patient, targets }) => ({
      outcome,
      interaction,
      patient,
      targets: (targets as string[]).length,
    }));
    const order = (list: readonly object[]) => list.map((each) => JSON.stringify(each)).sort();
    expect(order(found)).toEqual(order(told));
    for (const row of rows) {
      expect([row.actor, row.organisation, row.unit, row.purpose]).toEqual([
        'SE0000000001-1001',
        'vg:SE0000000001-A',
        'SE0000000001-A1',
        'Vård och behandling',
      ]);
      const asLog = Object.fromEntries(Object.entries(row).map(([column, value]) => [camel(column), value]));
      const at = (row.at as Date).toISOString();
      const log = { ...asLog, at } as unknown as LogRow;
      const event = auditEvent(log, { voice: 'staff', names: true, query: 'whole' }, world.api.base) as Balp;
      const profile = event.meta.profile?.[0]?.split('IHE.BasicAudit.')[1];
      expect(validate(event).filter(({ severity }) => severity === 'error')).toEqual([]);
      // BALP has profiles of what went well and is no history of several.
      if (profile !== undefined) expect(balpFaults(profile, event)).toEqual([]);
    }
  });
});

describe('without the audit', () => {
  const asks: [string, string, object?][] = [
    ['GET', '/CarePlan/p1-plan'],
    ['GET', '/CarePlan/p2-plan'],
    ['GET', '/CarePlan/p1-plan/_history'],
    ['GET', '/CarePlan/p1-plan/_history/1'],
    ['GET', '/CarePlan/_history'],
    ['GET', '/_history'],
    ['GET', '/CarePlan?patient=p1&_include=*'],
    ['GET', '/CarePlan?patient=p1&_summary=count'],
    ['GET', '/CarePlan?nonsense=1'],
    ['GET', '/Patient/p1/CarePlan'],
    ['GET', '/AuditEvent'],
    ['GET', '/Provenance?target=CarePlan/p1-plan'],
    ['GET', '/Patient/p1/$svod-status'],
    ['POST', '/CarePlan', newPlan],
    ['POST', '/CareTeam', careTeam('Patient/p2')],
    ['PUT', '/CarePlan/a-plan', plan('a-plan', 'p1', { status: 'completed' })],
    ['DELETE', '/CarePlan/a-plan'],
    ['DELETE', '/CarePlan?identifier=urn:test%7Ca-plan'],
    ['POST', '', bundle('transaction', get('CarePlan/p1-plan'))],
  ];

  test('attack 82: nothing is disclosed and nothing is written, whatever is asked', async () => {
    const { pool } = world.api.database;
    const count = async () => (await pool.query('select count(*) from version')).rows[0].count;
    const before = await count();
    await pool.query('revoke insert on audit from naravard_service');
    try {
      for (const [method, path, body] of asks) {
        const { status, text } = await world.ask('A', method, path, body && { body });
        expect([method, path, status]).toEqual([method, path, 503]);
        expect(text, path).not.toMatch(/p1-plan|a-plan|Namn|"total"/);
      }
      const batch = await world.ask('A', 'POST', '', {
        body: bundle('batch', get('CarePlan/p1-plan'), get('CarePlan?patient=p1')),
      });
      expect(
        batch.json.entry.map(({ response }: { response: { status: string } }) => response.status.slice(0, 3)),
      ).toEqual(['503', '503']);
      expect(batch.text).not.toMatch(/p1-plan|Namn/);
    } finally {
      await pool.query('grant insert on audit to naravard_service');
    }
    expect(await count()).toBe(before);
    expect((await world.ask('A', 'GET', '/CarePlan/a-plan')).json.status).toBe('active');
  });
});
