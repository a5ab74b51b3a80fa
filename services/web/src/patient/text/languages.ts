import { ar as sharedAr } from '../../text/ar.ts';
import { en as sharedEn } from '../../text/en.ts';
import { sv as sharedSv } from '../../text/sv.ts';
import { svLattlast as sharedLattlast } from '../../text/sv-lattlast.ts';
import type { Texts } from '../../text/texts.ts';
import { ar } from './ar.ts';
import { en } from './en.ts';
import { type PatientTexts, sv } from './sv.ts';
import { svLattlast } from './sv-lattlast.ts';

export const languageCodes = ['sv', 'sv-lattlast', 'en', 'ar'] as const;
export type LanguageCode = (typeof languageCodes)[number];

/** The tag of BCP 47, which is what browsers and voices know. */
export type LanguageTag = 'sv' | 'en' | 'ar';

interface Language {
  /** In the language itself. */
  readonly name: string;
  readonly tag: LanguageTag;
  readonly texts: PatientTexts;
  /** The words of the shared components. */
  readonly shared: Texts;
}

export const languages: Readonly<Record<LanguageCode, Language>> = {
  sv: { name: 'Svenska', tag: 'sv', texts: sv, shared: sharedSv },
  'sv-lattlast': { name: 'Lättläst svenska', tag: 'sv', texts: svLattlast, shared: sharedLattlast },
  en: { name: 'English', tag: 'en', texts: en, shared: sharedEn },
  ar: { name: 'العربية', tag: 'ar', texts: ar, shared: sharedAr },
};

export const isLanguageCode = (value: string | undefined): value is LanguageCode =>
  languageCodes.some((code) => code === value);

export const directionOf = (tag: LanguageTag): 'ltr' | 'rtl' => (tag === 'ar' ? 'rtl' : 'ltr');
export type { PatientTexts };
