import { hex } from './box.ts';
import { dataKeyOf, keyFromPin, newDataKey, type WrappedKey } from './data-key.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What opens a vault: a code, or the telephone's own lock (WebAuthn PRF) by the id of its credential. */
export type Secret =
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'device'; readonly credential: Bytes; readonly key: CryptoKey };

/** The readable record beside the vault. It says neither whose it is nor what it holds. */
export interface VaultLock extends WrappedKey {
  readonly salt: Bytes;
  /** Id of the credential where the telephone's own lock opens it; null with a code. */
  readonly credential: Bytes | null;
  /** Of whom it is: their `sub` hashed with the salt. */
  readonly owner: string;
  /** Milliseconds; the vault lives twelve hours from here. */
  readonly created: number;
  /** Wrong codes in a row. */
  readonly wrong: number;
}

export const mostTries = 5;
export const lifetime = 12 * 3_600_000;

export const freshSalt = (): Bytes => crypto.getRandomValues(new Uint8Array(32));

export async function newVaultLock(
  secret: Secret,
  sub: string,
  created: number,
  salt: Bytes = freshSalt(),
): Promise<VaultLock> {
  const wrapped = await newDataKey(await wrappingKeyOf(secret, salt));
  const credential = secret.kind === 'device' ? secret.credential : null;
  return { ...wrapped, salt, credential, owner: await ownerOf(sub, salt), created, wrong: 0 };
}

/** Null with the wrong code. */
export const dataKeyBehind = async (lock: VaultLock, secret: Secret): Promise<CryptoKey | null> =>
  dataKeyOf(lock, await wrappingKeyOf(secret, lock.salt));

const wrappingKeyOf = async (secret: Secret, salt: Bytes): Promise<CryptoKey> =>
  secret.kind === 'device' ? secret.key : keyFromPin(secret.pin, salt);

/** What a telephone's clock is set right by. */
const clockStep = 5 * 60_000;

/** A clock that was turned back well past the creation ends the vault too. */
export const isExpired = ({ created }: Pick<VaultLock, 'created'>, now: number): boolean =>
  now - created >= lifetime || now < created - clockStep;

export const isSameVault = (one: Pick<VaultLock, 'salt'>, other: Pick<VaultLock, 'salt'>): boolean =>
  one.salt.every((byte, index) => byte === other.salt[index]);

export const isOwner = async (lock: VaultLock, sub: string): Promise<boolean> =>
  lock.owner === (await ownerOf(sub, lock.salt));

async function ownerOf(sub: string, salt: Bytes): Promise<string> {
  const key = await crypto.subtle.importKey('raw', salt, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return hex(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(sub)));
}
