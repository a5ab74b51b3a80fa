/** What came of sending something: `later` keeps its place, `refused` will not pass however often it is sent. */
export type Sending<T = unknown> =
  | { readonly kind: 'sent'; readonly answer: T }
  | { readonly kind: 'later'; readonly status: number }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string };

/** As the API is asked; resolves with the answer of a 2xx, rejects with `status` (0 or none: no answer) and `text`. */
export type Send = (request: Request) => Promise<unknown>;

export interface Request {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** No answer, too slow, not signed in, too many, and the service's own faults pass later. */
const passing = (status: number): boolean =>
  status < 400 || status >= 500 || status === 401 || status === 408 || status === 425 || status === 429;

export async function sending(send: Send, request: Request): Promise<Sending> {
  try {
    return { kind: 'sent', answer: await send(request) };
  } catch (cause) {
    const { status = 0, text } = cause as { status?: number; text?: string };
    if (passing(status)) return { kind: 'later', status };
    return { kind: 'refused', status, reason: text ?? '' };
  }
}

/**
 * Whether nothing passes at present. A 500 is about what was sent: the next may pass, and so does this one when the service has
 * been mended.
 */
export const stops = (sending: Sending): boolean => sending.kind === 'later' && sending.status !== 500;
