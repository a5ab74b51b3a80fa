/** The address that calls a number as it is written; null where it holds no number. */
export function telHref(written: string): string | null {
  const number =
    /^\+?[\d\s\-–/()]*/
      .exec(written.trim())?.[0]
      .replace('(0)', '')
      .replace(/[^\d+]/g, '') ?? '';
  return /\d{3}/.test(number) ? `tel:${number}` : null;
}
