/** FHIR R4 as the API describes itself in openapi/naravard.json. */
export type * from './generated/schema.ts';

import type { Bundle, Resource } from './generated/schema.ts';

/** The resources of a bundle that are of one type: what a search found, without its outcome. */
export const resourcesOf = <T extends Resource>(bundle: Bundle, type: T['resourceType']): T[] =>
  (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === type ? [resource as T] : []));
