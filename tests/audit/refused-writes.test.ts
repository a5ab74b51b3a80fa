import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, type Persona, plan } from '../attack/access-world.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());

interface Asked {
  as?: Persona;
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  type?: string;
  status: number;
  /** Patient and targets of the rows of a refusal. */
  told: [patient: string | null, ...targets: string[]][];
}

const put = (resource: object, url: string) => ({ resource, request: { method: 'PUT', url } });
const bundle = (...entry: object[]) => ({ resourceType: 'Bundle', type: 'transaction', entry });
const { id: _id, ...nobodysPlan } = plan('new-plan', 'p1') as { id: string };
const own = (over: object = {}) => plan('a-plan', 'p1', over);
const byNumber = (value: string) => `CarePlan?identifier=urn:test%7C${value}`;

const cases: Record<string, Asked> = {
  'a conditional update of another organisation’s plan': {
    method: 'PUT',
    path: `/${byNumber('p1-plan')}`,
    body: nobodysPlan,
    status: 403,
    told: [['p1', 'CarePlan/p1-plan']],
  },
  'a conditional delete of another organisation’s plan': {
    method: 'DELETE',
    path: `/${byNumber('p1-plan')}`,
    status: 403,
    told: [['p1', 'CarePlan/p1-plan']],
  },
  'a conditional delete that matches several': {
    method: 'DELETE',
    path: '/CarePlan?identifier=urn:test%7Cp1-plan,urn:test%7Ca-plan',
    status: 412,
    told: [['p1', 'CarePlan/a-plan', 'CarePlan/p1-plan']],
  },
  'a conditional create that matches plans of two patients': {
    method: 'POST',
    path: '/CarePlan',
    body: nobodysPlan,
    headers: { 'if-none-exist': 'identifier=urn:test|p1-plan,urn:test|p3-plan' },
    status: 412,
    told: [
      ['p1', 'CarePlan/p1-plan'],
      ['p3', 'CarePlan/p3-plan'],
    ],
  },
  'a conditional patch that does not hold': {
    method: 'PATCH',
    path: `/${byNumber('a-plan')}`,
    body: [{ op: 'test', path: '/status', value: 'draft' }],
    type: 'application/json-patch+json',
    status: 422,
    told: [['p1', 'CarePlan/a-plan']],
  },
  'a patch that does not hold': {
    method: 'PATCH',
    path: '/CarePlan/a-plan',
    body: [{ op: 'test', path: '/status', value: 'draft' }],
    type: 'application/json-patch+json',
    status: 422,
    told: [['p1', 'CarePlan/a-plan']],
  },
  'a conditional update at another version': {
    method: 'PUT',
    path: `/${byNumber('a-plan')}`,
    body: nobodysPlan,
    headers: { 'if-match': 'W/"9"' },
    status: 412,
    told: [['p1', 'CarePlan/a-plan']],
  },
  'a transaction whose condition matched, for the fault of another entry': {
    method: 'POST',
    path: '',
    body: bundle(
      put(own({ id: undefined }), byNumber('a-plan')),
      put(plan('p3-plan', 'p3', { status: 'completed' }), 'CarePlan/p3-plan'),
    ),
    status: 403,
    told: [
      ['p1', 'CarePlan/a-plan'],
      ['p3', 'CarePlan/p3-plan'],
    ],
  },
  'a transaction without conditions, of what another organisation answers for': {
    method: 'POST',
    path: '',
    body: bundle(put(own(), 'CarePlan/a-plan'), put(plan('p1-plan', 'p1'), 'CarePlan/p1-plan')),
    status: 403,
    told: [['p1', 'CarePlan/p1-plan']],
  },
  'a conditional update of what may not be seen, which matches nothing': {
    method: 'PUT',
    path: `/${byNumber('p2-plan')}`,
    body: plan('p2-plan', 'p1'),
    status: 403,
    told: [[null]],
  },
};

describe('what a refused write has told of stands in the audit, though the write is undone', () => {
  test.each(Object.entries(cases))('%s', async (name, { as = 'A', told, status, method, path, ...asked }) => {
    const request = `refused-${name.replaceAll(/[^a-z]/gi, '-')}`.slice(0, 60);
    const headers = { ...asked.headers, 'x-request-id': request };
    const answer = await world.ask(as, method, path, { ...asked, headers });
    expect([answer.status, answer.status === status ? '' : answer.text]).toEqual([status, '']);
    // What the answer compares, where the version is not the current one, is audited as the reads that they are.
    const { rows } = await world.api.database.pool.query(
      `select patient, targets, custodians, outcome from audit
       where request = $1 and interaction not in ('read', 'vread') order by patient`,
      [request],
    );
    expect(rows.map(({ patient, targets }) => [patient, ...targets.toSorted()])).toEqual(told);
    for (const { outcome, targets, custodians } of rows) {
      expect([4, 8]).toContain(outcome);
      expect(custodians.length > 0).toBe(targets.length > 0);
    }
  });
});
