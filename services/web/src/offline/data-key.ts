type Bytes = Uint8Array<ArrayBuffer>;

/** The data key as it lies on disk. */
export interface WrappedKey {
  readonly nonce: Bytes;
  readonly key: ArrayBuffer;
}

/** A fresh random 256-bit key, wrapped at once: its bytes are never seen by a script. */
export async function newDataKey(wrapping: CryptoKey): Promise<WrappedKey> {
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
    'encrypt',
    'decrypt',
  ]);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  return { nonce, key: await crypto.subtle.wrapKey('raw', fresh, wrapping, { name: 'AES-GCM', iv: nonce }) };
}

/** Not extractable; null when `wrapping` is not the key it was wrapped with. */
export async function dataKeyOf({ nonce, key }: WrappedKey, wrapping: CryptoKey): Promise<CryptoKey | null> {
  const gcm = { name: 'AES-GCM', iv: nonce };
  return crypto.subtle.unwrapKey('raw', key, wrapping, gcm, 'HKDF', false, ['deriveKey']).catch(() => null);
}

/** OWASP's least for PBKDF2 with SHA-256. */
export const iterations = 600_000;

/** A guess of the code costs this much; see docs/threat-model.md for what that is worth. */
export async function keyFromPin(pin: string, salt: Bytes): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(pin.normalize('NFC'));
  const base = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    base,
    wrappingKey,
    false,
    ['wrapKey', 'unwrapKey'],
  );
}

export const wrappingKey = { name: 'AES-GCM', length: 256 };
