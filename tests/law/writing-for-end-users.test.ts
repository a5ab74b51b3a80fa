import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, type Persona, plan } from '../attack/access-world.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());

const nurse = {
  employeeHsaId: 'SE0000000001-1001',
  commissionHsaId: 'SE0000000001-1001U',
  commissionPurpose: 'Vård och behandling',
  healthCareProviderHsaId: 'SE0000000001-A',
  healthCareUnitHsaId: 'SE0000000001-A1',
};

const transaction = (resource: object) => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [{ resource, request: { method: 'POST', url: 'CarePlan' } }],
});

/** Statuses of a plan about a patient, sent alone and in a transaction. */
async function writing(as: Persona, patient: string, onBehalfOf?: object): Promise<number[]> {
  const claims = onBehalfOf && { on_behalf_of: onBehalfOf };
  const { id: _id, ...body } = plan('new', patient) as { id: string };
  const alone = await world.ask(as, 'POST', '/CarePlan', { body, ...(claims && { claims }) });
  const within = await world.ask(as, 'POST', '', { body: transaction(body), ...(claims && { claims }) });
  return [alone.status, within.status];
}

describe('PDL 4:1, SVOD 4:3: a system client for an end user writes what that person might', () => {
  test('about a patient whom the unit has a relation to', async () => {
    expect(await writing('S_A', 'p1', nurse)).toEqual([201, 200]);
    expect(await writing('A', 'p1')).toEqual([201, 200]);
  });

  test('about nobody else, as with the person’s own token', async () => {
    expect(await writing('S_A', 'p2', nurse)).toEqual([403, 403]);
    expect(await writing('A', 'p2')).toEqual([403, 403]);
  });

  test('for a patient as little as with a token of that person: what a person says goes through operations', async () => {
    expect(await writing('S_A', 'p1', { patient: 'p1' })).toEqual([403, 403]);
    expect(await writing('S_A', 'p2', { patient: 'p1' })).toEqual([403, 403]);
    expect(await writing('P1', 'p1')).toEqual([403, 403]);
  });

  test('without an end user about anybody: the organisation answers for it (SVOD 4:1)', async () => {
    expect(await writing('S_A', 'p2')).toEqual([201, 200]);
  });
});
