import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Problem } from '@naravard/fhir';

/**
 * Encrypted positions of paged answers. A next link holds the whole query, so that no server state is kept, and holds it
 * unreadably, so that a personnummer that was searched for does not end in URLs and their logs.
 */
export interface PageTokens {
  /**
   * `holder` is who may use it: a token of another caller does not open.
   * @throws Problem 'too-costly' when no link could hold it.
   */
  seal(page: object, holder: string): string;
  /** @throws Problem 'bad-request' when altered, foreign or made with another key. */
  open(token: string, holder: string): unknown;
}

const ivBytes = 12;
const tagBytes = 16;
const maxPage = 1024 * 1024;

/**
 * Characters of a token. Headers and address have 16,384 bytes together (app.ts), of which the caller's own token, cookies
 * and other headers need a part; 200 ids of 36 characters make about 5,500.
 */
const maxToken = 12_000;

/** AES-256-GCM; `key` is 32 bytes, the same in all processes behind one base. */
export function createPageTokens(key: Uint8Array): PageTokens {
  if (key.length !== 32) throw new Error('pageKey must be 32 bytes');
  return {
    seal(page, holder) {
      const text = JSON.stringify(page);
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(holder));
      const sealed = [iv, cipher.update(deflateRawSync(text)), cipher.final(), cipher.getAuthTag()];
      const token = Buffer.concat(sealed).toString('base64url');
      if (token.length <= maxToken && Buffer.byteLength(text) <= maxPage) return token;
      throw new Problem(
        'too-costly',
        'The links of the answer would be longer than a request may be: split the search, with fewer values in each.',
      );
    },
    open(token, holder) {
      try {
        const bytes = Buffer.from(token, 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
          authTagLength: tagBytes,
        })
          .setAAD(Buffer.from(holder))
          .setAuthTag(bytes.subarray(-tagBytes));
        const opened = Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]);
        return JSON.parse(inflateRawSync(opened, { maxOutputLength: maxPage }).toString());
      } catch (cause) {
        throw new Problem(
          'bad-request',
          {
            severity: 'error',
            expression: '_page',
            diagnostics:
              'This page link is not valid here: take the next link of your own answer, or search anew.',
          },
          { cause },
        );
      }
    },
  };
}
