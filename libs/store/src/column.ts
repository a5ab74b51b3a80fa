/**
 * Columns travel as one text each, elements ended by U+001E and null as U+001D, and are cut apart in SQL: bodies need
 * no escaping, which for a 3 kB body is most of the cost of a PostgreSQL array literal. JSON text holds no raw control
 * characters, and validation keeps them out of strings; what is left is replaced.
 */
const element = '\u001e';
const none = '\u001d';
const inner = '\u001f';
const reserved = /[\u001d-\u001f]/g;

export type Cell = string | number | boolean | null | undefined;

/** The text of one column. */
export function column(cells: readonly Cell[]): string {
  return cells.map(cellText).join(element);
}

/** The text of one column whose cells are lists: cut again with `inner`. */
export function listColumn(cells: readonly (readonly string[])[]): string {
  return cells.map((list) => (list.length ? list.map(cellText).join(inner) : none)).join(element);
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return none;
  if (typeof cell !== 'string') return String(cell);
  return reserved.test(cell) ? cell.replace(reserved, ' ') : cell;
}

/** SQL that cuts a column apart: `string_to_array($3, E'\x1e', E'\x1d')::uuid[]`. */
export const cut = (placeholder: string, type: string): string =>
  `string_to_array(${placeholder}, E'\\x1e', E'\\x1d')${type === 'text' ? '' : `::${type}[]`}`;

/** SQL that cuts a cell of a list column apart; an empty list for null. */
export const cutList = (expression: string): string =>
  `coalesce(string_to_array(${expression}, E'\\x1f'), '{}')`;
