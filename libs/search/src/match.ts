import { matchCondition } from './condition.ts';
import type { IndexRows } from './index-rows.ts';
import type { Query } from './query.ts';
import type { RowKey } from './types/face.ts';

/** Whether index rows of the query's type meet its conditions: what `compileWhere` says, in memory. */
export const matches = (query: Query, rows: IndexRows, key: RowKey): boolean =>
  query.conditions.every((condition) => matchCondition(condition, rows, key));
