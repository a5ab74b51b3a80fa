import { replayGuardInMemory } from '@naravard/rest';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertion, authorization, browser, credentials, logIn, pkce, post } from './client-of-login.ts';
import { type SandboxApp, startSandboxApp } from './sandbox-app.ts';
import { holderKey } from './signed-tokens.ts';

let sandbox: SandboxApp;
beforeAll(async () => {
  sandbox = await startSandboxApp(replayGuardInMemory());
});
afterAll(() => sandbox.close());

const nurseApp = { client_id: 'web-nurse', redirect_uri: 'http://localhost:5173/callback' };
const patientApp = { client_id: 'web-patient', redirect_uri: 'http://localhost:5174/callback' };

interface Tokens {
  access_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
  id_token?: string;
  patient?: string;
  refresh_token?: string;
}

async function tokensOf(persona: string, app: typeof nurseApp, scope: string): Promise<Tokens> {
  const { verifier, challenge } = pkce();
  const address = authorization(sandbox.issuer.issuer, {
    ...app,
    response_type: 'code',
    scope,
    state: 'abc',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  const back = await logIn(address, persona);
  expect(back.searchParams.get('state'), back.href).toBe('abc');
  expect(back.searchParams.get('iss')).toBe(sandbox.issuer.issuer);
  const answer = await post(`${sandbox.issuer.issuer}/token`, {
    ...app,
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    code_verifier: verifier,
  });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return (await answer.json()) as Tokens;
}

const statusWith = async (token: string, path = 'Organization?_count=1') =>
  (await fetch(`${sandbox.origin}/fhir/${path}`, { headers: { authorization: `Bearer ${token}` } })).status;

describe('A login', () => {
  it('as staff gives a token with the one commission that was chosen, which the service accepts', async () => {
    const tokens = await tokensOf('ssk-hemsjukvard', nurseApp, 'openid profile user/*.cruds');
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'user/*.cruds' });
    expect(tokens.refresh_token).toBeUndefined();
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      iss: sandbox.issuer.issuer,
      aud: sandbox.issuer.audience,
      client_id: 'web-nurse',
      kind: 'staff',
      employeeHsaId: 'TSTNMT2321000115-P301',
      commissionPurpose: 'Vård och behandling',
      healthCareProviderHsaId: 'TSTNMT2321000115-KH00',
    });
    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({ aud: 'web-nurse', name: 'Maja Berg' });
    expect(await statusWith(tokens.access_token)).toBe(200);
    expect(await statusWith(tokens.id_token ?? ''), 'an ID token is no access token').toBe(401);
  });

  it('as a patient tells the app whom the scopes are about', async () => {
    const tokens = await tokensOf('patient', patientApp, 'openid launch/patient patient/*.rs');
    expect(tokens).toMatchObject({ patient: 'astrid-testberg', scope: 'patient/*.rs' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      sub: 'astrid-testberg',
      patient: 'astrid-testberg',
    });
    expect(await statusWith(tokens.access_token)).toBe(200);
  });

  it('as a guardian is a token to act for the child', async () => {
    const tokens = await tokensOf('vardnadshavare', patientApp, 'launch/patient patient/*.rs');
    expect(tokens.patient).toBe('alva-testberg');
    expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: 'hanna-testberg', act_for: 'alva-testberg' });
  });

  it('gives granular scopes as they were asked for', async () => {
    const scope = 'patient/CarePlan.rs?category=http://snomed.info/sct|736353004';
    expect((await tokensOf('patient', patientApp, scope)).scope).toBe(scope);
  });

  it('never gives more than the app or the person has', async () => {
    const asked = 'patient/*.cruds patient/*.rs user/*.cruds system/*.cruds patient/CarePlan.rs';
    expect((await tokensOf('patient', patientApp, asked)).scope).toBe('patient/*.rs patient/CarePlan.rs');
    expect((await tokensOf('ssk-hemsjukvard', patientApp, 'openid patient/*.rs')).scope ?? '').toBe('');
  });

  it('asks who you are each time, on a page without scripts that names people and no systems', async () => {
    const address = authorization(sandbox.issuer.issuer, {
      ...nurseApp,
      response_type: 'code',
      scope: 'user/*.cruds',
      code_challenge: pkce().challenge,
      code_challenge_method: 'S256',
    });
    const visit = browser();
    for (const persona of ['nattpatrull', 'nattpatrull', 'ssk-hemsjukvard']) {
      const page = new URL((await visit(address)).headers.get('location') ?? '', sandbox.origin).href;
      const answer = await visit(page);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-/,
      );
      const html = await answer.text();
      expect(html).toContain('Vem är du?');
      expect(html).toContain('value="nattpatrull"');
      expect(html).not.toMatch(/<script|journalsystem/);
      const entered = await visit(page, { method: 'POST', body: new URLSearchParams({ persona }) });
      const back = await visit(new URL(entered.headers.get('location') ?? '', sandbox.origin).href);
      expect(back.headers.get('location')).toMatch(/^http:\/\/localhost:5173\/callback\?code=/);
    }
  });

  it('is not entered by an unknown persona or a system, nor without a login under way', async () => {
    const address = authorization(sandbox.issuer.issuer, {
      ...nurseApp,
      response_type: 'code',
      scope: 'user/*.cruds',
      code_challenge: pkce().challenge,
      code_challenge_method: 'S256',
    });
    const visit = browser();
    const page = new URL((await visit(address)).headers.get('location') ?? '', sandbox.origin).href;
    for (const persona of ['chef', 'journalsystem', '']) {
      const answer = await visit(page, { method: 'POST', body: new URLSearchParams({ persona }) });
      expect(answer.status).toBe(400);
    }
    expect((await fetch(page)).status).toBe(400);
  });
});

describe('Backend Services', () => {
  const endpoint = () => `${sandbox.issuer.issuer}/token`;
  const key = (client: string, alg = 'ES384') => {
    const found = sandbox.secrets.clientKeys[client]?.find((each) => each.alg === alg);
    if (!found) throw new Error('no key');
    return found;
  };

  it.each(['ES384', 'RS384'])(
    'give a system a token for five minutes by an assertion signed with %s',
    async (alg) => {
      const signed = await assertion(key('journalsystem', alg), 'journalsystem', endpoint());
      const answer = await post(endpoint(), credentials(signed, 'system/*.rs'));
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
      const tokens = (await answer.json()) as Tokens;
      expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'system/*.rs' });
      expect(tokens.refresh_token).toBeUndefined();
      expect(decodeJwt(tokens.access_token)).toMatchObject({
        sub: 'journalsystem',
        client_id: 'journalsystem',
        kind: 'system',
        healthCareProviderHsaId: 'TSTNMT2321000115-RH00',
      });
      expect(await statusWith(tokens.access_token)).toBe(200);
    },
  );

  it('give an omsorgsgivare a token as such', async () => {
    const signed = await assertion(key('journalsystem-hemtjanst'), 'journalsystem-hemtjanst', endpoint());
    const { access_token: token } = (await (
      await post(endpoint(), credentials(signed, 'system/*.cruds'))
    ).json()) as Tokens;
    expect(decodeJwt(token)).toMatchObject({ socialCareProviderHsaId: 'TSTNMT2321000115-KO00' });
    expect(decodeJwt(token)).not.toHaveProperty('healthCareProviderHsaId');
  });

  it('refuse who asks for nothing it may have', async () => {
    for (const scope of ['', 'user/*.cruds', 'patient/*.rs', 'system/careplan.rs']) {
      const signed = await assertion(key('journalsystem'), 'journalsystem', endpoint());
      const answer = await post(endpoint(), credentials(signed, scope));
      expect([answer.status, ((await answer.json()) as { error: string }).error], scope).toEqual([
        400,
        'invalid_scope',
      ]);
    }
  });

  it('give a token bound to a key to who proves to have it', async () => {
    const holder = await holderKey();
    const iat = Math.floor(Date.now() / 1000);
    const dpop = await holder.proof('', { htm: 'POST', htu: endpoint(), iat, ath: undefined });
    const signed = await assertion(key('journalsystem'), 'journalsystem', endpoint());
    const answer = await post(endpoint(), credentials(signed, 'system/*.rs'), { dpop });
    const { access_token: token, token_type: type } = (await answer.json()) as Tokens;
    expect([type, decodeJwt(token).cnf]).toEqual(['DPoP', { jkt: holder.jkt }]);
    expect(await statusWith(token)).toBe(401);
  });

  it('do not let one system use the key of another', async () => {
    const signed = await assertion(key('journalsystem-kommun'), 'journalsystem', endpoint());
    expect((await post(endpoint(), credentials(signed, 'system/*.rs'))).status).toBe(401);
  });
});
