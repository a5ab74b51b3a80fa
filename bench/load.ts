import autocannon from 'autocannon';

export interface Requested {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: string;
  headers?: Record<string, string>;
}

export interface Figures {
  perSecond: number;
  p50: number;
  p99: number;
  /** Answers that were not 2xx: any makes the figures worthless. */
  failed: number;
}

const connections = 64;

/** Loads a server from 64 connections for `seconds`; `next` gives each request. */
export async function load(base: string, seconds: number, next: () => Requested): Promise<Figures> {
  const headers = { 'content-type': 'application/fhir+json' };
  const result = await autocannon({
    url: base,
    connections,
    duration: seconds,
    requests: [
      {
        setupRequest: (request) => {
          const { method, path, body, headers: more } = next();
          return { ...request, method, path, body, headers: { ...headers, ...more } };
        },
      },
    ],
  });
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors,
  };
}
