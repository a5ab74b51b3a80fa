import type { Parameter } from '../catalog/parameter.ts';
import type { IndexRows } from '../rows/index-rows.ts';
import type { SqlBuilder } from './sql.ts';

export type IndexTable =
  | 'identifier'
  | 'reference'
  | 'text_value'
  | 'date_value'
  | 'quantity_value'
  | 'composite_value';

/** The colon is that of `type:text`, under which the texts of codes are kept. */
const NAME = /^[A-Za-z_][A-Za-z0-9_:-]*$/;

/** A name from the definitions as an SQL literal; written out, not bound, so that plans know how selective it is. */
export function nameLiteral(name: string): string {
  if (!NAME.test(name)) throw new Error('not a name of the definitions');
  return `'${name}'`;
}

/**
 * True for key rows with an index row `x` of the parameter that meets `condition`. The planner may start from the index
 * rows; where rows are tried one after another, `offset 0` makes it look at those of the row alone (a name that 700 of
 * 50,000 Patients have: 8 ms against 350 ms).
 */
export function existsRow(
  table: IndexTable,
  parameter: Parameter,
  alias: string,
  condition: string,
  sql: SqlBuilder,
): string {
  const rows = sql.tries ? `(${rowsOf(table, alias)}) x where` : `${table} x where ${ofRow('x', alias)} and`;
  return `exists (select from ${rows} ${ofParameter(parameter)} and ${condition}${joinable(sql)}`;
}

/** The end of an EXISTS, which the planner may turn into a join unless rows are tried. */
export const joinable = ({ tries }: SqlBuilder): string => (tries ? ' offset 0)' : ')');

const rowsOf = (table: string, alias: string): string =>
  `select * from ${table} y where ${ofRow('y', alias)} offset 0`;

const ofRow = (name: string, alias: string): string =>
  `${name}.rid = ${alias}.rid and ${name}.bucket = ${alias}.bucket`;

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
  return `(select ${descending ? 'max' : 'min'}(${value}) from (${rowsOf(table, alias)}) x where ${ofParameter(parameter)})`;
}

/** `x`, a row of table `reference`, is an edge of the parameter to a resource of `type`, or of any. */
export const edgeOf = (parameter: Parameter, type: string | null): string =>
  type === null
    ? ofParameter(parameter)
    : `${ofParameter(parameter)} and x.target_type = ${nameLiteral(type)}`;

/** The key of tokens that says: the parameter has a value, though none that a search can compare. */
export const presenceKey = (param: string): string => `${param}?`;

/** True for key rows with a value of the parameter in the table, or with one that no search can compare. */
export const presentIn = (table: IndexTable, parameter: Parameter, alias: string): string =>
  `(${hasRow(table, parameter, alias)} or ${unreadable(parameter, alias)})`;

/** True for key rows with any index row `x` of the parameter; `condition` may narrow it, to what no index is for. */
export const hasRow = (table: IndexTable, parameter: Parameter, alias: string, condition = 'true'): string =>
  `exists (select from (${rowsOf(table, alias)}) x where ${ofParameter(parameter)} and ${condition})`;

export const unreadable = ({ stored }: Parameter, alias: string): string =>
  `${alias}.tokens @> array[${nameLiteral(stored)} || '?']`;

export const isUnreadable = ({ stored }: Parameter, rows: IndexRows): boolean =>
  rows.tokens.includes(presenceKey(stored));

const ofParameter = (parameter: Parameter): string =>
  `x.type = ${nameLiteral(parameter.resourceType)} and x.param = ${nameLiteral(parameter.stored)}`;
