/** Texts that are kept: rows, sights and placeholders have few names, save in a search that chains without end. */
const most = 1_000;

/**
 * A text that is made of some short texts and of nothing else, made once for each of them: most of what a rule says differs
 * between callers in the values alone, and composing it takes longer than deciding.
 */
export function remembered<Parts extends readonly string[]>(
  make: (...parts: Parts) => string,
): (...parts: Parts) => string {
  const made = new Map<string, string>();
  return (...parts) => {
    const key = parts.join('\n');
    const known = made.get(key);
    if (known !== undefined) return known;
    const text = make(...parts);
    if (made.size < most) made.set(key, text);
    return text;
  };
}
