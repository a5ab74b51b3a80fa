import { type Box, openBox } from './box.ts';
import type { Exclusive, Store } from './store.ts';
import {
  dataKeyBehind,
  isExpired,
  isOwner,
  mostTries,
  newVaultLock,
  type Secret,
  type VaultLock,
} from './vault-lock.ts';
import { type Watched, watched } from './watched.ts';

/** `expired` is told until a new code is chosen, so that the nurse knows why the telephone holds nothing. */
export type VaultState = 'none' | 'locked' | 'open' | 'expired';

export type WipeReason = 'logout' | 'revoked' | 'expired' | 'user' | 'tries' | 'asked';

/** Whoever is signed in. What else the session says comes along, sealed, so that it is known without connection. */
export interface VaultUser {
  readonly sub: string;
}

export type Unlocked =
  | { readonly kind: 'open' }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'wiped'; readonly reason: WipeReason }
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

const fetched = ['cache', 'heads'] as const;
const unsent = ['queue', 'reads'] as const;

/**
 * The lock, the life and the end of what is kept on a telephone that can be lost (HSLF-FS 2016:40 3 kap). One vault for one user,
 * for twelve hours. What lies on disk is sealed by a key that only the user's code, or the telephone's own lock, gives back. What
 * was fetched is deleted after twelve hours; work that is not sent yet stays sealed until the same user opens it and it is sent.
 */
export class Vault {
  readonly #store: Store;
  readonly #exclusive: Exclusive;
  readonly #now: () => number;
  readonly #box = watched<Box | null>(null);
  #created = 0;

  constructor(store: Store, exclusive: Exclusive, now: () => number = Date.now) {
    this.#store = store;
    this.#exclusive = exclusive;
    this.#now = now;
  }

  /** What opens records; null while the vault is closed. */
  get box(): Watched<Box | null> {
    return this.#box;
  }

  /** The box, unless the twelve hours have gone. */
  async use(): Promise<Box> {
    if (this.#box.value && isExpired({ created: this.#created }, this.#now())) await this.#expire();
    if (!this.#box.value) throw new VaultClosed('No vault is open.');
    return this.#box.value;
  }

  async state(): Promise<VaultState> {
    await this.#expire();
    if (this.#box.value) return 'open';
    if (await this.#lockRecord()) return 'locked';
    return (await this.wipedBecause()) === 'expired' ? 'expired' : 'none';
  }

  /** Null when there is no vault. */
  async opensBy(): Promise<OpensBy | null> {
    const lock = await this.#lockRecord();
    if (!lock) return null;
    const { credential, salt } = lock;
    return credential ? { kind: 'device', credential, salt } : { kind: 'pin' };
  }

  /** Why the last vault was deleted; null when there is one now, or never was. */
  async wipedBecause(): Promise<WipeReason | null> {
    return ((await this.#store.get('meta', 'wiped')) as WipeReason | undefined) ?? null;
  }

  /** In the place of any other. @param salt of a secret that was made with one */
  async create(secret: Secret, user: VaultUser, salt?: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#exclusive('vault', true, async () => {
      await this.#clear();
      await this.#open(await newVaultLock(secret, user.sub, this.#now(), salt), secret, user);
    });
  }

  /** Each try is counted before it is made: to end the app in the middle gives no more tries. */
  async unlock(secret: Secret, user: VaultUser | null): Promise<Unlocked> {
    const tried = await this.#exclusive('vault', true, async (): Promise<Unlocked> => {
      await this.#expire();
      const lock = await this.#lockRecord();
      if (!lock) return this.#gone();
      if (user && !(await isOwner(lock, user.sub))) return this.#wiped('user');
      if (lock.wrong >= mostTries) return this.#wiped('tries');
      const wrong = lock.wrong + 1;
      await this.#store.put('meta', 'lock', { ...lock, wrong });
      if (await this.#open(lock, secret, user)) return { kind: 'open' };
      return wrong < mostTries ? { kind: 'wrong', triesLeft: mostTries - wrong } : this.#wiped('tries');
    });
    return tried ?? this.#gone();
  }

  /** The key leaves the memory; what lies on disk stays. Told to followers also when it was closed already. */
  lock(): void {
    this.#box.set(null);
  }

  /** Deletes everything, unsent work too: ask first where there may be some. */
  async wipe(reason: WipeReason): Promise<void> {
    await this.#erase(reason);
    this.lock();
  }

  /** What each answer about the session means: a revoked session and another user end the vault. */
  async heed(session: { readonly user: VaultUser } | { readonly reason: string }): Promise<Heeded> {
    const lock = await this.#lockRecord();
    if (!lock) return 'kept';
    if ('user' in session) {
      if (await isOwner(lock, session.user.sub)) return 'kept';
      this.lock();
      if (await this.hasUnsent()) return 'colleagues-work';
      await this.wipe('user');
      return 'wiped';
    }
    if (session.reason !== 'revoked') return 'kept';
    await this.wipe('revoked');
    return 'wiped';
  }

  async hasUnsent(): Promise<boolean> {
    const counts = await Promise.all(unsent.map((area) => this.#store.count(area)));
    return counts.some((count) => count > 0);
  }

  /** False with the wrong secret. What the twelve hours emptied begins twelve new ones. */
  async #open(lock: VaultLock, secret: Secret, user: VaultUser | null): Promise<boolean> {
    const key = await dataKeyBehind(lock, secret);
    if (!key) return false;
    const now = this.#now();
    this.#created = isExpired(lock, now) ? now : lock.created;
    const box = await openBox(key);
    await this.#store.put('meta', 'lock', { ...lock, created: this.#created, wrong: 0 });
    if (user) await this.#store.put('cache', await box.name('user'), await box.seal(user, 'user'));
    this.#box.set(box);
    return true;
  }

  async #expire(): Promise<void> {
    const lock = await this.#lockRecord();
    if (!lock || !isExpired(lock, this.#now())) return;
    if (this.#box.value) this.lock();
    if (await this.hasUnsent()) await this.#store.clear(fetched);
    else await this.wipe('expired');
  }

  async #lockRecord(): Promise<VaultLock | undefined> {
    return (await this.#store.get('meta', 'lock')) as VaultLock | undefined;
  }

  async #erase(reason: WipeReason): Promise<void> {
    if (this.#box.value) this.lock();
    await this.#clear();
    await this.#store.put('meta', 'wiped', reason);
  }

  async #clear(): Promise<void> {
    await this.#store.clear([...fetched, ...unsent, 'meta']);
  }

  /** Followers are not told: whoever tried to unlock says why there is nothing any more. */
  async #wiped(reason: WipeReason): Promise<Unlocked> {
    await this.#erase(reason);
    return { kind: 'wiped', reason };
  }

  async #gone(): Promise<Unlocked> {
    const reason = await this.wipedBecause();
    return reason ? { kind: 'wiped', reason } : { kind: 'none' };
  }
}
