import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { sv } from './sv.ts';

/** The words of the shared components, in one language. */
export type Texts = typeof sv;

/** The language that the components below speak, and the instant that "i dag" is counted from. */
export interface Speaking {
  readonly texts: Texts;
  /** Null: the clock of the device, at each rendering. */
  readonly at: string | null;
}

const context = createContext<Speaking>({ texts: sv, at: null });

/** Give `value={{ texts, at }}`; what is rendered on a server gives `at`, so that it is the same when it is hydrated. */
export const TextsProvider = context.Provider;

export const useTexts = (): Texts => useContext(context).texts;

/** The present instant, ISO. */
export const useAt = (): string => useContext(context).at ?? new Date().toISOString();

/** Attributes of what care has written, which is Swedish whatever the language of the page is. */
export function useContentLanguage(): { readonly lang?: 'sv'; readonly dir?: 'ltr' } {
  return useTexts().tag === 'sv' ? inSwedish : otherwise;
}

const inSwedish = {};
const otherwise = { lang: 'sv', dir: 'ltr' } as const;
