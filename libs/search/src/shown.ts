/** A name as it may be repeated in an answer: what is not a parameter name may be anything, so it is cut. */
export const shown = (name: string): string => name.replace(/[^\w:.-]/g, '?').slice(0, 64);
