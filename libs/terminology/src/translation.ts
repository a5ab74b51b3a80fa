import type { Coding, DependencySource } from './resources.ts';

/** One concept that another one is mapped to. */
export interface Translation {
  /** http://hl7.org/fhir/R4/valueset-concept-map-equivalence.html; null where the map does not tell (unmapped codes). */
  readonly equivalence: string | null;
  /** Null where the map says that there is none. */
  readonly concept: Coding | null;
  /** The code system that the map leads to, where it tells. */
  readonly system: string | null;
  readonly product: readonly DependencySource[];
  /** What must hold beside the code for it to be a translation. */
  readonly dependsOn: readonly DependencySource[];
  /** Canonical URL of the map. */
  readonly map: string | null;
}

/** The map in which a group has its unmapped codes looked up. */
export interface Elsewhere {
  readonly otherMap: string;
}
