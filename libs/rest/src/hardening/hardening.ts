import type { Patience } from './patience.ts';

/** What protects the service on the wire, as far as it is set by configuration. */
export interface Hardening {
  /** `max-age` of Strict-Transport-Security, RFC 6797; 0 = not sent. */
  hstsSeconds: number;
  /** Origins whose scripts may call, as browsers write them: `https://app.example`. None: no CORS at all. */
  allowedOrigins: readonly string[];
  /** Of one caller, and failed logins of one address, in this process; 0 = no limit. */
  requestsPerMinute: number;
  /** Addresses or networks of proxies whose X-Forwarded-For tells the caller's address. */
  trustedProxies: readonly string[];
  /** PEM; without it the service speaks plain HTTP to a proxy in front of it. */
  tls: { cert: string; key: string } | undefined;
  /** Times for slow callers, for tests; patience.ts has those of the service. */
  patience?: Partial<Patience>;
}

/** For tests and tools; the main sets all of it from the configuration. */
export const noHardening: Hardening = {
  hstsSeconds: 0,
  allowedOrigins: [],
  requestsPerMinute: 0,
  trustedProxies: [],
  tls: undefined,
};
