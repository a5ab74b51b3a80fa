import { callerOf, replayGuardInMemory } from '@naravard/rest';
import { describe, expect, it, test } from 'vitest';
import { holderKey, NOW, signer } from './signed-tokens.ts';

const journal = { kind: 'system', client_id: 'journal', healthCareProviderHsaId: 'SE0000000001-A' };

async function bound() {
  const issuer = await signer();
  const holder = await holderKey();
  const token = await issuer.token({ ...journal, cnf: { jkt: holder.jkt } });
  const call = async (
    dpop: string | undefined,
    more: { url?: string; method?: string; scheme?: string } = {},
  ) =>
    callerOf(issuer.identity, {
      method: more.method ?? 'GET',
      url: more.url ?? '/fhir/Patient/1?_pretty=true',
      headers: { authorization: `${more.scheme ?? 'DPoP'} ${token}`, ...(dpop !== undefined && { dpop }) },
    });
  return { ...issuer, holder, token, call };
}

describe('A token that is bound to a key', () => {
  it('is accepted with a proof of the key for the request, each time with a new one', async () => {
    const { holder, token, call } = await bound();
    for (let time = 0; time < 2; time++)
      expect(await call(await holder.proof(token))).toMatchObject({ kind: 'system', id: 'journal' });
  });

  it('is refused without a proof, and as a plain Bearer token, also when it has been verified before', async () => {
    const { holder, token, call } = await bound();
    for (let time = 0; time < 2; time++) {
      await expect(call(undefined)).rejects.toMatchObject({ kind: 'login' });
      await expect(call(undefined, { scheme: 'Bearer' })).rejects.toMatchObject({ kind: 'login' });
      await expect(call(await holder.proof(token), { scheme: 'Bearer' })).rejects.toMatchObject({
        kind: 'login',
      });
      await call(await holder.proof(token));
    }
  });

  it('is refused with a proof that was used before', async () => {
    const { holder, token, call } = await bound();
    const proof = await holder.proof(token);
    await call(proof);
    await expect(call(proof)).rejects.toMatchObject({ kind: 'login' });
  });

  it.each([
    ['for another method', { htm: 'POST' }],
    ['for another path', { htu: 'https://naravard.test/fhir/Patient/2' }],
    ['for another origin', { htu: 'https://evil.test/fhir/Patient/1' }],
    ['for no address', { htu: 'Patient/1' }],
    ['for another token', { ath: 'x' }],
    ['for no token', { ath: undefined }],
    ['of two minutes ago', { iat: NOW / 1000 - 120 }],
    ['of two minutes hence', { iat: NOW / 1000 + 120 }],
    ['of no time', { iat: undefined }],
    ['without an id', { jti: undefined }],
    ['with an endless id', { jti: 'x'.repeat(300) }],
  ])('is refused with a proof %s', async (_name, claims) => {
    const { holder, token, call } = await bound();
    await expect(call(await holder.proof(token, claims))).rejects.toMatchObject({ kind: 'login' });
  });

  it.each([
    ['another type', { typ: 'JWT' }],
    ['no key', { jwk: undefined }],
    ['a shared secret', { alg: 'ES256', jwk: { kty: 'oct', k: 'AAAA' } }],
  ])('is refused with a proof that has %s in its header', async (_name, header) => {
    const { holder, token, call } = await bound();
    await expect(call(await holder.proof(token, {}, header))).rejects.toMatchObject({ kind: 'login' });
  });

  it('is refused with a proof of another key, and with no JWT at all', async () => {
    const { token, call } = await bound();
    await expect(call(await (await holderKey()).proof(token))).rejects.toMatchObject({ kind: 'login' });
    for (const proof of ['', 'x', 'a.b.c', `${'a'.repeat(9000)}.b.c`])
      await expect(call(proof)).rejects.toMatchObject({ kind: 'login' });
  });

  it('in a way not known here is refused', async () => {
    const { identity, token } = await signer();
    for (const cnf of [{ 'x5t#S256': 'abc' }, {}, null, 'jkt']) {
      const authorization = `Bearer ${await token({ ...journal, cnf })}`;
      await expect(async () => callerOf(identity, { headers: { authorization } })).rejects.toMatchObject({
        kind: 'login',
      });
    }
  });

  it('is refused where the service was not told its address', async () => {
    const issuer = await signer({}, { base: undefined });
    const holder = await holderKey();
    const token = await issuer.token({ ...journal, cnf: { jkt: holder.jkt } });
    const headers = { authorization: `DPoP ${token}`, dpop: await holder.proof(token) };
    const call = async () => callerOf(issuer.identity, { method: 'GET', url: '/fhir/Patient/1', headers });
    await expect(call()).rejects.toMatchObject({ kind: 'login' });
  });
});

test('a token that is not bound to a key is refused as one that is', async () => {
  const { identity, token } = await signer();
  const headers = { authorization: `DPoP ${await token(journal)}` };
  await expect(async () => callerOf(identity, { headers })).rejects.toMatchObject({ kind: 'login' });
});

describe('A replay guard', () => {
  it('lets an id of an issuer pass once until it expires', async () => {
    let now = NOW;
    const guard = replayGuardInMemory(() => now);
    expect(await guard.firstTime('a', '1', now + 1000)).toBe(true);
    expect(await guard.firstTime('a', '1', now + 1000)).toBe(false);
    expect(await guard.firstTime('b', '1', now + 1000)).toBe(true);
    expect(await guard.firstTime('a', '2', now + 1000)).toBe(true);
    now += 1001;
    expect(await guard.firstTime('a', '1', now + 1000)).toBe(true);
  });

  it('refuses rather than forgets when it is full', async () => {
    const guard = replayGuardInMemory(() => NOW, 2);
    await guard.firstTime('a', '1', NOW + 1000);
    await guard.firstTime('a', '2', NOW + 1000);
    await expect(guard.firstTime('a', '3', NOW + 1000)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await guard.firstTime('a', '1', NOW + 1000)).toBe(false);
  });
});
