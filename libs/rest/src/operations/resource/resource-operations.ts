import type { Interaction } from '../../call.ts';

/** What can be asked of a resource of any type: $validate, $meta, $meta-add, $meta-delete, $diff. */
export const resourceOperations: readonly Interaction[] = [];
