import type { Designation } from './resources.ts';

interface Named {
  readonly display: string | null;
  readonly designations: readonly Designation[];
}

/**
 * How a code is called in a language (BCP 47): its display when the code system is in that language, else the first
 * designation in it that may stand as a display, else the display. `sv` is also found as `sv-SE`, and the other way.
 */
export function displayIn(
  { display, designations }: Named,
  language: string | undefined,
  ofSystem: string | null | undefined,
): string | null {
  if (language === undefined || (ofSystem && isIn(language, ofSystem))) return display;
  const inIt = designations.filter((each) => each.language !== undefined && isIn(language, each.language));
  return (inIt.find(isPreferred) ?? inIt[0])?.value ?? display;
}

/** Whether a text in `of` may be shown to who asks for `asked`. */
export function isIn(asked: string, of: string): boolean {
  const [one, other] = [asked.toLowerCase(), of.toLowerCase()];
  return one === other || one.startsWith(`${other}-`) || other.startsWith(`${one}-`);
}

/** One without a use, or meant as display; others are synonyms and fully specified names. */
const isPreferred = ({ use }: Designation): boolean =>
  use?.code === undefined || use.code === 'display' || use.code === 'preferredForLanguage';
