import type { Unsent } from '../offline/index.ts';

/** `2 besök eller avbockningar, 1 läsning till loggen`; null of nothing. */
export function unsentWords({ writes, reads }: Unsent): string | null {
  const parts = [
    writes > 0 && (writes === 1 ? '1 besök eller avbockning' : `${writes} besök eller avbockningar`),
    reads > 0 && (reads === 1 ? '1 läsning till loggen' : `${reads} läsningar till loggen`),
  ];
  return parts.filter(Boolean).join(', ') || null;
}

/** What went with a vault that was deleted; a space first, to stand behind why it was. */
export function lostWords(lost: Unsent): string {
  const words = unsentWords(lost);
  return words === null ? '' : ` Det här hann inte skickas och är borta: ${words}.`;
}
