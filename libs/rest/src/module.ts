import type { DomainRule } from '@naravard/fhir';
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
  rules?: readonly DomainRule[];
  /** "At most one at a time" per patient, kept by the database while the resource is current. */
  claims?: (resource: object) => readonly Claim[];
  /** Parameters that law lets nobody search by across patients. */
  searchNeeds?: readonly Omit<SearchNeed, 'type'>[];
}
