/**
 * Columns travel as one text each, elements ended by U+001E and null as U+001D, and are cut apart in SQL: bodies need
 * no escaping, which for a 3 kB body is most of the cost of a PostgreSQL array literal. JSON text holds no raw control
 * characters, and validation keeps them out of strings; what is left is replaced.
 */
const element = '\u001e';
const none = '\u001d';
const inner = '\u001f';
const reserved = /[\u001d-\u001f]/;

export type Cell = string | number | boolean | readonly string[] | null | undefined;

/** The text of one column; a cell that is a list is joined by U+001F, an empty one is null. */
export const column = (cells: readonly Cell[]): string => cells.map(cellText).join(element);

/** A cell that travels by itself. */
export function cell(value: Cell): string | null {
  const text = cellText(value);
  return text === none ? null : text;
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return none;
  if (typeof cell === 'string') return reserved.test(cell) ? cell.replaceAll(/[\u001d-\u001f]/g, ' ') : cell;
  if (typeof cell !== 'object') return String(cell);
  return cell.length ? cell.map(cellText).join(inner) : none;
}

/** SQL that cuts a column apart: `string_to_array($3, E'\x1e', E'\x1d')::uuid[]`. */
export const cut = (placeholder: string, type: string): string =>
  `string_to_array(${placeholder}, E'\\x1e', E'\\x1d')${type === 'text' ? '' : `::${type}[]`}`;

/** SQL that cuts a cell of a list column apart; an empty list for null. */
export const cutList = (expression: string): string =>
  `coalesce(string_to_array(${expression}, E'\\x1f', E'\\x1d'), '{}')`;
