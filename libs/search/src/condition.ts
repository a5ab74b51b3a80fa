import type { IndexRows } from './index-rows.ts';
import type { Parameter, ParameterType } from './parameter.ts';
import type { SqlBuilder } from './sql.ts';
import { type DateCondition, dateFace } from './types/date.ts';
import type { Face, RowKey } from './types/face.ts';
import { type NumberCondition, numberFace } from './types/number.ts';
import { type QuantityCondition, quantityFace } from './types/quantity.ts';
import { type ReferenceCondition, referenceFace } from './types/reference.ts';
import { type StringCondition, stringFace } from './types/string.ts';
import { type TokenCondition, tokenFace } from './types/token.ts';
import { type UriCondition, uriFace } from './types/uri.ts';

/** One parameter with its alternatives: the resource must meet one of them. */
export type Condition =
  | TokenCondition
  | ReferenceCondition
  | DateCondition
  | StringCondition
  | UriCondition
  | NumberCondition
  | QuantityCondition;

type Faces = { readonly [Kind in ParameterType]: Face<Extract<Condition, { kind: Kind }>> };

const faces: Faces = {
  token: tokenFace,
  reference: referenceFace,
  date: dateFace,
  string: stringFace,
  uri: uriFace,
  number: numberFace,
  quantity: quantityFace,
};

/** The face of a parameter's type, for what does not depend on a condition: extract, parse and sort. */
export const faceOf = (parameter: Parameter): Face<Condition> => faceFor(parameter.type);

export const compileCondition = (condition: Condition, alias: string, sql: SqlBuilder): string =>
  faceFor(condition.kind).compile(condition, alias, sql);

export const matchCondition = (condition: Condition, rows: IndexRows, key: RowKey): boolean =>
  faceFor(condition.kind).match(condition, rows, key);

export const printCondition = (condition: Condition): string =>
  `${condition.parameter.code} = ${faceFor(condition.kind).print(condition)}`;

/** The table pairs each kind with its own face, which the type system cannot follow through an index. */
const faceFor = (kind: ParameterType): Face<Condition> => faces[kind] as unknown as Face<Condition>;
