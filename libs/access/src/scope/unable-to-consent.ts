/** As unable-to-consent.ts, for a finding of the reader's organisation that holds now: it is of them all, and has an end. */
export const isFoundUnable = (fact: string): string => `isfinite(upper(${fact}.during))`;
