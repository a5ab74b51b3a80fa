import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '@naravard/fhir';
import { type ReplayGuard, replayGuardInMemory } from '@naravard/rest';
import type { Provider } from 'oidc-provider';
import type { App } from '../app.ts';
import type { SandboxIssuer } from './issuer.ts';
import type { KeptSecrets } from './kept-secrets.ts';
import { loginPage, style } from './login-page.ts';
import { type Persona, personas } from './personas.ts';

/**
 * The sandbox's login below /sandbox/oidc: an authorization server (oidc-server.ts) and the page on which one chooses a
 * persona. `replays` is shared by all processes that are one sandbox.
 */
export function registerLogin(
  app: App,
  issuer: SandboxIssuer,
  secrets: KeptSecrets,
  replays: ReplayGuard = replayGuardInMemory(),
): void {
  const prefix = new URL(issuer.issuer).pathname;
  app.register(async (scope) => {
    // Loaded here, since production never comes here.
    const { oidcServer } = await import('./oidc-server.ts');
    const provider = oidcServer(issuer, secrets, replays);
    const answer = provider.callback();
    scope.get(`${prefix}/interaction/:uid`, async ({ raw }, reply) => {
      await knownLogin(provider, raw, reply.raw);
      const path = new URL(raw.url ?? '', issuer.issuer).pathname;
      return reply.headers(pageHeaders).send(loginPage(path, people));
    });
    scope.post(`${prefix}/interaction/:uid`, async ({ raw, body }, reply) => {
      await knownLogin(provider, raw, reply.raw);
      const { id } = chosen(body);
      await forgetFormer(provider, raw, reply.raw);
      reply.hijack();
      const login = { accountId: id, remember: false };
      await provider.interactionFinished(raw, reply.raw, { login }, { mergeWithLastSubmission: false });
    });
    scope.register(async (inner) => {
      // The server reads bodies itself.
      inner.removeAllContentTypeParsers();
      inner.addContentTypeParser('*', (_request, _body, done) => done(null));
      inner.all(`${prefix}/*`, async (request, reply) => {
        reply.hijack();
        await answer(addressed(request.raw, issuer.issuer), reply.raw);
      });
    });
  });
}

/**
 * The request as the server expects it: its own paths, and the address that is configured in place of Host and
 * X-Forwarded headers, since it makes addresses of what it is told.
 */
function addressed(raw: IncomingMessage, issuer: string): IncomingMessage {
  const { pathname, host, protocol } = new URL(issuer);
  const originalUrl = raw.url ?? '';
  const { 'x-forwarded-host': _host, ...headers } = raw.headers;
  raw.headers = { ...headers, host, 'x-forwarded-proto': protocol.slice(0, -1) };
  return Object.assign(raw, { originalUrl, url: originalUrl.slice(pathname.length) });
}

const people = personas.filter(({ claims }) => claims.kind !== 'system');

/** A form may lead on to the app that asked, which is another origin on this machine while it is developed. */
const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${hash('sha256', style, 'base64')}'`,
    "form-action 'self' http://localhost:*",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
};

/** @throws Problem 'bad-request' for who is not on the page */
function chosen(body: unknown): Persona {
  const id = new URLSearchParams(typeof body === 'string' ? body : '').get('persona');
  const persona = people.find((each) => each.id === id);
  if (!persona)
    throw new Problem('bad-request', 'Choose one of the persons on the page. Välj en person på sidan.');
  return persona;
}

/** Who was logged in before in this browser: persons take turns without logging out. */
async function forgetFormer(provider: Provider, raw: IncomingMessage, answer: ServerResponse): Promise<void> {
  const interaction = await provider.interactionDetails(raw, answer);
  if (!interaction.session) return;
  const session = await provider.Session.findByUid(interaction.session.uid);
  await session?.destroy();
  interaction.session = undefined;
  await interaction.persist();
}

/** @throws Problem 'bad-request' when no login is under way in this browser */
async function knownLogin(provider: Provider, raw: IncomingMessage, answer: ServerResponse): Promise<void> {
  await provider.interactionDetails(raw, answer).catch((cause: unknown) => {
    throw new Problem(
      'bad-request',
      'The login has run out: start again from the app. Börja om från appen.',
      { cause },
    );
  });
}
