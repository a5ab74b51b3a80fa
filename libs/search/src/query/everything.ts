import type { Catalog } from '../catalog/parameters.ts';
import { readsWithinReferences } from '../catalog/reading-references.ts';
import { revealsAlways } from '../catalog/revealing-parameters.ts';
import { REFERS } from '../rows/referred.ts';

/** A reference from resources of one type to those of another, in whatever element. */
export interface Way {
  readonly from: string;
  readonly to: string;
}

/**
 * All that is about one person, and what that refers to, and so on, that is about nobody. Pages go by type and id, which never
 * change, the Patient first.
 */
export interface EverythingAbout {
  readonly kind: 'record';
  readonly type: 'Patient';
  readonly id: string;
  /** Types that are asked for, of what is about the person and of what comes with it. */
  readonly types: readonly string[];
  /** ISO instants; null = no limit. What is about the person was changed at `since` or later. */
  readonly since: string | null;
  /** Its main date is before `before` and not over at `after`; what has none is found whenever. */
  readonly after: string | null;
  readonly before: string | null;
}

/**
 * One resource and all that belongs to it, about the same person or about nobody: the resources of its type that it is a whole
 * with, all that these refer to and what refers `back` to them; and of what was found so, further on, what leads to a `carried`
 * type or along a way.
 */
export interface EverythingFrom {
  readonly kind: 'graph';
  readonly type: string;
  readonly id: string;
  /** Types that may come with it. */
  readonly types: readonly string[];
  /** Reference parameter by which resources of the type are parts of each other, looked along both ways; null: they are none. */
  readonly whole: string | null;
  readonly back: readonly Way[];
  /** The same, of what refers to what the whole refers to. */
  readonly backFurther: readonly Way[];
  readonly carried: readonly string[];
  readonly ways: readonly Way[];
}

/** What is asked for, and which edges may tell of what the caller is not shown of a resource. */
export type Everything = (EverythingAbout | EverythingFrom) & RevealingEdges;

export interface RevealingEdges {
  /** Codes of parameters whose edges may be read within a reference: where one is hidden, what stands within it is as well. */
  readonly within: readonly string[];
  /** Those that lead to what a masked resource does not tell, whatever it is, as `Type.code`. */
  readonly revealing: readonly string[];
}

/** Of the parameters of R4 one leads from a masked resource to what it does not tell, beside those to places (parse-include.ts). */
export const revealingEdges = (catalog: Catalog): RevealingEdges => ({
  within: [REFERS, ...new Set(catalog.custom.filter(readsWithinReferences).map(({ code }) => code))],
  revealing: [catalog.parameter('Person', 'organization')].flatMap((each) =>
    each && revealsAlways(each) ? [`${each.resourceType}.${each.stored}`] : [],
  ),
});

/** Those of the types whose resources may be about one person. */
export const typesAboutPersons = (catalog: Catalog, types: Iterable<string>): string[] =>
  [...types].filter((type) => type === 'Patient' || catalog.patientParameter(type) !== undefined);
