/**
 * A name as it may be repeated in an answer: what is not a parameter name may be anything, so it is cut, and a long number
 * may be a personnummer. Chains are shorter than 128 characters as a rule.
 */
export const shown = (name: string): string =>
  name
    .replace(/\d{6}[\d +-]*/g, '?')
    .replace(/[^\w:.-]/g, '?')
    .slice(0, 128);
