import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { VersionKey } from '@naravard/store';

/** Ids of the Provenance resources that are rendered from versions: where the version is kept, encrypted. */
export interface ProvenanceIds {
  /** 64 hexadecimal digits, the same each time. */
  seal(key: VersionKey): string;
  /** Undefined for any other id, an altered one, and one that was made with another key. */
  open(id: string): VersionKey | undefined;
}

/** RFC 5649: AES key wrap with padding, which needs no nonce and tells what was altered. */
const cipher = 'id-aes256-wrap-pad';
const start = Buffer.from('a65959a6', 'hex');

/** `key`: that of the page links; another one makes other ids. */
export function createProvenanceIds(key: Uint8Array): ProvenanceIds {
  const own = Buffer.from(hkdfSync('sha256', key, '', 'naravard provenance id', 32));
  return {
    seal({ bucket, rid, version }) {
      const plain = Buffer.alloc(22);
      plain.writeUInt16BE(bucket, 0);
      plain.write(rid.replaceAll('-', ''), 2, 'hex');
      plain.writeUInt32BE(version, 18);
      const wrap = createCipheriv(cipher, own, start);
      return Buffer.concat([wrap.update(plain), wrap.final()]).toString('hex');
    },
    open(id) {
      if (!/^[0-9a-f]{64}$/.test(id)) return undefined;
      try {
        const unwrap = createDecipheriv(cipher, own, start);
        return keyOf(Buffer.concat([unwrap.update(Buffer.from(id, 'hex')), unwrap.final()]));
      } catch {
        return undefined;
      }
    },
  };
}

function keyOf(plain: Buffer): VersionKey | undefined {
  if (plain.length !== 22) return undefined;
  const hex = plain.toString('hex', 2, 18);
  const rid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { bucket: plain.readUInt16BE(0), rid, version: plain.readUInt32BE(18) };
}
