import { wrappingKey } from './data-key.ts';
import type { Secret } from './vault-lock.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The telephone's own lock as the secret of a vault: WebAuthn's extension prf (https://www.w3.org/TR/webauthn-3/#prf-extension)
 * gives a key that is kept in hardware and comes back only when the lock is opened. Nothing of it lies in the browser's files,
 * so that a copy of the disk cannot be guessed at, as it can with a short code.
 */
export async function hasDeviceKey(): Promise<boolean> {
  if (!('PublicKeyCredential' in globalThis)) return false;
  const capabilities = await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined);
  return (capabilities?.userVerifyingPlatformAuthenticator && capabilities['extension:prf']) ?? false;
}

/** Null when the user says no, or the telephone has no such key after all. */
export async function createDeviceKey(salt: Bytes): Promise<Secret | null> {
  const created = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { name: 'Min vårdplan' },
        user: { id: random(16), name: 'Plan utan täckning', displayName: 'Plan utan täckning' },
        challenge: random(32),
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required' },
        extensions: { prf: {} },
      },
    }),
  );
  // Few telephones give the key at creation; all that have it give it when they are asked.
  return created && readDeviceKey(new Uint8Array(created.rawId), salt);
}

/** Null when the user says no. */
export async function readDeviceKey(credential: Bytes, salt: Bytes): Promise<Secret | null> {
  const read = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: 'public-key', id: credential, transports: ['internal'] }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const bytes = read?.getClientExtensionResults().prf?.results?.first as ArrayBuffer | undefined;
  if (!bytes) return null;
  const key = await crypto.subtle.importKey('raw', bytes, wrappingKey, false, ['wrapKey', 'unwrapKey']);
  return { kind: 'device', credential, key };
}

const asked = (question: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> =>
  question().catch(() => null) as Promise<PublicKeyCredential | null>;

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
