import { replayGuardInMemory } from '@naravard/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assertion, authorization, credentials, logIn, pkce, post } from '../identity/client-of-login.ts';
import { type SandboxApp, startSandboxApp } from '../identity/sandbox-app.ts';

let sandbox: SandboxApp;
beforeAll(async () => {
  sandbox = await startSandboxApp(replayGuardInMemory());
});
afterAll(() => sandbox.close());

const endpoint = () => `${sandbox.issuer.issuer}/token`;
const clientKey = () => sandbox.secrets.clientKeys.journalsystem?.[0] ?? {};
const signedFor = (claims: Record<string, unknown> = {}) =>
  assertion(clientKey(), 'journalsystem', endpoint(), claims);

const answerTo = async (form: Record<string, string>, url = endpoint()) => {
  const answer = await post(url, form);
  return [answer.status, ((await answer.json()) as { error?: string }).error];
};

describe('attack 6: a client assertion is good for once', () => {
  test('here and on another instance', async () => {
    const other = await sandbox.second();
    const elsewhere = `${other.origin}/sandbox/oidc/token`;
    const form = credentials(await signedFor(), 'system/*.rs');
    expect(await answerTo(form, elsewhere)).toEqual([200, undefined]);
    expect(await answerTo(form)).toEqual([401, 'invalid_client']);
    expect(await answerTo(form, elsewhere)).toEqual([401, 'invalid_client']);
    await other.close();
  });

  test('also when both come at once', async () => {
    const form = credentials(await signedFor(), 'system/*.rs');
    const answers = await Promise.all([answerTo(form), answerTo(form), answerTo(form)]);
    expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
  });
});

test.each([
  ['an end more than five minutes away', { exp: Math.floor(Date.now() / 1000) + 3600 }],
  ['no end', { exp: undefined }],
  ['an end that has been', { exp: Math.floor(Date.now() / 1000) - 60 }],
  ['no id', { jti: undefined }],
  ['another issuer than subject', { iss: 'web-nurse' }],
  ['an unknown client', { iss: 'nobody', sub: 'nobody' }],
  ['another audience', { aud: 'https://evil.test/token' }],
])('attack 7: a client assertion with %s', async (_name, claims) => {
  const [status, error] = await answerTo(credentials(await signedFor(claims), 'system/*.rs'));
  expect([400, 401]).toContain(status);
  expect(error).toBe('invalid_client');
});

test('attack 8: another type of assertion or grant', async () => {
  const form = async () => credentials(await signedFor(), 'system/*.rs');
  expect(await answerTo({ ...(await form()), client_assertion_type: 'urn:x' })).toEqual([
    400,
    'invalid_request',
  ]);
  expect(await answerTo({ ...(await form()), grant_type: 'password' })).toEqual([
    400,
    'unsupported_grant_type',
  ]);
  expect((await answerTo({ ...(await form()), grant_type: 'authorization_code' }))[0]).toBe(400);
});

test('attack 10: scopes wider than registered, or about a patient where there is none, are not given', async () => {
  const form = credentials(await signedFor(), 'system/*.rs user/*.cruds patient/*.cruds');
  expect(await (await post(endpoint(), form)).json()).toMatchObject({ scope: 'system/*.rs' });
  expect(await answerTo(credentials(await signedFor(), 'patient/*.rs'))).toEqual([400, 'invalid_scope']);
});

const web = { client_id: 'web-patient', redirect_uri: 'http://localhost:5174/callback' };

const asked = (more: Record<string, string> = {}) =>
  authorization(sandbox.issuer.issuer, {
    ...web,
    response_type: 'code',
    scope: 'patient/*.rs',
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
    ...more,
  });

describe('attack 14: a code is of no use to who did not ask for it', () => {
  const errorOf = async (address: string) => (await logIn(address, 'patient')).searchParams.get('error');

  test('PKCE is required, and S256', async () => {
    expect(await errorOf(asked({ code_challenge: '', code_challenge_method: '' }))).toBe('invalid_request');
    expect(await errorOf(asked({ code_challenge_method: 'plain' }))).toBe('invalid_request');
  });

  test.each([
    'http://localhost:5174/callback/more',
    'http://localhost:5174/callback?x=1',
    'http://localhost:5174.evil.test/callback',
    'http://localhost:5173/callback',
    'http://LOCALHOST:5174/callback/../callback',
  ])('it is not sent to %s', async (redirect) => {
    const answer = await fetch(asked({ redirect_uri: redirect }), { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  test('it is good for once, with its verifier, for its app, and says whose it is', async () => {
    const { verifier, challenge } = pkce();
    const back = await logIn(asked({ code_challenge: challenge }), 'patient');
    expect(back.searchParams.get('iss')).toBe(sandbox.issuer.issuer);
    const form = { ...web, grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '' };
    expect(await answerTo({ ...form, code_verifier: pkce().verifier })).toEqual([400, 'invalid_grant']);
    expect(await answerTo(form)).toEqual([400, 'invalid_grant']);
    const nurse = { client_id: 'web-nurse', redirect_uri: 'http://localhost:5173/callback' };
    expect(await answerTo({ ...form, ...nurse, code_verifier: verifier })).toEqual([400, 'invalid_grant']);
    expect(await answerTo({ ...form, code_verifier: verifier })).toEqual([200, undefined]);
    expect(await answerTo({ ...form, code_verifier: verifier })).toEqual([400, 'invalid_grant']);
  });
});
