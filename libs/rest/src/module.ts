import type { DomainRule } from '@naravard/fhir';
import type { SearchNeed } from '@naravard/search';
import type { Claim } from '@naravard/store';

/** What a service brings: its resource types and their rules. Every process loads all modules; a mount selects routes. */
export interface Module {
  name: string;
  /** A type of the base, as Provenance, may be named again for rules of care of its own. */
  resources: readonly ResourceModule[];
  /** Its types share one description in OpenAPI, since they differ in nothing but their definitions. */
  generic?: true;
}

export interface ResourceModule {
  type: string;
  rules?: readonly DomainRule[];
  /**
   * "At most one at a time" per patient, kept by the database while the resource is current. `custodian`: key of the legal actor
   * that answers for the resource, null where there is none.
   */
  claims?: (resource: object, custodian: string | null) => readonly Claim[];
  /** Parameters that law lets nobody search by across patients. */
  searchNeeds?: readonly Omit<SearchNeed, 'type'>[];
}
