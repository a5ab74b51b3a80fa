import type { Actor } from '@naravard/access';
import type { Finding } from '@naravard/fhir';
import type { SearchNeed } from '@naravard/search';
import type { Claim } from '@naravard/store';

/** What a service brings: its resource types and their rules. Every process loads all modules; a mount selects routes. */
export interface Module {
  name: string;
  resources: readonly ResourceModule[];
  /** Its types share one description in OpenAPI, since they differ in nothing but their definitions. */
  generic?: true;
}

export interface ResourceModule {
  type: string;
  rules?: readonly Rule[];
  /** "At most one at a time" per patient, kept by the database while the resource is current. */
  claims?: (resource: object) => readonly Claim[];
  /** Parameters that law lets nobody search by across patients. */
  searchNeeds?: readonly Omit<SearchNeed, 'type'>[];
}

/** A domain rule on one resource as it is about to be stored; whoever reads the error can look the law up. */
export interface Rule {
  /** Stable id, for example `careteam-one-fast-kontakt`. */
  id: string;
  /** Section of law or specification. */
  citation: string;
  /** The rule in one sentence. */
  sentence: string;
  check(staged: StagedResource): readonly Finding[];
}

export interface StagedResource {
  type: string;
  id: string;
  /** Parsed and valid R4. */
  resource: object;
  actor: Actor;
}
