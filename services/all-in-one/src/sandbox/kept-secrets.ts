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
}

/** Reads DATA_DIR/sandbox-keys.json (mode 0600), or makes it. */
export async function keptSecrets(dataDir: string): Promise<KeptSecrets> {
  const file = join(dataDir, 'sandbox-keys.json');
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const kid = `sandbox-${randomBytes(4).toString('hex')}`;
    const made = {
      signingKey: { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' },
      pageKey: randomBytes(32).toString('base64'),
    };
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  }
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { signingKey: JWK; pageKey: string };
  return { signingKey: kept.signingKey, pageKey: Buffer.from(kept.pageKey, 'base64') };
}

/** The public half, as it stands in a JWKS. */
export function publicKey({ kty, crv, x, y, kid, alg, use }: JWK): JWK {
  return { kty, crv, x, y, kid, alg, use };
}
