import { createTestApp, createTestIssuer, type PersonaId, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';

const issuer = await createTestIssuer();

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp({ identity: (lookups) => issuer.identityWith(lookups) });
});
afterAll(() => fhir.close());

const guardian = { kind: 'guardian', sub: 'hanna-testberg', act_for: 'alva-testberg' };

async function ask(request: string, persona: PersonaId, claims: Record<string, unknown>, api = fhir) {
  const token = await issuer.token(persona, claims);
  return api.ask('GET', '/CarePlan', {
    as: null,
    headers: { authorization: `Bearer ${token}`, 'x-request-id': request },
  });
}

const rowsOf = async (request: string) =>
  (
    await fhir.database.pool.query(
      'select interaction, actor_kind, actor, organisation, unit, purpose, client, outcome, reason, type, patient, targets from audit where request = $1',
      [request],
    )
  ).rows;

/** What a denial leaves; nothing has been looked at. */
const denied = {
  interaction: 'search-type',
  outcome: 8,
  reason: 'forbidden',
  type: 'CarePlan',
  patient: null,
  targets: [],
};

describe('HSLF-FS 2016:40 4:9: who is known and refused leaves a row in the audit', () => {
  const nurse = {
    actor_kind: 'staff',
    actor: 'SE0000000001-1001',
    organisation: 'vg:SE0000000001-A',
    unit: 'SE0000000001-A1',
    purpose: 'Vård och behandling',
    client: 'app',
  };
  const system = {
    actor_kind: 'system',
    actor: 'journalsystem-kommun',
    organisation: 'vg:SE0000000001-A',
    unit: null,
    purpose: null,
    client: 'journalsystem-kommun',
  };
  const nobody = { actor: 'anonymous', organisation: null, unit: null, purpose: null };

  test.each<[string, PersonaId, Record<string, unknown>, object]>([
    [
      'staff without a commission',
      'ssk-hemsjukvard',
      { commissionHsaId: undefined, client_id: 'app' },
      nurse,
    ],
    [
      'staff with another purpose',
      'ssk-hemsjukvard',
      { commissionPurpose: 'Kvalitetssäkring', client_id: 'app' },
      { ...nurse, purpose: 'Kvalitetssäkring' },
    ],
    [
      'staff with several organisations',
      'ssk-hemsjukvard',
      { healthCareProviderHsaId: ['SE0000000001-A', 'SE0000000002-A'], azp: 'app' },
      { ...nurse, organisation: null, unit: null },
    ],
    [
      'a person whom nobody here knows, not by the number',
      'patient',
      { sub: '191212121212', patient: undefined, personalIdentityNumber: '191212121212', client_id: 'app' },
      { ...nobody, actor_kind: 'patient', client: 'app' },
    ],
    [
      'a system for staff of another organisation',
      'journalsystem-kommun',
      {
        on_behalf_of: {
          employeeHsaId: 'SE0000000002-2001',
          commissionHsaId: 'SE0000000002-2001U',
          commissionPurpose: 'Vård och behandling',
          healthCareProviderHsaId: 'SE0000000002-A',
          healthCareUnitHsaId: 'SE0000000002-A1',
        },
      },
      { ...system, actor_kind: 'staff', actor: 'SE0000000002-2001', purpose: 'Vård och behandling' },
    ],
    [
      'a system for staff without a commission',
      'journalsystem-kommun',
      {
        on_behalf_of: {
          employeeHsaId: 'SE0000000001-1001',
          commissionPurpose: 'Vård och behandling',
          healthCareProviderHsaId: 'SE0000000001-A',
          healthCareUnitHsaId: 'SE0000000001-A1',
        },
      },
      { ...nurse, client: 'journalsystem-kommun' },
    ],
    [
      'a system for a person whom nobody here knows',
      'journalsystem-kommun',
      { on_behalf_of: { personalIdentityNumber: '191212121212' } },
      { ...system, actor_kind: 'patient', actor: 'anonymous' },
    ],
    [
      'a system for a guardian',
      'journalsystem-kommun',
      { on_behalf_of: guardian },
      { ...system, actor_kind: 'guardian', actor: 'anonymous' },
    ],
  ])('%s', async (name, persona, claims, known) => {
    const request = `refused-${name.replaceAll(/[^a-z]/g, '-')}`;
    expect((await ask(request, persona, claims)).status).toBe(403);
    expect(await rowsOf(request)).toEqual([{ ...denied, ...known }]);
    expect(
      (await fhir.database.pool.query('select from audit where audit::text ~ $1', ['12121212'])).rowCount,
    ).toBe(0);
  });

  it('and is told nothing but 503 when the row cannot be written', async () => {
    const { pool } = fhir.database;
    await pool.query('revoke insert on audit from naravard_service');
    try {
      expect((await ask('dark', 'ssk-hemsjukvard', { commissionHsaId: undefined })).status).toBe(503);
    } finally {
      await pool.query('grant insert on audit to naravard_service');
    }
  });

  test('whose token cannot be verified is nobody: 401, and no row', async () => {
    expect((await ask('unverified', 'ssk-hemsjukvard', { exp: 1 })).status).toBe(401);
    expect(await rowsOf('unverified')).toEqual([]);
  });

  test('a flood of them is held up as one of failed logins', async () => {
    const limited = await createTestApp({
      identity: issuer.identity,
      hardening: { requestsPerMinute: 3 },
    });
    const statuses: number[] = [];
    for (let count = 0; count < 6; count++)
      statuses.push((await ask('flood', 'ssk-hemsjukvard', { commissionHsaId: undefined }, limited)).status);
    await limited.close();
    expect([statuses[0], statuses.at(-1)]).toEqual([403, 429]);
  });
});

test('a guardian whom a system names as its end user is told to log in', async () => {
  const { status, json } = await ask('guardian', 'journalsystem-kommun', { on_behalf_of: guardian });
  expect(status).toBe(403);
  expect(json.issue).toMatchObject([
    {
      code: 'forbidden',
      diagnostics: expect.stringContaining('through the patient client'),
      details: { text: 'Den som företräder någon annan loggar in själv, i tjänsten för patienter.' },
    },
  ]);
});
