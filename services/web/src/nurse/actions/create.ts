import { ApiProblem } from '../../api/problem.ts';
import {
  connection,
  enqueue,
  keepWhileSent,
  requestOf,
  sendingEnded,
  vaultState,
  type Write,
} from '../../offline/index.ts';
import { api, NoConnection } from '../data/api.ts';

export type Created<T> = { readonly kind: 'sent'; readonly resource: T } | { readonly kind: 'queued' };

/**
 * Stores a resource once, with its last words: at the service, or in the queue of the telephone while the service does not answer.
 *
 * @param unsure what was sent of it without an answer, as JSON; kept by who may send it again with other words
 * @throws VaultClosed when it has to wait and there is nowhere safe to put it
 */
export async function create<T>(
  asked: Omit<Write, 'method' | 'at'>,
  unsure: Set<string> = new Set(),
): Promise<Created<T>> {
  const text = JSON.stringify(asked.body);
  const isCorrected = [...unsure].some((each) => each !== text);
  const write: Write = {
    ...asked,
    method: isCorrected ? 'PUT' : 'POST',
    at: new Date().toISOString(),
  };
  if (!(await isWorthTrying())) {
    await enqueue(write);
    return { kind: 'queued' };
  }
  const isKept = await keepWhileSent(write);
  let isAnswered = true;
  try {
    const { method, path, body, headers } = requestOf(write);
    return { kind: 'sent', resource: await api.send<T>(method, path, body, headers) };
  } catch (cause) {
    isAnswered = !mayPass(cause);
    if (isAnswered || (!isKept && isLoggedOut(cause))) throw cause;
    unsure.add(text);
  } finally {
    // A vault that was locked meanwhile keeps it, and sends it once more.
    if (isKept) await sendingEnded(write.id, isAnswered).catch(() => undefined);
  }
  if (!isKept) await enqueue(write);
  return { kind: 'queued' };
}

/** Nobody waits for a network that is known to be gone, unless there is no vault open to write into. */
const isWorthTrying = async (): Promise<boolean> =>
  connection.value.state !== 'offline' || (await vaultState()) !== 'open';

/** It is stored nowhere, and is sent again when the nurse has logged in. */
const isLoggedOut = (cause: unknown): boolean => cause instanceof ApiProblem && cause.status === 401;

/** Not reached, logged out, too many at once or the service's own fault: it is sent again later. */
const mayPass = (cause: unknown): boolean =>
  cause instanceof NoConnection ||
  isLoggedOut(cause) ||
  (cause instanceof ApiProblem && (cause.status === 429 || cause.status >= 500));
