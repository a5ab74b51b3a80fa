/** How long the service waits for what a caller sends or reads; times in milliseconds. */
export interface Patience {
  /** Until the headers of a request, or a TLS handshake, are whole. */
  headersMs: number;
  /** Within which each `bodyBytes` of a body, or what is left of it, must come. */
  bodyMs: number;
  bodyBytes: number;
  /** Between two looks at the sockets; what is too late is seen this much later. */
  checkMs: number;
  /** Until a socket on which nothing moves is closed, as when nobody reads the answer. */
  idleMs: number;
}

/**
 * Slow headers and slow bodies end within 5 s. A body as a whole may take as long as it needs, since an import of a million
 * resources over a slow line is no attack: it must go on, at 16 kbit/s or more, which is less than GPRS gives.
 */
export const defaultPatience: Patience = {
  headersMs: 4_000,
  bodyMs: 4_000,
  bodyBytes: 8_192,
  checkMs: 500,
  idleMs: 120_000,
};
