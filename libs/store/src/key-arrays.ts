import type { SqlBuilder } from '@naravard/search';

/** The types and the ids of some resources as two array parameters, for `unnest`. */
export const keyArrays = (
  keys: readonly { type: string; id: string }[],
  sql: SqlBuilder,
): readonly [types: string, ids: string] => [
  sql.param(
    keys.map(({ type }) => type),
    'text[]',
  ),
  sql.param(
    keys.map(({ id }) => id),
    'text[]',
  ),
];
