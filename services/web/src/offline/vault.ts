import { type Box, openBox } from './box.ts';
import type { Exclusive, Store } from './store.ts';
import {
  dataKeyBehind,
  isExpired,
  isOwner,
  isSameVault,
  mostTries,
  newVaultLock,
  type Secret,
  type VaultLock,
} from './vault-lock.ts';
import { type Watched, watched } from './watched.ts';

/** `expired` is told until a new code is chosen, so that the nurse knows why the telephone holds nothing. */
export type VaultState = 'none' | 'locked' | 'open' | 'expired';

export type WipeReason = 'logout' | 'revoked' | 'expired' | 'user' | 'tries' | 'asked';

/** What waits on the telephone, which the service has not got. */
export interface Unsent {
  /** Visits and ticked activities. */
  readonly writes: number;
  /** Readings for the log. */
  readonly reads: number;
}

/** Why the last vault was deleted, and how much unsent went with it: all that is remembered of it. */
export interface Wiped {
  readonly reason: WipeReason;
  readonly lost: Unsent;
}

/** Whoever is signed in. What else the session says comes along, sealed, so that it is known without connection. */
export interface VaultUser {
  readonly sub: string;
}

export type Unlocked =
  | { readonly kind: 'open' }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | ({ readonly kind: 'wiped' } & Wiped)
  /** It is another user's, with unsent work: it stays closed, and stays. */
  | { readonly kind: 'colleagues-work' }
  | { readonly kind: 'none' };

/** What a session means for the vault; `colleagues-work`: another user's unsent work lies here, and who holds the telephone decides. */
export type Heeded = 'kept' | 'wiped' | 'colleagues-work';

/** What a vault asks for: a code, or the telephone's own lock. */
export type OpensBy = { readonly kind: 'pin' } | ({ readonly kind: 'device' } & DeviceCredential);
type DeviceCredential = {
  readonly credential: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
};

/** Nothing can be kept or read: no code is chosen, or it has not been given. */
export class VaultClosed extends Error {
  override name = 'VaultClosed';
}

/** As what keeps something in it sees the vault. Both reject with VaultClosed while it is closed. */
export interface OpenVault {
  /** To read with. */
  use(): Promise<Box>;
  /** All that is put into the vault: never while it ends, nor when another tab has ended it or put a new one in its place. */
  write(work: (box: Box) => Promise<void>): Promise<void>;
}

const fetched = ['cache', 'heads'] as const;
const unsentAreas = ['queue', 'reads'] as const;

/**
 * The lock, the life and the end of what is kept on a telephone that can be lost (HSLF-FS 2016:40 3 kap). One vault for one user,
 * for twelve hours. What lies on disk is sealed by a key that only the user's code, or the telephone's own lock, gives back. What
 * was fetched is deleted after twelve hours; work that is not sent yet stays sealed until the same user opens it and it is sent.
 */
export class Vault implements OpenVault {
  readonly #store: Store;
  readonly #exclusive: Exclusive;
  readonly #now: () => number;
  readonly #box = watched<Box | null>(null);
  #opened: VaultLock | null = null;

  constructor(store: Store, exclusive: Exclusive, now: () => number = Date.now) {
    this.#store = store;
    this.#exclusive = exclusive;
    this.#now = now;
  }

  /** What opens records; null while the vault is closed. */
  get box(): Watched<Box | null> {
    return this.#box;
  }

  async use(): Promise<Box> {
    if (this.#opened && isExpired(this.#opened, this.#now())) await this.#alone(() => this.#expire());
    return this.#openBox();
  }

  write(work: (box: Box) => Promise<void>): Promise<void> {
    return this.#alone(async () => {
      await this.#expire();
      const lock = await this.#lockRecord();
      if (this.#opened && !(lock && isSameVault(lock, this.#opened))) this.lock();
      await work(this.#openBox());
    });
  }

  async state(): Promise<VaultState> {
    const before = await this.#lockRecord();
    if (before && isExpired(before, this.#now())) await this.#alone(() => this.#expire());
    if (this.#box.value) return 'open';
    if (await this.#lockRecord()) return 'locked';
    return (await this.wiped())?.reason === 'expired' ? 'expired' : 'none';
  }

  /** Whether the twelve hours have gone: what was fetched is to be seen nowhere any more. */
  async isOver(): Promise<boolean> {
    const lock = await this.#lockRecord();
    return lock ? isExpired(lock, this.#now()) : (await this.wiped())?.reason === 'expired';
  }

  /** Null when there is no vault. */
  async opensBy(): Promise<OpensBy | null> {
    const lock = await this.#lockRecord();
    if (!lock) return null;
    const { credential, salt } = lock;
    return credential ? { kind: 'device', credential, salt } : { kind: 'pin' };
  }

  /** Null when there is a vault now, or never was. */
  async wiped(): Promise<Wiped | null> {
    return ((await this.#store.get('meta', 'ended')) as Wiped | undefined) ?? null;
  }

  /** In the place of any other. @param salt of a secret that was made with one */
  create(secret: Secret, user: VaultUser, salt?: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#alone(async () => {
      await this.#clear();
      await this.#open(await newVaultLock(secret, user.sub, this.#now(), salt), secret, user);
    });
  }

  /**
   * Each try is counted before it is made: to end the app in the middle gives no more tries.
   * @param user null without connection, when nobody is known to be signed in
   */
  unlock(secret: Secret, user: VaultUser | null): Promise<Unlocked> {
    return this.#alone(async () => {
      await this.#expire();
      const lock = await this.#lockRecord();
      if (!lock) return this.#gone();
      if (user && !(await isOwner(lock, user.sub)))
        return (await this.#hasUnsent()) ? { kind: 'colleagues-work' } : this.#wiped('user');
      if (lock.wrong >= mostTries) return this.#wiped('tries');
      const wrong = lock.wrong + 1;
      await this.#store.put('meta', 'lock', { ...lock, wrong });
      if (await this.#open(lock, secret, user)) return { kind: 'open' };
      return wrong < mostTries ? { kind: 'wrong', triesLeft: mostTries - wrong } : this.#wiped('tries');
    });
  }

  /** The key leaves the memory; what lies on disk stays. Told to followers also when it was closed already. */
  lock(): void {
    this.#opened = null;
    this.#box.set(null);
  }

  /** Deletes everything, unsent work too: ask first where there may be some. */
  wipe(reason: WipeReason): Promise<void> {
    return this.#alone(() => this.#end(reason));
  }

  /** What each answer about the session means: a revoked session and another user end the vault. */
  heed(session: { readonly user: VaultUser } | { readonly reason: string }): Promise<Heeded> {
    return this.#alone(async () => {
      const lock = await this.#lockRecord();
      if (!lock) return 'kept';
      if ('user' in session) {
        if (await isOwner(lock, session.user.sub)) return 'kept';
        this.lock();
        if (await this.#hasUnsent()) return 'colleagues-work';
        await this.#end('user');
        return 'wiped';
      }
      if (session.reason !== 'revoked') return 'kept';
      await this.#end('revoked');
      return 'wiped';
    });
  }

  /** Counted while the vault is closed too. */
  async unsent(): Promise<Unsent> {
    const [writes, reads] = await Promise.all([this.#store.count('queue'), this.#store.count('reads')]);
    return { writes, reads };
  }

  async #hasUnsent(): Promise<boolean> {
    const { writes, reads } = await this.unsent();
    return writes + reads > 0;
  }

  /** One at a time over all tabs; what runs so calls nothing that does. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    return (await this.#exclusive('vault', true, work)) as T;
  }

  #openBox(): Box {
    if (!this.#box.value) throw new VaultClosed('No vault is open.');
    return this.#box.value;
  }

  /** False with the wrong secret. What the twelve hours emptied begins twelve new ones. */
  async #open(lock: VaultLock, secret: Secret, user: VaultUser | null): Promise<boolean> {
    const key = await dataKeyBehind(lock, secret);
    if (!key) return false;
    const now = this.#now();
    const opened: VaultLock = { ...lock, created: isExpired(lock, now) ? now : lock.created, wrong: 0 };
    const box = await openBox(key);
    await this.#store.put('meta', 'lock', opened);
    if (user) await this.#store.put('cache', await box.name('user'), await box.seal(user, 'user'));
    this.#opened = opened;
    this.#box.set(box);
    return true;
  }

  async #expire(): Promise<void> {
    const lock = await this.#lockRecord();
    if (!lock || !isExpired(lock, this.#now())) return;
    if (this.#box.value) this.lock();
    if (await this.#hasUnsent()) await this.#store.clear(fetched);
    else await this.#end('expired');
  }

  async #end(reason: WipeReason): Promise<void> {
    await this.#erase(reason);
    this.lock();
  }

  async #lockRecord(): Promise<VaultLock | undefined> {
    return (await this.#store.get('meta', 'lock')) as VaultLock | undefined;
  }

  async #erase(reason: WipeReason): Promise<void> {
    if (this.#box.value) this.lock();
    const wiped: Wiped = { reason, lost: await this.unsent() };
    await this.#clear();
    await this.#store.put('meta', 'ended', wiped);
  }

  async #clear(): Promise<void> {
    await this.#store.clear([...fetched, ...unsentAreas, 'meta']);
  }

  /** Followers are not told: whoever tried to unlock says why there is nothing any more. */
  async #wiped(reason: WipeReason): Promise<Unlocked> {
    await this.#erase(reason);
    return this.#gone();
  }

  async #gone(): Promise<Unlocked> {
    const wiped = await this.wiped();
    return wiped ? { kind: 'wiped', ...wiped } : { kind: 'none' };
  }
}
