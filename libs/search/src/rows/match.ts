import { matchCondition } from '../query/condition.ts';
import type { Part } from '../query/query.ts';
import type { RowKey } from '../types/face.ts';
import type { IndexRows } from './index-rows.ts';
import type { World } from './world.ts';

/** Whether index rows of the part's type meet its conditions: what `compileWhere` says, in memory. */
export const matches = (part: Part, rows: IndexRows, key: RowKey, world?: World): boolean =>
  part.conditions.every((condition) => matchCondition(condition, rows, key, world));
