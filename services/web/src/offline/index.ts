import { Connection } from './connection.ts';
import { createDeviceKey, readDeviceKey } from './device-key.ts';
import { type Downloaded, type DownloadOptions, downloadInto } from './download.ts';
import { idbStore } from './idb-store.ts';
import { keepGoing } from './keep-going.ts';
import { Kept } from './kept.ts';
import { type PendingWrite, Queue, type Write } from './queue.ts';
import { Reads } from './reads.ts';
import { dropUnreadable, unreadable } from './sealed-records.ts';
import { deleteOtherCaches } from './shell-cache.ts';
import type { Exclusive } from './store.ts';
import { type Synced, type SyncOptions, syncAll } from './sync.ts';
import { tabs } from './tabs.ts';
import {
  type Heeded,
  type OpensBy,
  type Unlocked,
  type Unsent,
  Vault,
  type VaultState,
  type VaultUser,
  type Wiped,
  type WipeReason,
} from './vault.ts';
import { freshSalt } from './vault-lock.ts';

export type { Send } from './answers.ts';
export { identifiedBy, identifierOf } from './client-id.ts';
export type { ConnectionState } from './connection.ts';
export { hasDeviceKey } from './device-key.ts';
export { type Downloaded, downloadEstimate, mostPatients, type Progress } from './download.ts';
export type { KeptPatient } from './kept.ts';
export { leastPinLength, type PinFault, pinFault } from './pin.ts';
export { type PendingWrite, requestOf, type Write } from './queue.ts';
export { registerShell } from './shell-cache.ts';
export type { Synced } from './sync.ts';
export type {
  Heeded,
  OpensBy,
  Unlocked,
  Unsent,
  VaultState,
  VaultUser,
  Wiped,
  WipeReason,
} from './vault.ts';
export { VaultClosed } from './vault.ts';

// This page's one store, vault, queue and log of reads, wired by hand.
const exclusive: Exclusive = (name, wait, work) =>
  navigator.locks.request(`naravard-${name}`, { ifAvailable: !wait }, async (held) =>
    held ? work() : undefined,
  );
const store = idbStore();
const safe = new Vault(store, exclusive);
const queue = new Queue(store, safe);
const reads = new Reads(store, safe);
const others = tabs();

/** What was fetched. Its methods reject with VaultClosed while no vault is open. */
export const vault = new Kept(store, safe);

/** For the status line. Whoever asks the API says `reached`, `unreachable` and `refreshed`. */
export const connection = new Connection(navigator.onLine);

export const vaultState = (): Promise<VaultState> => safe.state();

/** Whether its twelve hours have gone. */
export const vaultIsOver = (): Promise<boolean> => safe.isOver();

/** Called whenever the vault is opened or closed, until the function that it returns is called. */
export const onVaultChange = (follow: (open: boolean) => void): (() => void) =>
  safe.box.subscribe((box) => follow(box !== null));

/** Which screen opens it; null when there is none. */
export const vaultOpensBy = (): Promise<OpensBy | null> => safe.opensBy();

/** Why the last vault was deleted; null when there is one. */
export const lastWiped = (): Promise<Wiped | null> => safe.wiped();

/** What the service has not answered; known while the vault is closed too. */
export const unsent = (): Promise<Unsent> => safe.unsent();

/** In the place of any other vault. @param pin one without `pinFault` */
export async function createVault(pin: string, user: VaultUser): Promise<void> {
  others.tell({ kind: 'closed' });
  await safe.create({ kind: 'pin', pin }, user);
  await navigator.storage?.persist?.();
}

/** As `createVault`, opened by the telephone's own lock; false when the user says no. */
export async function createVaultByDevice(user: VaultUser): Promise<boolean> {
  const salt = freshSalt();
  const secret = await createDeviceKey(salt);
  if (!secret) return false;
  others.tell({ kind: 'closed' });
  await safe.create(secret, user, salt);
  await navigator.storage?.persist?.();
  return true;
}

/** Five wrong codes delete everything. @param user who is signed in, null when there is no connection to tell */
export const unlock = (pin: string, user: VaultUser | null): Promise<Unlocked> =>
  safe.unlock({ kind: 'pin', pin }, user);

/** Null when the user says no, or the vault is opened by a code. */
export async function unlockByDevice(user: VaultUser | null): Promise<Unlocked | null> {
  const by = await safe.opensBy();
  const secret = by?.kind === 'device' ? await readDeviceKey(by.credential, by.salt) : null;
  return secret && safe.unlock(secret, user);
}

export function lock(): void {
  safe.lock();
  others.tell({ kind: 'closed' });
}

/** Deletes everything here about anybody, unsent work too: send first, or ask. The app itself stays. */
export async function wipe(reason: WipeReason): Promise<void> {
  await safe.wipe(reason);
  await wiped();
}

/** To be told when whoever was here has left: the other tabs show nothing of theirs either. */
export const tellLeft = (): void => others.tell({ kind: 'session', sub: null });

/**
 * To be told of each answer of /nurse/session, a user or why there is none: a revoked session and another user end the vault, and
 * what the other tabs show of the former.
 */
export async function heedSession(answer: { user: VaultUser } | { reason: string }): Promise<Heeded> {
  if ('user' in answer) others.tell({ kind: 'session', sub: answer.user.sub });
  else if (answer.reason === 'revoked') tellLeft();
  const heeded = await safe.heed(answer);
  if (heeded === 'wiped') await wiped();
  if (heeded === 'colleagues-work') others.tell({ kind: 'closed' });
  return heeded;
}

/** Who another tab has found to be logged in: null when whoever was here has left, or has been made to. */
export const onOtherSession = (follow: (sub: string | null) => void): (() => void) =>
  others.follow((news) => {
    if (news.kind === 'session') follow(news.sub);
  });

/**
 * A patient was opened without connection, at an ISO instant: the log is told afterwards. What cannot be kept for it is told by
 * the status line: whom to call is shown all the same.
 */
export const noteOpened = (id: string, at: string): Promise<void> =>
  reads.note(id, at).then(
    () => connection.kept(),
    () => connection.notKept(),
  );

export const seen = (id: string): Promise<string | null> => vault.seen(id);
export const setSeen = (id: string, at: string): Promise<void> => vault.setSeen(id, at);

/** Fetches today's patients into the vault; say `downloadEstimate` first. */
export const download = (options: DownloadOptions): Promise<Downloaded> => downloadInto(vault, options);

/** Safe on disk when it resolves; rejects with VaultClosed when there is nowhere safe to put it. */
export async function enqueue(write: Write): Promise<void> {
  await queue.enqueue(write);
  await changed();
}

/**
 * Keeps a write while it is being sent, so that it outlives a telephone that is switched off on the way; false when there is
 * nowhere safe to put it.
 */
export const keepWhileSent = (write: Write): Promise<boolean> =>
  queue.enqueue(write, true).then(
    () => true,
    () => false,
  );

/** To be told when what was kept has been answered; what was not waits in the queue. */
export async function sendingEnded(id: string, isAnswered: boolean): Promise<void> {
  if (isAnswered) await queue.settle(id);
  await changed();
}

/** What waits, with what was refused and why. */
export const pending = (): Promise<PendingWrite[]> => queue.pending();

/** How much of what waits cannot be opened, and so never be sent. */
export const lostRecords = async (): Promise<Unsent> => unreadable(store, await safe.use());

export async function forgetLostRecords(): Promise<void> {
  await dropUnreadable(store, await safe.use());
  await changed();
}

/** Takes back a write that the service cannot have; false when it may have it. */
export async function withdraw(id: string): Promise<boolean> {
  const taken = await exclusive('queue', true, () => queue.withdraw(id));
  await changed();
  return taken ?? false;
}

/** Sends what waits, once. */
export async function sync(options: SyncOptions): Promise<Synced> {
  const synced = await syncAll({ queue, reads, connection, exclusive }, options);
  others.tell({ kind: 'queue' });
  return synced;
}

/** Once at start-up: sends what waits whenever it can, closes a vault left open, and follows the other tabs. Ends by the function that it returns. */
export function startOffline(options: SyncOptions): () => void {
  const opened = safe.box;
  return keepGoing({
    connection,
    opened,
    others,
    recount,
    lock: () => safe.lock(),
    expire: vaultState,
    sync: () => sync(options),
  });
}

const recount = async (): Promise<void> => connection.counted(await queue.count());

async function wiped(): Promise<void> {
  others.tell({ kind: 'closed' });
  sessionStorage.clear();
  await deleteOtherCaches();
  await recount();
}

async function changed(): Promise<void> {
  await recount();
  others.tell({ kind: 'queue' });
}
