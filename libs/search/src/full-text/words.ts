/** Longer words are cut here, in UTF-16 units: PostgreSQL takes lexemes of up to 2,046 bytes. */
const LONGEST = 200;

const WORD = /[\p{L}\p{Nd}]+/gu;
const FOREIGN = /[^\x00-\x7fåäö]/g;
const MARKS = /\p{M}+/gu;

/**
 * The words of a text as full-text search compares them: runs of letters and digits in lower case. Of accents only
 * those of å, ä and ö count, which are letters of their own in Swedish: `idé` is `ide`, `når` is not `nar`.
 */
export function wordsOf(text: string): string[] {
  const lower = text.normalize('NFC').toLowerCase();
  const plain = lower.replace(FOREIGN, (letter) => letter.normalize('NFD').replace(MARKS, ''));
  return (plain.match(WORD) ?? []).map((word) => (word.length > LONGEST ? word.slice(0, LONGEST) : word));
}
