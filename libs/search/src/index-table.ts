import type { Parameter } from './parameter.ts';

export type IndexTable = 'identifier' | 'reference' | 'text_value' | 'date_value' | 'quantity_value';

const NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** A name from the definitions as an SQL literal; written out, not bound, so that plans know how selective it is. */
export function nameLiteral(name: string): string {
  if (!NAME.test(name)) throw new Error('not a name of the definitions');
  return `'${name}'`;
}

/** True for key rows with an index row `x` of the parameter that meets `condition`. */
export function existsRow(table: IndexTable, parameter: Parameter, alias: string, condition: string): string {
  return `exists (select from ${rowsOf(table, parameter, alias)} and ${condition})`;
}

/**
 * The greatest or least value of the parameter's index rows `x`; null when there is none. `offset 0` keeps the planner
 * from reading the whole parameter in the order of its values until it meets this row (20 times slower at 1,000 rows).
 */
export function extremeOf(
  table: IndexTable,
  parameter: Parameter,
  alias: string,
  value: string,
  descending: boolean,
): string {
  const rows = `select ${value} as v from ${rowsOf(table, parameter, alias)} offset 0`;
  return `(select ${descending ? 'max' : 'min'}(v) from (${rows}) x)`;
}

const rowsOf = (table: IndexTable, parameter: Parameter, alias: string): string =>
  `${table} x where x.rid = ${alias}.rid and x.bucket = ${alias}.bucket` +
  ` and x.type = ${nameLiteral(parameter.resourceType)} and x.param = ${nameLiteral(parameter.stored)}`;
