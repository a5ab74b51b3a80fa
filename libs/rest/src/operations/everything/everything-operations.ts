import type { Interaction } from '../../call.ts';
import { carePlanGraph, careTeamGraph } from './graph.ts';
import { ofOwnPerson, ofPatient } from './record.ts';

/** $everything of a Patient, a CarePlan and a CareTeam. */
export const everythingOperations: readonly Interaction[] = [
  ...ofPatient,
  ...ofOwnPerson,
  carePlanGraph,
  careTeamGraph,
];
