import type { Relation } from '../query/relation.ts';
import type { RowKey } from '../types/face.ts';
import type { IndexRows } from './index-rows.ts';

export interface Related {
  readonly rows: IndexRows;
  readonly key: RowKey;
}

/** The resources around one that is matched in memory, cut to what the caller may see. */
export interface World {
  /** Those that the relation leads to from the resource. */
  related(relation: Relation, rows: IndexRows, key: RowKey): readonly Related[];
}
