import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { PersonUser } from './user.ts';

/** A form that came when its session had ended, when another was logged in, or when the service was down. */
export interface Unsent {
  /** `markOf` whoever the form was made for. */
  readonly mark: string;
  /** Address of the form, below `/patient`, with its query. */
  readonly at: string;
  /** The fields, as they were posted. */
  readonly fields: string;
  /** Whether it may have been carried out all the same: the answer did not come. */
  readonly maybeSent: boolean;
}

/**
 * Keeps what a person has written until she can send it: sealed in a cookie of her own browser (AES-256-GCM), so that
 * nothing readable lies on its disk and a stranger's forms fill nobody's memory. The key is this process's own.
 */
export interface UnsentForms {
  /** Undefined where it is more than a browser keeps. */
  seal(form: Unsent): string | undefined;
  /** Undefined of what is too old, or was not sealed here. */
  open(sealed: string | undefined): Unsent | undefined;
}

export const keptSeconds = 30 * 60;
/** More than the longest text that a form takes. */
const mostFields = 30_000;
/** A browser keeps 4096 bytes of name, value and attributes (RFC 6265 section 6.1). */
const mostSealed = 3900;
const ivBytes = 12;
const tagBytes = 16;

export function createUnsentForms(clock: () => number): UnsentForms {
  const key = randomBytes(32);
  return {
    seal(form) {
      if (form.fields.length > mostFields) return undefined;
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const until = clock() + keptSeconds * 1000;
      const packed = deflateRawSync(JSON.stringify({ ...form, until }));
      const sealed = Buffer.concat([iv, cipher.update(packed), cipher.final(), cipher.getAuthTag()]);
      const text = sealed.toString('base64url');
      return text.length > mostSealed ? undefined : text;
    },
    open(sealed = '') {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length <= ivBytes + tagBytes) return undefined;
      try {
        const iv = bytes.subarray(0, ivBytes);
        const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
        decipher.setAuthTag(bytes.subarray(-tagBytes));
        const packed = [decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()];
        const { until, ...form } = JSON.parse(
          inflateRawSync(Buffer.concat(packed)).toString('utf8'),
        ) as Unsent & {
          until: number;
        };
        return clock() < until ? form : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

/** Tells a person from others and does not say who it is: stands in her forms. A guardian of two children is two. */
export const markOf = ({ sub, patient }: PersonUser): string =>
  createHash('sha256')
    .update(JSON.stringify([sub, patient]))
    .digest('base64url')
    .slice(0, 22);
