// oxlint-disable no-underscore-dangle -- the names by which the build and the server give it values
import { shellCachePrefix } from '../offline/shell-cache-name.ts';
import { networkFirst } from './network-first.ts';
import type { WorkerScope } from './worker-scope.ts';

/**
 * Opens the nurse client without connection. It keeps the app itself and the emergency numbers, which hold nothing about
 * anybody; what the API answers never passes here. A new version waits until no page uses the old one, so that an open page
 * finds its own files to the end.
 */
declare const self: WorkerScope;

const cacheName = shellCachePrefix + self.__VERSION;
const files = new Set(self.__SHELL);
const page = '/nurse/';
const numbers = '/nurse/emergency-numbers.json';
/** Pages that only the service can give. */
const session = /^\/nurse\/(api|login|callback|logout|session)(\/|$|-)/;
/** The same for a browser that can be told beforehand, and then does not start the worker for them. */
const serviceOnly = ['api', 'login', 'callback', 'logout', 'session'].map((name) => ({
  condition: { urlPattern: { pathname: `/nurse/${name}*` } },
  source: 'network' as const,
}));

self.addEventListener('install', (event) => {
  // Chromium may wait for ever for a redirect that comes while it starts the worker.
  event.waitUntil(event.addRoutes?.(serviceOnly) ?? Promise.resolve());
  event.waitUntil(
    caches.open(cacheName).then(async (cache) => {
      await cache.addAll(
        self.__SHELL.map((file) => new Request(file, { cache: 'reload', credentials: 'omit' })),
      );
      // The app opens without the numbers too; it asks for them when it is opened.
      await cache.add(new Request(numbers, { cache: 'reload', credentials: 'omit' })).catch(() => {});
    }),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(deleteOldShells().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || session.test(pathname)) return;
  if (request.mode === 'navigate') {
    if (pathname.startsWith(page)) event.respondWith(cacheFirst(request, page));
    return;
  }
  if (pathname === numbers) {
    event.respondWith(networkFirst(event, cacheName, numbers));
    return;
  }
  if (files.has(pathname)) event.respondWith(cacheFirst(request, pathname));
});

/** Names of files change with what they hold, and the page that names them belongs to them: it asks itself who is logged in. */
async function cacheFirst(request: Request, pathname: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match(pathname, { ignoreVary: true })) ?? fetch(request);
}

async function deleteOldShells(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(shellCachePrefix) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}
