import { createTestApp, type PersonaId, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clearAudit, patientOf } from './audit-rows.ts';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
  await api.ask('PUT', '/Patient/astrid-testberg', { body: patientOf('astrid-testberg') });
});
afterAll(() => api.close());

const reviewer = 'logg-granskare' satisfies PersonaId;

async function idsFor(as: PersonaId, query: string): Promise<string[]> {
  const { status, json } = await api.ask('GET', `/AuditEvent${query}`, { as });
  expect([query, status]).toEqual([query, 200]);
  return (json.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id);
}

describe('the log', () => {
  test.each([
    '/?_type=AuditEvent',
    '/?_type=Patient,AuditEvent',
    '/Patient?_has:AuditEvent:patient:action=R',
    '/CarePlan?subject:Patient._has:AuditEvent:patient:action=R',
    '/Patient?_revinclude=AuditEvent:patient',
    '/Patient?_revinclude=AuditEvent:*',
    '/Provenance?target:AuditEvent.action=R',
    '/Practitioner/x/AuditEvent',
  ])('is found by no search of stored resources, which says so: %s', async (path) => {
    const { status, json } = await api.ask('GET', path, { as: reviewer });
    expect([status, json.issue[0].code]).toEqual([400, 'not-supported']);
    expect(json.issue[0].diagnostics).toContain('[base]/AuditEvent');
  });

  test('is left out where nobody names it', async () => {
    for (const path of ['/?_id=x', '/Patient/x/*', '/Provenance?target:Patient.active=true'])
      expect((await api.ask('GET', path)).status, path).toBe(200);
  });

  test('does not tell a person that there is something which is kept from the person', async () => {
    const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }];
    const body = {
      resourceType: 'CarePlan',
      id: 'kept',
      meta: { security },
      status: 'active',
      intent: 'plan',
      subject: { reference: 'Patient/astrid-testberg' },
    };
    expect((await api.ask('PUT', '/CarePlan/kept', { body })).status).toBe(201);
    await clearAudit(api);
    for (const id of ['kept', 'unknown'])
      expect((await api.ask('GET', `/CarePlan/${id}`, { as: 'patient' })).status).toBe(404);
    expect(await idsFor('patient', '?patient=astrid-testberg')).toEqual([]);
    // What others were refused about the person is told.
    await api.ask('GET', '/Patient/astrid-testberg', { as: 'lakare-privat' });
    const [refused = '', ...more] = await idsFor('patient', '?patient=astrid-testberg&outcome=4');
    expect(more).toEqual([]);
    expect((await api.ask('GET', `/AuditEvent/${refused}`, { as: 'patient' })).status).toBe(200);
  });
});
