// http://hl7.org/fhir/R4/conceptmap.html
import { MapGroup } from './map-group.ts';
import type { ConceptMapSource } from './resources.ts';
import type { Elsewhere, Translation } from './translation.ts';

/** A concept map, found through by code in both directions. */
export class ConceptMap {
  readonly url: string | null;
  readonly version: string | null;
  /** Canonicals of the value sets it is from and to. */
  readonly source: string | null;
  readonly target: string | null;
  readonly #groups: readonly MapGroup[];

  constructor({ url, version, group = [], ...rest }: ConceptMapSource) {
    this.url = url ?? null;
    this.version = version ?? null;
    this.source = rest.sourceCanonical ?? rest.sourceUri ?? null;
    this.target = rest.targetCanonical ?? rest.targetUri ?? null;
    this.#groups = group.map((each) => new MapGroup(each, this.url));
  }

  /**
   * What a code is mapped to, in the order of the map; what a group says of unmapped codes where it does not name this one.
   * `version` of the code system: groups that are of another one are passed over.
   */
  forward(system: string, code: string, version?: string): readonly (Translation | Elsewhere)[] {
    return this.#groups
      .filter(({ source, sourceVersion }) => source === system && isSame(sourceVersion, version))
      .flatMap((group) => group.forward(code) ?? group.unmapped(code));
  }

  /** What is mapped to a code: the map read from its targets, so that wider becomes narrower. */
  backward(system: string, code: string, version?: string): readonly Translation[] {
    return this.#groups
      .filter(({ target, targetVersion }) => target === system && isSame(targetVersion, version))
      .flatMap((group) => group.backward(code) ?? []);
  }
}

const isSame = (own: string | undefined, asked: string | undefined): boolean =>
  own === undefined || asked === undefined || own === asked;
