import type { Interaction } from '../../call.ts';

/** http://hl7.org/fhir/R4/terminology-service.html, for what is loaded. */
export const terminologyOperations: readonly Interaction[] = [];
