/** A list of words that the code has, as an SQL array: written out, so that the text of a rule is always the same. */
export const words = (...list: readonly string[]): string =>
  `'{${list.map((word) => `"${word.replaceAll("'", "''")}"`).join(',')}}'::text[]`;

/** Values by name as columns. */
export const asColumns = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${value} as ${name}`)
    .join(', ');
