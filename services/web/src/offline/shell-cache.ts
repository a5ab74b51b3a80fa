import { shellCachePrefix } from './shell-cache-name.ts';

/** Deletes every other cache of this origin. */
export async function deleteOtherCaches(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => !name.startsWith(shellCachePrefix)).map((name) => caches.delete(name)),
  );
}

/** What is needed to open the app without connection. */
export async function registerShell(): Promise<void> {
  await navigator.serviceWorker?.register('/nurse/sw.js', { scope: '/nurse/' });
}
