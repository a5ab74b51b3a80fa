import { describe, expect, it, test } from 'vitest';
import { actorOf, type Signer, signer } from './signed-tokens.ts';

const nurse = {
  kind: 'staff',
  employeeHsaId: 'se0000000001-1001',
  commissionHsaId: 'SE0000000001-C1',
  commissionPurpose: 'Vård och behandling',
  healthCareProviderHsaId: 'SE0000000001-A',
  healthCareUnitHsaId: 'SE0000000001-A1',
  title: 'Sjuksköterska',
  client_id: 'web-nurse',
  scope: 'user/*.cruds',
};

const from = async (claims: Record<string, unknown>, issuer?: Signer) => {
  const { identity, token } = issuer ?? (await signer());
  return actorOf(identity, await token(claims));
};

describe('Claims of staff', () => {
  it('are one employee in one commission at one unit of a vårdgivare, HSA-ids in capitals', async () => {
    expect(await from(nurse)).toEqual({
      kind: 'staff',
      id: 'SE0000000001-1001',
      caller: {
        kind: 'staff',
        commission: {
          commissionHsaId: 'SE0000000001-C1',
          employee: 'SE0000000001-1001',
          organisation: { hsaId: 'SE0000000001-A', as: 'vardgivare' },
          unit: 'SE0000000001-A1',
          purpose: 'Vård och behandling',
        },
      },
      organisation: 'vg:SE0000000001-A',
      unit: 'SE0000000001-A1',
      commission: 'SE0000000001-C1',
      purpose: 'Vård och behandling',
      title: 'Sjuksköterska',
      client: 'web-nurse',
      rights: [],
      grants: [{ type: '*', may: new Set('cruds'), tokens: null }],
      mayChooseIds: false,
    });
  });

  it('of an omsorgsgivare are another legal actor, though the HSA-id be the same', async () => {
    const { healthCareProviderHsaId, healthCareUnitHsaId, ...person } = nurse;
    const actor = await from({
      ...person,
      socialCareProviderHsaId: healthCareProviderHsaId,
      socialCareUnitHsaId: healthCareUnitHsaId,
    });
    expect(actor.organisation).toBe('og:SE0000000001-A');
    expect(actor.caller).toMatchObject({ commission: { organisation: { as: 'omsorgsgivare' } } });
  });

  test.each([
    ['no commission', { commissionHsaId: undefined }],
    ['several commissions', { commissionHsaId: ['SE0000000001-C1', 'SE0000000001-C2'] }],
    [
      'several commissions to choose from',
      { commissionHsaId: undefined, allCommissions: [{ commissionHsaId: 'C1' }] },
    ],
    ['no purpose', { commissionPurpose: undefined }],
    ['another purpose', { commissionPurpose: 'Administration' }],
    ['a purpose in other words', { commissionPurpose: 'vård och behandling' }],
    [
      'another purpose and an unknown right',
      { commissionPurpose: 'Administration', commissionRight: ['Läsa;VoO;SJF'] },
    ],
    [
      'another purpose and the right to lift blocks',
      { commissionPurpose: 'Administration', commissionRight: 'block-officer' },
    ],
    ['no vårdgivare', { healthCareProviderHsaId: undefined }],
    ['no vårdenhet', { healthCareUnitHsaId: undefined }],
    [
      'a vårdgivare and an omsorgsgivare',
      { socialCareProviderHsaId: 'SE0000000001-B', socialCareUnitHsaId: 'SE0000000001-B1' },
    ],
    [
      'a vårdgivare and the unit of an omsorgsgivare',
      { healthCareUnitHsaId: undefined, socialCareUnitHsaId: 'SE0000000001-B1' },
    ],
  ])('with %s are refused: choose a commission', async (_name, claims) => {
    const refused = from({ ...nurse, ...claims });
    await expect(refused).rejects.toMatchObject({
      kind: 'forbidden',
      findings: [{ diagnostics: expect.stringMatching(/choose a commission.*välj ett uppdrag/s) }],
    });
  });

  it('who reviews the log need no commission for care, and have the right', async () => {
    const actor = await from({
      ...nurse,
      commissionPurpose: 'Administration',
      commissionRight: ['log-review', 'x', 'constructor'],
    });
    expect([actor.purpose, actor.rights]).toEqual(['Administration', ['log-review']]);
  });

  it('cannot choose ids, whatever they claim', async () => {
    expect((await from({ ...nurse, may_choose_ids: true })).mayChooseIds).toBe(false);
  });

  it('need no kind where the issuer vouches for staff alone, and are refused where it vouches for others', async () => {
    const { kind: _kind, ...claims } = nurse;
    await expect(from(claims)).rejects.toMatchObject({ kind: 'login' });
    expect((await from(claims, await signer({ kinds: ['staff'] }))).kind).toBe('staff');
    await expect(from(nurse, await signer({ kinds: ['patient', 'guardian'] }))).rejects.toMatchObject({
      kind: 'login',
    });
  });
});

describe('Claims of a person', () => {
  const patientOf = async (number: string) => (number === '194103149805' ? 'astrid' : undefined);

  it('by a personnummer, however it is written, become the Patient, and the number is kept nowhere', async () => {
    const issuer = await signer({}, { patientOf });
    for (const claims of [
      { personalIdentityNumber: '194103149805' },
      { personalIdentityNumber: '19410314-9805' },
      { 'https://id.oidc.se/claim/personalIdentityNumber': '194103149805' },
    ]) {
      const actor = await from({ kind: 'patient', sub: '194103149805', ...claims }, issuer);
      expect(actor).toMatchObject({
        id: 'astrid',
        caller: { kind: 'patient', patient: 'astrid' },
        organisation: null,
      });
      expect(JSON.stringify(actor)).not.toContain('9805');
    }
  });

  it('by the id of the Patient need no personnummer', async () => {
    expect((await from({ kind: 'patient', patient: 'alva' })).caller).toEqual({
      kind: 'patient',
      patient: 'alva',
    });
  });

  it('whom nobody here knows are told so', async () => {
    const issuer = await signer({}, { patientOf });
    const unknown = from({ kind: 'patient', personalIdentityNumber: '194103149813' }, issuer);
    await expect(unknown).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('who acts for another name the Patient and a stable id that is no personnummer', async () => {
    const actor = await from({ kind: 'guardian', sub: 'hanna', act_for: 'alva' });
    expect(actor.caller).toEqual({ kind: 'guardian', person: 'hanna', of: 'alva' });
    await expect(from({ kind: 'guardian', sub: 'hanna' })).rejects.toMatchObject({ kind: 'login' });
    for (const sub of ['198001019876', '19800101-9876', '800101-9876'])
      await expect(from({ kind: 'guardian', sub, act_for: 'alva' })).rejects.toMatchObject({ kind: 'login' });
  });
});

describe('Claims of a system', () => {
  const journal = {
    kind: 'system',
    client_id: 'journal',
    healthCareProviderHsaId: 'SE0000000001-A',
    may_choose_ids: true,
    scope: 'system/*.cruds',
  };

  it('are a client of one organisation, its unit optional', async () => {
    expect(await from(journal)).toMatchObject({
      id: 'journal',
      caller: {
        kind: 'system',
        client: 'journal',
        organisation: { hsaId: 'SE0000000001-A', as: 'vardgivare' },
        onBehalfOf: null,
      },
      organisation: 'vg:SE0000000001-A',
      unit: null,
      client: 'journal',
      mayChooseIds: true,
    });
    await expect(from({ ...journal, healthCareProviderHsaId: undefined })).rejects.toMatchObject({
      kind: 'login',
    });
  });

  it('for an employee have the chosen commission, its unit and its rights', async () => {
    const actor = await from({ ...journal, on_behalf_of: { ...nurse, commissionRight: ['block-officer'] } });
    expect(actor.caller).toMatchObject({
      onBehalfOf: { kind: 'staff', commission: { unit: 'SE0000000001-A1' } },
    });
    expect(actor).toMatchObject({
      kind: 'staff',
      id: 'SE0000000001-1001',
      client: 'journal',
      unit: 'SE0000000001-A1',
      rights: ['block-officer'],
      title: 'Sjuksköterska',
    });
  });

  it('for an employee are vouched for and scoped as the token of a system', async () => {
    const claims = { ...journal, on_behalf_of: nurse };
    const actor = await from(claims, await signer({ kinds: ['system'] }));
    expect(actor.grants).toHaveLength(1);
    await expect(from(claims, await signer({ kinds: ['staff'] }))).rejects.toMatchObject({ kind: 'login' });
    expect((await from({ ...claims, scope: 'user/*.cruds' })).grants).toEqual([]);
  });

  it('for an employee without a commission, or of another organisation, are refused', async () => {
    const without = { ...journal, on_behalf_of: { ...nurse, commissionHsaId: undefined } };
    await expect(from(without)).rejects.toMatchObject({ kind: 'forbidden' });
    const foreign = { ...journal, on_behalf_of: { ...nurse, healthCareProviderHsaId: 'SE0000000002-A' } };
    await expect(from(foreign)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('for a person name the Patient', async () => {
    const actor = await from({ ...journal, on_behalf_of: { patient: 'astrid' } });
    expect(actor.caller).toMatchObject({ onBehalfOf: { kind: 'patient', patient: 'astrid' } });
    expect(actor).toMatchObject({ kind: 'patient', id: 'astrid', client: 'journal' });
    expect(actor.unit).toBeNull();
  });

  it('for nobody who can be told are refused', async () => {
    await expect(from({ ...journal, on_behalf_of: {} })).rejects.toMatchObject({ kind: 'login' });
    await expect(from({ ...journal, on_behalf_of: 'nurse' })).rejects.toMatchObject({ kind: 'login' });
  });
});
