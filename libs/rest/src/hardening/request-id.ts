import { randomUUID } from 'node:crypto';

/**
 * The caller's X-Request-Id when it is harmless in a log, else a new one: short, of letters that start nothing in any
 * format, and no personal identity number, which some systems take for a key of everything.
 */
export function requestId(given: string | string[] | undefined): string {
  const harmless =
    typeof given === 'string' && plain.test(given) && (uuid.test(given) || !personal.test(given));
  return harmless ? given : randomUUID();
}

const plain = /^[A-Za-z0-9._-]{1,64}$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Within personnummer, samordningsnummer and reservnummer, with or without century and separator. */
const personal = /\d{6}[-._]?\d{4}/;
