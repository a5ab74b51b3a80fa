import { ApiProblem } from '../../api/problem.ts';
import {
  connection,
  enqueue,
  identifiedBy,
  keepWhileSent,
  sendingEnded,
  vaultState,
  type Write,
} from '../../offline/index.ts';
import { api, NoConnection } from '../data/api.ts';

export type Created<T> = { readonly kind: 'sent'; readonly resource: T } | { readonly kind: 'queued' };

/**
 * Creates a resource once: at the service, or in the queue of the telephone while the service does not answer.
 *
 * @param unsure what was sent of it without an answer, as JSON; kept by who may send it again with other words
 * @throws VaultClosed when it has to wait and there is nowhere safe to put it
 */
export async function create<T>(
  asked: Omit<Write, 'method' | 'at'>,
  unsure: Set<string> = new Set(),
): Promise<Created<T>> {
  const write: Write = { ...asked, method: 'POST', at: new Date().toISOString() };
  const text = JSON.stringify(write.body);
  if ([...unsure].some((each) => each !== text)) {
    unsure.add(text);
    return corrected(write);
  }
  if (!(await isWorthTrying())) {
    await enqueue(write);
    return { kind: 'queued' };
  }
  const isKept = await keepWhileSent(write);
  let isAnswered = true;
  try {
    const headers = { 'if-none-exist': identifiedBy(write.id) };
    return { kind: 'sent', resource: await api.send<T>('POST', write.path, write.body, headers) };
  } catch (cause) {
    isAnswered = !mayPass(cause);
    if (isAnswered) throw cause;
    unsure.add(text);
  } finally {
    // A vault that was locked meanwhile keeps it, and sends it once more.
    if (isKept) await sendingEnded(write.id, isAnswered).catch(() => undefined);
  }
  if (!isKept) await enqueue(write);
  return { kind: 'queued' };
}

/**
 * What was sent first may be there or not: the resource with this identifier becomes what was written last
 * (http://hl7.org/fhir/R4/http.html#cond-update). It never waits in the queue, which creates what is not there and no more.
 */
const corrected = async <T>({ path, id, body }: Write): Promise<Created<T>> => ({
  kind: 'sent',
  resource: await api.send<T>('PUT', `${path}?${identifiedBy(id)}`, body),
});

/** Nobody waits for a network that is known to be gone, unless there is no vault open to write into. */
const isWorthTrying = async (): Promise<boolean> =>
  connection.value.state !== 'offline' || (await vaultState()) !== 'open';

/** Not reached, logged out, too many at once or the service's own fault: it is sent again later. */
const mayPass = (cause: unknown): boolean =>
  cause instanceof NoConnection ||
  (cause instanceof ApiProblem && (cause.status === 401 || cause.status === 429 || cause.status >= 500));
