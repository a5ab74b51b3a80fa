import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { codeOf, directionOf, type LanguageCode, languages, type Section } from '../text/languages.ts';

interface Spoken {
  readonly language: LanguageCode;
  /** What the content of the page is written with. */
  readonly content: Section;
}

const context = createContext<Spoken>({ language: 'sv', content: 'shell' });

export const SpokenProvider = context.Provider;

/** Attributes of words of another section, which may be translated where the content of the page is not, or the reverse. */
export function useLanguageOf(section: Section) {
  const { language, content } = useContext(context);
  const { tag } = languages[codeOf(language, section)];
  return tag === languages[codeOf(language, content)].tag ? {} : { lang: tag, dir: directionOf(tag) };
}
