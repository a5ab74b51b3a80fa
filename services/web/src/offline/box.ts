type Bytes = Uint8Array<ArrayBuffer>;

/** Seals values for the disk and names them so that the names tell nothing. */
export interface Box {
  /** Always the same of the same text, and only with the same key. */
  name(text: string): Promise<string>;
  /** AES-256-GCM with a fresh nonce; it opens under the same `about` alone, so that no record can be put in another's place. */
  seal(value: unknown, about: string): Promise<Bytes>;
  /** Rejects what was changed, or sealed about something else. */
  open<T>(sealed: unknown, about: string): Promise<T>;
}

const nonceLength = 12;
/** Lengths on disk tell no more than how many blocks there are. */
const block = 4096;
const text = new TextEncoder();

/** Two keys from the data key: what one does is no help against the other (NIST SP 800-108). */
export async function openBox(dataKey: CryptoKey): Promise<Box> {
  const [content, names] = await Promise.all([
    crypto.subtle.deriveKey(part('content'), dataKey, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
    crypto.subtle.deriveKey(part('names'), dataKey, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
      'sign',
    ]),
  ]);
  return {
    name: async (of) => hex(await crypto.subtle.sign('HMAC', names, text.encode(of))),
    seal: async (value, about) => {
      const nonce = crypto.getRandomValues(new Uint8Array(nonceLength));
      const sealed = await crypto.subtle.encrypt(aes(nonce, about), content, padded(value));
      const whole = new Uint8Array(nonceLength + sealed.byteLength);
      whole.set(nonce);
      whole.set(new Uint8Array(sealed), nonceLength);
      return whole;
    },
    open: async (sealed, about) => {
      const whole = sealed as Bytes;
      const nonce = whole.subarray(0, nonceLength);
      return unpadded(await crypto.subtle.decrypt(aes(nonce, about), content, whole.subarray(nonceLength)));
    },
  };
}

/** RFC 5869; the data key is random already, so no salt is needed. */
const part = (info: string) => ({
  name: 'HKDF',
  hash: 'SHA-256',
  salt: new Uint8Array(),
  info: text.encode(`naravard ${info}`),
});

const aes = (iv: Bytes, about: string) => ({ name: 'AES-GCM', iv, additionalData: text.encode(about) });

/** Length, JSON, zeros to a whole number of blocks. */
function padded(value: unknown): Bytes {
  const json = text.encode(JSON.stringify(value));
  const bytes = new Uint8Array(Math.ceil((4 + json.length) / block) * block);
  new DataView(bytes.buffer).setUint32(0, json.length);
  bytes.set(json, 4);
  return bytes;
}

function unpadded<T>(bytes: ArrayBuffer): T {
  const length = new DataView(bytes).getUint32(0);
  return JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
}

export const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
