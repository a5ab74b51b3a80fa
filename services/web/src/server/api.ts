import type { ApiAnswer, ApiCall, WebOptions } from './options.ts';
import type { Session } from './sessions.ts';

/** What of a browser's request the API is told. */
const passedOn = ['accept', 'content-type', 'if-match', 'if-none-exist', 'prefer'] as const;
/** What of the API's answer a browser is told. */
const passedBack = ['content-type', 'etag', 'location', 'retry-after'] as const;

type Headers = Readonly<Record<string, unknown>>;

export interface ApiRequest {
  readonly method: string;
  /** Relative to the FHIR base, or an address below it, as the links of a page are. */
  readonly path: string;
  readonly headers: Headers;
  readonly body?: string | undefined;
  readonly address: string;
}

/** The API as one session may use it: with its token, and below the FHIR base alone. */
export interface Api {
  /** @throws Error when nothing answers, or the path leads out of the API */
  ask(session: Session, request: ApiRequest): Promise<ApiAnswer>;
}

export function createApi({ base, api }: WebOptions): Api {
  const root = new URL(`${base}/`);
  return {
    ask: async ({ token }, { method, path, headers, body, address }) => {
      const target = new URL(path.replace(/^\//, ''), root);
      if (target.origin !== root.origin || !target.pathname.startsWith(root.pathname))
        throw new RangeError('The path leads out of the API.');
      const call: ApiCall = {
        method,
        path: pathBelow(root, target),
        headers: { ...picked(headers, passedOn), authorization: `Bearer ${token}` },
        address,
        ...(body !== undefined && { body }),
      };
      const answer = await api(call);
      return { ...answer, headers: picked(answer.headers, passedBack) };
    },
  };
}

/** Relative to the base, with its own slash; the base itself, to which batches are sent, is without one. */
const pathBelow = (root: URL, { pathname, search }: URL): string => {
  const rest = pathname.slice(root.pathname.length);
  return `${rest && '/'}${rest}${search}`;
};

/** Those of the headers that are named, whatever the case in which they are written. */
function picked(headers: Headers, names: readonly string[]): Record<string, string> {
  const given = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given.get(name);
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
