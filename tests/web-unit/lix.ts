/**
 * Läsbarhetsindex (Björnsson 1968): words per sentence and the share of words longer than six letters, in percent.
 * A heading or a label is a sentence though it has no full stop.
 */
export function lix(texts: readonly string[]): number {
  const words = texts.flatMap(wordsOf);
  const sentences = texts.flatMap((text) =>
    text.split(/[.!?:]+(?:\s|$)/).filter((part) => wordsOf(part).length > 0),
  );
  const long = words.filter((word) => word.length > 6);
  return words.length / sentences.length + (100 * long.length) / words.length;
}

export const wordsOf = (text: string): readonly string[] => text.match(/\p{L}[\p{L}-]*|\d[\d .:,-]*/gu) ?? [];

/** Every text in an object of words; what is asked for is filled in with something of its sort. */
export function textsIn(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function')
    return textsIn((words as (...given: unknown[]) => unknown)('Anna', 'Anna', null));
  return words && typeof words === 'object' ? Object.values(words).flatMap(textsIn) : [];
}
