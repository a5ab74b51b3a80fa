import { ApiProblem } from '../../api/problem.ts';
import { connection } from '../../offline/index.ts';
import { askApi } from './first-asked.ts';
import { lastUser } from './session.ts';

/** Nothing answered in time, or there is no network: what is kept on the telephone is the next to try. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection';
}

/** Told to the window when the service says that nobody is logged in any more. */
export const sessionLost = 'nv-session-lost';

export interface ApiOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** There is something else to show: it is not tried again. */
  readonly once?: boolean;
  /** The same was asked already: its answer is that of the first try. */
  readonly asked?: Promise<Response>;
}

/** Long enough for a page of 50 kB at 50 kB/s and 400 ms each way, ten times over. */
const readTimeoutMs = 10_000;
const writeTimeoutMs = 20_000;
const pauseMs = 400;

/**
 * The public API through the server part, which holds the token. A read is tried twice, since nothing happens when it
 * reaches the service twice; a write once, and who sends it again gives it If-None-Exist.
 */
export const api = {
  async get<T>(path: string, { asked, ...options }: ApiOptions = {}): Promise<T> {
    const read = (more?: ApiOptions) =>
      ask<T>('GET', path, undefined, { timeoutMs: readTimeoutMs, ...options, ...more });
    try {
      return await read(asked && { asked });
    } catch (cause) {
      if (options.once || !mayPass(cause) || options.signal?.aborted) throw cause;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    return read();
  },

  /** `body` is sent as FHIR JSON, URLSearchParams as a form. */
  send<T = unknown>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    return ask<T>(method, path, body, { headers, timeoutMs: writeTimeoutMs });
  },

  /** A search whose values must not stand in an address: names and personnummer. */
  search<T>(type: string, query: URLSearchParams, signal?: AbortSignal): Promise<T> {
    return ask<T>('POST', `${type}/_search`, query, {
      timeoutMs: readTimeoutMs,
      ...(signal && { signal }),
    });
  },
};

const mayPass = (cause: unknown): boolean =>
  (cause instanceof NoConnection && navigator.onLine) ||
  (cause instanceof ApiProblem && (cause.status === 502 || cause.status === 503));

async function ask<T>(method: string, path: string, body: unknown, options: ApiOptions): Promise<T> {
  const response = await fetched(method, path, body, options);
  const text = await response.text().catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw unanswered();
  });
  const answer = text === '' ? null : parsed(text);
  connection.reached();
  if (response.status === 401) window.dispatchEvent(new Event(sessionLost));
  if (!response.ok) throw new ApiProblem(response.status, answer);
  return answer as T;
}

async function fetched(
  method: string,
  path: string,
  body: unknown,
  { headers, signal, timeoutMs = readTimeoutMs, asked }: ApiOptions,
): Promise<Response> {
  const isForm = body instanceof URLSearchParams;
  const limit = AbortSignal.timeout(timeoutMs);
  const sub = lastUser()?.sub;
  try {
    if (asked) return await asked;
    return await askApi(path, {
      method,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: {
        ...(body !== undefined && !isForm && { 'content-type': 'application/fhir+json' }),
        // Whoever has logged in meanwhile in another tab neither writes nor reads in this one.
        ...(sub !== undefined && { 'x-naravard-user': sub }),
        ...headers,
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw unanswered();
  }
}

/** What is no JSON comes from somewhere between here and the service, which is as good as no answer. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unanswered();
  }
}

function unanswered(): NoConnection {
  connection.unreachable();
  return new NoConnection();
}
