import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { Problem } from '@naravard/fhir';

/** Signs checkpoints; Ed25519 (RFC 8032). */
export interface SealKey {
  /** Id of its public half, as `publicKeyId` gives it. */
  id: string;
  sign(text: string): Buffer;
  publicKey: KeyObject;
}

/**
 * Reads a private key in PEM (`openssl genpkey -algorithm ed25519`); line breaks may be written as `\n`.
 * @throws Problem 'bad-request' when it is no Ed25519 key.
 */
export function readSealKey(pem: string): SealKey {
  const key = parsed(() => createPrivateKey(pem.replaceAll('\\n', '\n')));
  const publicKey = createPublicKey(key);
  return { id: publicKeyId(publicKey), sign: (text) => sign(null, Buffer.from(text), key), publicKey };
}

/**
 * Reads public keys in PEM, one after the other: all keys that have signed, when the key has been changed.
 * @throws Problem 'bad-request' when there is none, or one is no Ed25519 key.
 */
export function readPublicKeys(pem: string): KeyObject[] {
  const blocks = pem.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [''];
  return blocks.map((block) => parsed(() => createPublicKey(block)));
}

function parsed(read: () => KeyObject): KeyObject {
  try {
    const key = read();
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {}
  throw new Problem(
    'bad-request',
    'The key is no Ed25519 key in PEM: make one with `openssl genpkey -algorithm ed25519`.',
  );
}

/** 32 hexadecimal digits of the SHA-256 of the key's SubjectPublicKeyInfo (RFC 8410). */
export const publicKeyId = (key: KeyObject): string =>
  hash('sha256', key.export({ type: 'spki', format: 'der' }), 'hex').slice(0, 32);

/** Whether one of the keys made the signature. */
export function isSigned(
  keys: ReadonlyMap<string, KeyObject>,
  key: string,
  text: string,
  signature: Buffer,
): boolean {
  const known = keys.get(key);
  return known !== undefined && verify(null, Buffer.from(text), known, signature);
}
