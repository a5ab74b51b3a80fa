import type { Interaction } from '../call.ts';

/** Bulk import. */
export const importInteractions: readonly Interaction[] = [];
