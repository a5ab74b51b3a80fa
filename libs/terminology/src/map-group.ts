import type { Coding, GroupSource, TargetSource } from './resources.ts';
import type { Elsewhere, Translation } from './translation.ts';

type Index = ReadonlyMap<string, readonly Translation[]>;

/** The part of a concept map that is from one code system to another; an index a direction, made when it is first asked. */
export class MapGroup {
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly sourceVersion: string | undefined;
  readonly targetVersion: string | undefined;
  readonly #group: GroupSource;
  readonly #map: string | null;
  #forward: Index | undefined;
  #backward: Index | undefined;

  /** `map`: the canonical URL of the map. */
  constructor(group: GroupSource, map: string | null) {
    this.source = group.source;
    this.target = group.target;
    this.sourceVersion = group.sourceVersion;
    this.targetVersion = group.targetVersion;
    this.#group = group;
    this.#map = map;
  }

  /** Undefined for a code that the group does not name. */
  forward(code: string): readonly Translation[] | undefined {
    this.#forward ??= this.#forwards();
    return this.#forward.get(code);
  }

  backward(code: string): readonly Translation[] | undefined {
    this.#backward ??= this.#backwards();
    return this.#backward.get(code);
  }

  /** http://hl7.org/fhir/R4/conceptmap-definitions.html#ConceptMap.group.unmapped */
  unmapped(code: string): readonly (Translation | Elsewhere)[] {
    const { unmapped } = this.#group;
    if (!unmapped) return [];
    const { mode } = unmapped;
    switch (mode) {
      case 'provided':
        return [this.#translation(null, this.#targetOf({ code }))];
      case 'fixed':
        return [this.#translation(null, this.#targetOf(unmapped))];
      case 'other-map':
        return unmapped.url === undefined ? [] : [{ otherMap: unmapped.url }];
      default:
        return mode satisfies never;
    }
  }

  #forwards(): Index {
    const index = new Map<string, Translation[]>();
    for (const { code, target = [] } of this.#group.element) {
      if (code === undefined) continue;
      const list = index.get(code) ?? [];
      for (const each of target) list.push(this.#ahead(each));
      index.set(code, list);
    }
    return index;
  }

  #ahead(target: TargetSource): Translation {
    const { equivalence, product = [], dependsOn = [] } = target;
    return { ...this.#translation(equivalence, this.#targetOf(target)), product, dependsOn };
  }

  /** All that might be mapped to a code, whatever it depends on; that is told as product. */
  #backwards(): Index {
    const index = new Map<string, Translation[]>();
    for (const element of this.#group.element) {
      for (const { code, equivalence, dependsOn: product = [] } of element.target ?? []) {
        if (code === undefined) continue;
        const seen = opposites.get(equivalence) ?? equivalence;
        const concept = codingOf(this.source, this.sourceVersion, element);
        const back = { ...this.#translation(seen, concept), product, system: this.source ?? null };
        const list = index.get(code);
        if (list) list.push(back);
        else index.set(code, [back]);
      }
    }
    return index;
  }

  #targetOf(concept: Pick<TargetSource, 'code' | 'display'>): Coding | null {
    return codingOf(this.target, this.targetVersion, concept);
  }

  #translation(equivalence: string | null, concept: Coding | null): Translation {
    const system = this.target ?? null;
    return { equivalence, concept, system, product: [], dependsOn: [], map: this.#map };
  }
}

/** Null for a target without a code, which says that there is none. */
const codingOf = (
  system: string | undefined,
  version: string | undefined,
  { code, display }: { readonly code?: string; readonly display?: string },
): Coding | null =>
  code === undefined
    ? null
    : {
        ...(system !== undefined && { system }),
        ...(version !== undefined && { version }),
        code,
        ...(display !== undefined && { display }),
      };

/** What an equivalence is when it is seen from the other side. */
const opposites: ReadonlyMap<string, string> = new Map([
  ['wider', 'narrower'],
  ['narrower', 'wider'],
  ['subsumes', 'specializes'],
  ['specializes', 'subsumes'],
]);
