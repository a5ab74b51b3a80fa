import type { Interaction } from '../call.ts';

/** Asynchronous requests and bulk export. */
export const jobInteractions: readonly Interaction[] = [];
