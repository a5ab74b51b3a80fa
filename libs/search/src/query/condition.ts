import type { Parameter, ParameterType } from '../catalog/parameter.ts';
import { canBeMasked } from '../catalog/revealing-parameters.ts';
import {
  compileFullText,
  type FullTextCondition,
  matchFullText,
  printFullText,
} from '../full-text/full-text-condition.ts';
import type { IndexRows } from '../rows/index-rows.ts';
import type { World } from '../rows/world.ts';
import type { Statement } from '../sql/statement.ts';
import { type CompositeCondition, compositeFace } from '../types/composite/composite.ts';
import { type DateCondition, dateFace } from '../types/date.ts';
import type { Face, RowKey } from '../types/face.ts';
import { type NumberCondition, numberFace } from '../types/number/number.ts';
import { type QuantityCondition, quantityFace } from '../types/number/quantity.ts';
import { guarded } from '../types/reference/masked-edge.ts';
import { type ReferenceCondition, referenceFace } from '../types/reference/reference.ts';
import { type StringCondition, stringFace } from '../types/string/string.ts';
import { type TokenCondition, tokenFace } from '../types/token/token.ts';
import { type UriCondition, uriFace } from '../types/uri/uri.ts';
import { guardOf, guardsFor } from './guards.ts';
import { compileRelation, type Meets, type Relation, relationRows } from './relation.ts';

/** One parameter with its alternatives: the resource must meet one of them. */
export type ParameterCondition =
  | TokenCondition
  | ReferenceCondition
  | DateCondition
  | StringCondition
  | UriCondition
  | NumberCondition
  | QuantityCondition
  | CompositeCondition;

/** `:missing`: whether the element has any value, readable by a search or not. */
export interface MissingCondition {
  readonly kind: 'missing';
  readonly parameter: Parameter;
  readonly missing: boolean;
}

export interface NotCondition {
  readonly kind: 'not';
  readonly condition: Condition;
}

/** One of them holds; none of none. */
export interface AnyCondition {
  readonly kind: 'any';
  readonly conditions: readonly Condition[];
}

/** All of them hold. */
export interface AllCondition {
  readonly kind: 'all';
  readonly conditions: readonly Condition[];
}

/** A chain or `_has`: a related resource that the caller may see meets the condition. */
export interface RelationCondition extends Relation {
  readonly condition: Condition;
}

/** What a resource is asked for: a boolean tree whose leaves are parameters, its own or those of related resources. */
export type Condition =
  | ParameterCondition
  | FullTextCondition
  | MissingCondition
  | NotCondition
  | AnyCondition
  | AllCondition
  | RelationCondition;

type Faces = { readonly [Kind in ParameterType]: Face<Extract<ParameterCondition, { kind: Kind }>> };

const faces: Faces = {
  token: tokenFace,
  reference: referenceFace,
  date: dateFace,
  string: stringFace,
  uri: uriFace,
  number: numberFace,
  quantity: quantityFace,
  composite: compositeFace,
};

/** The face of a parameter's type, for what does not depend on a condition: extract, parse, presence and sort. */
export const faceOf = (parameter: Parameter): Face<ParameterCondition> => faceFor(parameter.type);

/**
 * An SQL condition over `alias`, a key row that the statement's Scope admits. Where a leaf reads what is hidden of the row,
 * the row does not meet it, and meets its `not`: the answer does not depend on what is hidden.
 */
export function compileCondition(condition: Condition, alias: string, statement: Statement): string {
  switch (condition.kind) {
    case 'text':
      return compileWords(condition, alias, statement);
    case 'missing': {
      const present = compilePresent(condition.parameter, alias, statement);
      return condition.missing ? `not ${present}` : present;
    }
    case 'not':
      return compileNot(condition.condition, alias, statement);
    case 'any':
      return compileAny(condition.conditions, alias, statement);
    case 'all': {
      const all = condition.conditions.map((each) => compileCondition(each, alias, statement));
      return all.length ? `(${all.join(' and ')})` : 'true';
    }
    case 'chain':
    case 'has':
      return compileRelation(condition, alias, statement, meets(condition, statement));
    default: {
      const { parameter } = condition;
      const guards = guardsFor(parameter, alias, statement);
      const leaf = faceFor(condition.kind).compile(condition, alias, statement.sql, guards);
      const isReference = condition.kind === 'uri' && condition.mayBeReference === true;
      return guarded(leaf, guardOf(parameter, alias, statement, isReference));
    }
  }
}

function compilePresent(parameter: Parameter, alias: string, statement: Statement): string {
  const present = faceOf(parameter).present(parameter, alias, guardsFor(parameter, alias, statement));
  return guarded(present, guardOf(parameter, alias, statement));
}

/** Words tell of all that a resource says, of the staff in it too; its narrative is withheld with what it refers to. */
function compileWords(condition: FullTextCondition, alias: string, statement: Statement): string {
  const words = compileFullText(condition, alias, statement.sql);
  const found = guarded(words, statement.shownWhole(alias));
  if (!canBeMasked(condition.type)) return found;
  const unnaming = statement.scope.unnaming(alias);
  return statement.guarded(unnaming === null ? found : `(${found} and ${unnaming})`, alias);
}

/** `not exists` the planner can turn into a join, so `is not true` is said only where the condition may be null. */
function compileNot(condition: Condition, alias: string, statement: Statement): string {
  const text = compileCondition(condition, alias, statement);
  return isNullable(condition) ? `(${text}) is not true` : `not ${text}`;
}

/** Whether the condition reads a column of the key row that a resource may leave empty, and is then null. */
function isNullable(condition: Condition): boolean {
  switch (condition.kind) {
    case 'any':
    case 'all':
      return condition.conditions.some(isNullable);
    case 'reference':
      return condition.parameter.column === 'patient';
    case 'date':
      return condition.parameter.column === 'period';
    default:
      return false;
  }
}

/** Whether the condition asks for other resources, by a chain or `_has`. */
export function followsRelation(condition: Condition): boolean {
  switch (condition.kind) {
    case 'not':
      return followsRelation(condition.condition);
    case 'any':
    case 'all':
      return condition.conditions.some(followsRelation);
    default:
      return isRelation(condition);
  }
}

const isRelation = (condition: Condition): condition is RelationCondition =>
  condition.kind === 'chain' || condition.kind === 'has';

const meets =
  ({ condition }: RelationCondition, statement: Statement): Meets =>
  (alias) =>
    compileCondition(condition, alias, statement);

/**
 * Alternatives that an index answers each become one set of rows, which the planner can start from; an `or` between them
 * it could only try row by row.
 */
function compileAny(conditions: readonly Condition[], alias: string, statement: Statement): string {
  if (!statement.sql.tries && conditions.length > 1 && conditions.every(isSelective)) {
    const sets = conditions.map((each) => rowsOf(each, statement));
    return `(${alias}.bucket, ${alias}.rid) in (${sets.join(' union all ')})`;
  }
  const any = conditions.map((each) => compileCondition(each, alias, statement));
  return any.length ? `(${any.join(' or ')})` : 'false';
}

const isSelective = (
  condition: Condition,
): condition is RelationCondition | ReferenceCondition | TokenCondition =>
  isRelation(condition) ||
  condition.kind === 'reference' ||
  (condition.kind === 'token' && condition.parameter.column === 'id');

/** The (bucket, rid) of all rows that meet one of a set of alternatives. */
function rowsOf(
  condition: RelationCondition | ReferenceCondition | TokenCondition,
  statement: Statement,
): string {
  if (isRelation(condition)) return relationRows(condition, statement, meets(condition, statement));
  const row = statement.alias();
  const visible = statement.visible(condition.parameter.resourceType, row);
  const meetsIt = compileCondition(condition, row, statement);
  return `select ${row}.bucket, ${row}.rid from resource ${row} where ${visible} and ${meetsIt}`;
}

/**
 * What `compileCondition` says, in memory. `world` holds the resources that relations lead to.
 * @throws Error for a chain or `_has` without a world.
 */
export function matchCondition(condition: Condition, rows: IndexRows, key: RowKey, world?: World): boolean {
  switch (condition.kind) {
    case 'text':
      return matchFullText(condition, rows);
    case 'missing':
      return faceOf(condition.parameter).isPresent(condition.parameter, rows) !== condition.missing;
    case 'not':
      return !matchCondition(condition.condition, rows, key, world);
    case 'any':
      return condition.conditions.some((each) => matchCondition(each, rows, key, world));
    case 'all':
      return condition.conditions.every((each) => matchCondition(each, rows, key, world));
    case 'chain':
    case 'has': {
      if (!world) throw new Error('a relation is matched within a world');
      return world
        .related(condition, rows, key)
        .some((each) => matchCondition(condition.condition, each.rows, each.key, world));
    }
    default:
      return faceFor(condition.kind).match(condition, rows, key);
  }
}

const printValues = (condition: ParameterCondition | FullTextCondition): string =>
  condition.kind === 'text' ? printFullText(condition) : faceFor(condition.kind).print(condition);

/** A short readable form: `status = active`, `not (type = x)`, `subject:Patient.(name = a*)`. */
export function printCondition(condition: Condition, values = printValues): string {
  const print = (each: Condition): string => printCondition(each, values);
  switch (condition.kind) {
    case 'text':
      return `${condition.field} = ${values(condition)}`;
    case 'missing':
      return `${condition.parameter.code} ${condition.missing ? 'missing' : 'present'}`;
    case 'not':
      return `not (${print(condition.condition)})`;
    case 'any':
    case 'all':
      return `(${condition.conditions.map(print).join(condition.kind === 'any' ? ' or ' : ' and ')})`;
    case 'chain':
      return `${condition.parameter.code}:${condition.type}.(${print(condition.condition)})`;
    case 'has':
      return `_has:${condition.parameter.resourceType}:${condition.parameter.code}.(${print(condition.condition)})`;
    default:
      return `${condition.parameter.code} = ${values(condition)}`;
  }
}

/** The table pairs each kind with its own face, which the type system cannot follow through an index. */
const faceFor = (kind: ParameterType): Face<ParameterCondition> =>
  faces[kind] as unknown as Face<ParameterCondition>;
