import type { Connection } from './connection.ts';
import type { Synced } from './sync.ts';
import type { Tabs } from './tabs.ts';
import type { Watched } from './watched.ts';

/** How often it looks whether something waits and whether the twelve hours have gone. */
const often = 30_000;
/** A network that comes back seldom carries at once: then twice this later, and twice that. */
const soonest = 1000;
/** A page that nobody has looked at for so long closes its vault. */
const idle = 15 * 60_000;
/** How long the status line says that all is sent. */
const said = 6_000;

export interface Going {
  readonly connection: Connection;
  readonly opened: Watched<unknown>;
  readonly others: Tabs;
  readonly sync: () => Promise<Synced>;
  readonly recount: () => Promise<void>;
  readonly lock: () => void;
  readonly expire: () => Promise<unknown>;
}

/** Follows the network, the page and the other tabs, until the function that it returns is called. */
export function keepGoing({ connection, opened, others, sync, recount, lock, expire }: Going): () => void {
  const stopped = new AbortController();
  const on = { signal: stopped.signal };
  let wait = soonest;
  let next: ReturnType<typeof setTimeout> | undefined;
  const trySync = async () => {
    clearTimeout(next);
    if (!opened.value || !navigator.onLine) return;
    // What goes wrong is told by the status line.
    const synced = await sync().catch(() => 'failed');
    if (synced === 'done') setTimeout(() => connection.settled(), said);
    wait = synced === 'offline' ? Math.min(wait * 2, often) : soonest;
    if (synced === 'offline' && !stopped.signal.aborted) next = setTimeout(trySync, wait);
  };
  let hiddenSince: number | null = null;

  addEventListener(
    'online',
    () => {
      connection.reached();
      void trySync();
    },
    on,
  );
  addEventListener('offline', () => connection.unreachable(), on);
  document.addEventListener(
    'visibilitychange',
    () => {
      if (hiddenSince !== null && Date.now() - hiddenSince > idle) lock();
      hiddenSince = document.hidden ? Date.now() : null;
    },
    on,
  );
  const timer = setInterval(() => {
    if (hiddenSince !== null && Date.now() - hiddenSince > idle) lock();
    expire().then(trySync, ignore);
  }, often);
  const leaveTabs = others.follow(({ kind }) => {
    if (kind === 'closed') lock();
    if (kind !== 'session') void recount().catch(ignore);
  });
  const leaveVault = opened.subscribe(() => void trySync());
  recount().then(trySync, ignore);

  return () => {
    stopped.abort();
    clearInterval(timer);
    clearTimeout(next);
    leaveTabs();
    leaveVault();
  };
}

/** A browser without a store, as in a private window, works while there is a connection. */
const ignore = () => {};
