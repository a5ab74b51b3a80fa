import type { Writer } from '@naravard/fhir';

/** A code of kv_typ_av_fast_kontakt (1.2.752.129.5.1.69), and which sort of legal actor appoints it. */
export interface ContactType {
  readonly code: string;
  readonly display: string;
  readonly by: NonNullable<Writer['as']>;
}

/**
 * The types in the order in which they are shown. Of vårdgivare, 2 is for primary care and not for a municipality (which has 1
 * and 4): a token tells the sort of legal actor alone, and of a municipality that the directory knows as such it is noted.
 * Codes may be added without a new version of the list: one that is not here is let through, and comes last.
 */
export const contactTypes: readonly ContactType[] = [
  { code: '2', display: 'Fast läkarkontakt i primärvård', by: 'vardgivare' },
  { code: '1', display: 'Fast vårdkontakt', by: 'vardgivare' },
  { code: '4', display: 'Fast vårdkontakt med övergripande samordningsansvar', by: 'vardgivare' },
  { code: '3', display: 'Fast omsorgskontakt i hemtjänsten', by: 'omsorgsgivare' },
];

export const LAKARKONTAKT = '2';
export const OMSORGSKONTAKT = '3';

export const contactType = (code: string | undefined): ContactType | undefined =>
  contactTypes.find((each) => each.code === code);

/** Place of a code in the order of `contactTypes`. */
export function placeOfType(code: string | undefined): number {
  const place = contactTypes.findIndex((each) => each.code === code);
  return place < 0 ? contactTypes.length : place;
}
