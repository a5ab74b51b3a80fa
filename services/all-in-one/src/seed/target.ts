import { setTimeout as sleep } from 'node:timers/promises';
import { CannotStart } from '../cannot-start.ts';
import { compose } from '../compose.ts';
import type { Config } from '../config.ts';
import { type SandboxIssuer, sandboxIssuer } from '../sandbox/issuer.ts';
import { keptSecrets } from '../sandbox/kept-secrets.ts';
import type { Claims } from '../sandbox/personas.ts';

/** Where transactions go. */
export interface Target {
  about: string;
  /** Sends a bundle in the name of `writer`; overload is waited out, any other refusal throws. */
  send(writer: Claims, bundle: object): Promise<void>;
  close(): Promise<void>;
}

type Post = (token: string, body: string) => Promise<{ status: number; body: string }>;

const HEADERS = { 'content-type': 'application/fhir+json', prefer: 'return=minimal' };

/** The running sandbox at BASE_URL over HTTP; when none runs, an own one in this process, without a socket. */
export async function openTarget(config: Config): Promise<Target> {
  if (config.MODE !== 'sandbox')
    throw new CannotStart('Test data goes into a sandbox only: MODE is production.');
  const ready = await fetch(new URL('/readyz', config.BASE_URL)).catch(() => undefined);
  if (ready?.ok) {
    const { signingKey } = await keptSecrets(config.DATA_DIR);
    return target(
      config.BASE_URL,
      sandboxIssuer(signingKey, config.BASE_URL),
      overHttp(config.BASE_URL),
      async () => {},
    );
  }
  const { app, issuer, place } = await compose(config, (line) => console.error(line));
  if (!issuer) throw new CannotStart('There is no sandbox issuer.');
  const url = new URL(config.BASE_URL).pathname;
  const post: Post = async (token, payload) => {
    const headers = { ...HEADERS, authorization: `Bearer ${token}` };
    const answer = await app.inject({ method: 'POST', url, headers, payload });
    return { status: answer.statusCode, body: answer.body };
  };
  return target(place, issuer, post, () => app.close());
}

function target(about: string, issuer: SandboxIssuer, post: Post, close: () => Promise<void>): Target {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (writer: Claims): Promise<string> => {
    const token = tokens.get(writer.sub) ?? issuer.sign(writer);
    tokens.set(writer.sub, token);
    return token;
  };
  return {
    about,
    close,
    send: async (writer, bundle) => {
      const body = JSON.stringify(bundle);
      for (let attempt = 1; ; attempt++) {
        const answer = await post(await tokenOf(writer), body);
        if (answer.status === 200) return;
        const busy = answer.status === 503 || answer.status === 429;
        if (!busy || attempt === 6)
          throw new CannotStart(`Refused with ${answer.status}: ${answer.body.slice(0, 600)}`);
        await sleep(250 * 2 ** attempt * Math.random());
      }
    },
  };
}

const overHttp = (base: string): Post => {
  return async (token, body) => {
    const answer = await fetch(base, {
      method: 'POST',
      headers: { ...HEADERS, authorization: `Bearer ${token}` },
      body,
    });
    return { status: answer.status, body: await answer.text() };
  };
};
