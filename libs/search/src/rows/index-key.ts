import { createHash } from 'node:crypto';

/** Three bytes a unit at most, and at most three such texts in an index row of 2,704 bytes. */
const LONGEST = 255;

/**
 * A text as it stands in an index that finds it by equality. A longer one becomes its beginning and its SHA-256:
 * equal texts stay equal, and no value a caller sends can be too large for the index.
 */
export function indexKey(text: string): string {
  if (text.length <= LONGEST) return text;
  const start = text.slice(0, 64).toWellFormed();
  return `${start}…${createHash('sha256').update(text).digest('hex')}`;
}
