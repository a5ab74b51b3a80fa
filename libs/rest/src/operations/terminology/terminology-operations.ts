import type { Interaction } from '../../call.ts';
import { expand } from './expand.ts';
import { lookup } from './lookup.ts';
import { subsumes } from './subsumes.ts';
import { interactionsOf } from './terminology-operation.ts';
import { translate } from './translate.ts';
import { validateInSet } from './validate-in-set.ts';
import { validateInSystem } from './validate-in-system.ts';

/** http://hl7.org/fhir/R4/terminology-service.html, for what is loaded. */
export const terminologyOperations: readonly Interaction[] = [
  lookup,
  validateInSystem,
  subsumes,
  expand,
  validateInSet,
  translate,
].flatMap(interactionsOf);
