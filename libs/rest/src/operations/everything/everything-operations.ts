import type { Interaction } from '../../call.ts';

/** $everything of a Patient, a CarePlan and a CareTeam. */
export const everythingOperations: readonly Interaction[] = [];
