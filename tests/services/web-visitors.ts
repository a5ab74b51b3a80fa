import { expect } from 'vitest';
import { browser } from '../identity/client-of-login.ts';

type Client = 'nurse' | 'patient';
type Visit = (path: string, init?: RequestInit) => Promise<Response>;

export interface Visitor {
  visit: Visit;
  /** What a script of the pages asks. */
  ask: Visit;
  /** What a form of the pages sends. */
  send(path: string, form?: Record<string, string>): Promise<Response>;
  /** The answers of the login, from the first redirect to the page that it came back to. */
  login: Response[];
}

export const ownScript = { 'x-naravard': '1', 'sec-fetch-site': 'same-origin' };

/** Visitors of the clients at an origin that is known when they come. */
export function visitorsOf(origin: () => string) {
  /** A browser in which nobody has logged in. */
  function visitor(): Visitor {
    const open = browser();
    const visit: Visit = (path, init) => open(new URL(path, origin()).href, init);
    return {
      visit,
      ask: (path, init = {}) => visit(path, { ...init, headers: { ...ownScript, ...init.headers } }),
      send: (path, form = {}) =>
        visit(path, {
          method: 'POST',
          body: new URLSearchParams(form),
          headers: { 'sec-fetch-site': 'same-origin', origin: origin() },
        }),
      login: [],
    };
  }

  /** Follows the redirects of a login as a person does: app, issuer, choice of persona, issuer, app. */
  async function logIn(
    client: Client,
    persona: string,
    to = `/${client}/`,
    who = visitor(),
  ): Promise<Visitor> {
    const follow = async (answer: Response): Promise<Response> => {
      who.login.push(answer);
      const next = answer.headers.get('location');
      return next ? follow(await who.visit(next)) : answer;
    };
    const page = await follow(await who.visit(`/${client}/login?to=${encodeURIComponent(to)}`));
    expect(page.url, 'the choice of persona').toContain('/interaction/');
    await follow(await who.send(new URL(page.url).pathname, { persona }));
    return who;
  }

  return { visitor, logIn };
}
