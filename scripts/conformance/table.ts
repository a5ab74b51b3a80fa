/** A Markdown table; `|` within a cell is escaped, cells that are left out are empty. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): string {
  const line = (cells: readonly (string | number | undefined)[]) =>
    `| ${head.map((_, at) => String(cells[at] ?? '').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** `1048576` as `1,048,576`. */
export const digits = (value: number): string => value.toLocaleString('en-US');

export const code = (text: string): string => `\`${text}\``;
