import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** What the sandbox makes once and keeps in DATA_DIR, so that tokens and links outlive a restart. */
export interface KeptSecrets {
  /** Private ES256 key (P-256) with `kid` and `alg`. */
  signingKey: JWK;
  /** 32 bytes. */
  pageKey: Uint8Array;
  /** Signs the cookies of a login. */
  cookieKey: string;
  /** Private keys of the systems that get tokens with private_key_jwt, by client id. */
  clientKeys: Readonly<Record<string, readonly JWK[]>>;
}

/** As they stand in the file; one that a newer version needs may be missing. */
interface File {
  signingKey: JWK;
  pageKey: string;
  cookieKey: string;
  clientKeys: Record<string, JWK[]>;
}

/** Reads DATA_DIR/sandbox-keys.json (mode 0600), or makes it; adds what is missing. */
export async function keptSecrets(dataDir: string): Promise<KeptSecrets> {
  const file = join(dataDir, 'sandbox-keys.json');
  const known: Partial<File> = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<File>)
    : {};
  const kept: File = {
    signingKey: known.signingKey ?? (await newKey('ES256')),
    pageKey: known.pageKey ?? randomBytes(32).toString('base64'),
    cookieKey: known.cookieKey ?? randomBytes(32).toString('base64'),
    clientKeys: { ...known.clientKeys },
  };
  for (const [client, algorithms] of systemClients)
    kept.clientKeys[client] ??= await Promise.all(algorithms.map(newKey));
  if (JSON.stringify(kept) !== JSON.stringify(known)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  }
  return { ...kept, pageKey: Buffer.from(kept.pageKey, 'base64') };
}

/** The systems that have keys of their own, and the algorithms these are for: both that SMART App Launch 2.2 names. */
const systemClients = [
  ['journalsystem', ['ES384', 'RS384']],
  ['journalsystem-kommun', ['ES384']],
  ['journalsystem-hemtjanst', ['ES384']],
] as const;

async function newKey(alg: 'ES256' | 'ES384' | 'RS384'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return {
    ...(await exportJWK(privateKey)),
    kid: `sandbox-${randomBytes(4).toString('hex')}`,
    alg,
    use: 'sig',
  };
}

/** The public half, as it stands in a JWKS. */
export function publicKey({ kty, crv, x, y, n, e, kid, alg, use }: JWK): JWK {
  const curve = kty === 'EC' ? { crv, x, y } : { n, e };
  return { kty, ...curve, kid, alg, use } as JWK;
}
