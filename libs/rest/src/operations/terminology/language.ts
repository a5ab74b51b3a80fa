import { type Input, unfit } from './terminology-input.ts';

/** `displayLanguage`, a tag of BCP 47 such as `sv` or `sv-SE`. @throws Problem 'bad-request' */
export function languageAsked(input: Input): string | undefined {
  const language = input.text('displayLanguage');
  if (language === undefined || /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language)) return language;
  throw unfit('displayLanguage', 'displayLanguage must be a language tag such as sv or sv-SE.');
}
