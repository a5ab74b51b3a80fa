import type { AskEvent } from './worker-scope.ts';

/** At night in a stairwell, numbers that are old are better than some that may come. */
const patience = 2000;

/**
 * The network's answer, unless it fails, is too late or is the service's own fault and there is a kept one. A good answer is kept
 * for the next time, also when it is late.
 */
export async function networkFirst(event: AskEvent, cacheName: string, key: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  // Past the HTTP cache, where a request waits for one before it to the same address that hangs.
  const asked = fetch(new Request(event.request, { cache: 'no-store' }));
  const copy = asked.then((answer) => (answer.ok ? cache.put(key, answer.clone()) : undefined));
  event.waitUntil(copy.catch(() => {}));
  const soon = await Promise.race([asked.catch(() => null), late()]);
  if (soon && soon.status < 500) return soon;
  return (await cache.match(key, { ignoreVary: true })) ?? soon ?? asked;
}

const late = (): Promise<null> => new Promise((resolve) => setTimeout(resolve, patience, null));
