import cookie from '@fastify/cookie';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import type { Context } from '../../services/web/src/server/context.ts';
import { createCookies } from '../../services/web/src/server/cookies.ts';
import { registerNurse } from '../../services/web/src/server/nurse.ts';
import { createSessions, type Session } from '../../services/web/src/server/sessions.ts';
import { ownScript } from './web-visitors.ts';

const maja: Omit<Session, 'ends'> = {
  client: 'nurse',
  token: 'token',
  user: {
    client: 'nurse',
    sub: 'maja',
    name: 'Maja Berg',
    title: null,
    employeeHsaId: 'a',
    unitHsaId: 'u',
    unit: null,
    organisation: { hsaId: 'o', as: 'vardgivare' },
  },
};

it('A nurse whose token the API does not accept any more is offered the login: her session has ended', async () => {
  const sessions = createSessions(Date.now);
  let status = 403;
  const assets = { styles: [], scripts: [], preloads: [], early: '' };
  const context: Partial<Context> = {
    options: { issuer: 'https://login.example', emergencyNumbers: [] } as unknown as Context['options'],
    origin: 'https://plan.example',
    built: { nurse: assets, files: new Map(), serviceWorker: '' } as unknown as Context['built'],
    sessions,
    cookies: createCookies(false),
    api: { ask: async () => ({ status, headers: {}, body: Buffer.from('') }) },
  };
  const app = fastify();
  await app.register(cookie);
  registerNurse(app, context as Context);
  const cookies = { 'nv-nurse': sessions.open(maja, 3600) };
  const ask = async (url: string) => (await app.inject({ url, headers: ownScript, cookies })).statusCode;
  expect([await ask('/nurse/api/Patient/a'), await ask('/nurse/session')]).toEqual([403, 200]);
  status = 401;
  expect([await ask('/nurse/api/Patient/a'), await ask('/nurse/session')]).toEqual([401, 401]);
  await app.close();
});
