import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { createApi } from './api.ts';
import { type BuiltWeb, readBuilt } from './built.ts';
import { sendFixed } from './compressed.ts';
import { addressOf, type Context } from './context.ts';
import { createCookies } from './cookies.ts';
import { pageHeaders } from './headers.ts';
import { createLogin } from './login.ts';
import { registerNurse } from './nurse.ts';
import type { WebOptions } from './options.ts';
import { registerPatient } from './patient.ts';
import { createSessions } from './sessions.ts';
import { createUnsentForms } from './unsent.ts';

/** The two clients as a Fastify plugin: /nurse, /patient and their files below /web. */
export type WebPlugin = (app: FastifyInstance) => Promise<void>;

/** @throws Error when the clients have not been built (`npm run build:web`) */
export async function web(options: WebOptions): Promise<WebPlugin> {
  const built = await readBuilt();
  const { origin, protocol } = new URL(options.base);
  const clock = options.clock ?? Date.now;
  const context: Context = {
    options,
    origin,
    clock,
    built,
    sessions: createSessions(clock),
    cookies: createCookies(protocol === 'https:'),
    unsent: createUnsentForms(clock),
    login: createLogin(options),
    api: createApi(options),
  };
  const headers = pageHeaders(options.issuer);
  return async (app) => {
    // Bodies are read as text here: forms by their own parser, and what is for the API as it came.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string) => body);
    await app.register(cookie);
    app.addHook('onRequest', async (_request, reply) => void reply.headers(headers));
    registerFiles(app, built, origin);
    registerNurse(app, context);
    registerPatient(app, context);
  };
}

/** Names of files in `assets` change with what they hold; others are asked for again the next day. */
function registerFiles(app: FastifyInstance, { files }: BuiltWeb, origin: string): void {
  app.get('/web/*', async (request, reply) => {
    const { pathname } = addressOf(request, origin);
    const file = files.get(pathname);
    if (!file) return reply.code(404).type('text/plain; charset=utf-8').send('Filen finns inte.\n');
    const kept = pathname.startsWith('/web/assets/') ? 'max-age=31536000, immutable' : 'max-age=86400';
    return sendFixed(request, reply.header('Cache-Control', `public, ${kept}`), file);
  });
}
