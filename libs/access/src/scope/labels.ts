import { words } from './literal.ts';

/** Whether a row has a label with one of the codes, in whatever system. No code has a line break, so they can be joined. */
export const hasCode = (row: string, ...codes: readonly string[]): string =>
  `${row}.labels <> '{}' and array_to_string(${row}.labels, e'\\n') || e'\\n' like any(${words(...codes.map((code) => `%|${code}\n%`))})`;
