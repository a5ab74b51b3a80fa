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
  return (
    `exists (select from ${table} x where x.rid = ${alias}.rid and x.bucket = ${alias}.bucket` +
    ` and ${ofParameter(parameter)} and ${condition})`
  );
}

/**
 * The greatest or least value of the parameter's index rows `x`; null when there is none. `offset 0` makes the planner
 * take the few rows of the resource first: left to itself it read the whole parameter for each resource, in the order
 * of its values or as a bitmap (60 us against 10 us a resource, of 1,000).
 */
export function extremeOf(
  table: IndexTable,
  parameter: Parameter,
  alias: string,
  value: string,
  descending: boolean,
): string {
  const own = `select * from ${table} y where y.rid = ${alias}.rid and y.bucket = ${alias}.bucket offset 0`;
  return `(select ${descending ? 'max' : 'min'}(${value}) from (${own}) x where ${ofParameter(parameter)})`;
}

const ofParameter = (parameter: Parameter): string =>
  `x.type = ${nameLiteral(parameter.resourceType)} and x.param = ${nameLiteral(parameter.stored)}`;
