// http://hl7.org/fhir/R4/codesystem.html
import type { CodeSystemSource, ConceptSource } from './resources.ts';

export interface Concept {
  readonly code: string;
  readonly display: string | null;
  /** A heading that is not meant to be recorded (`notSelectable` or `abstract`), such as `_ActEncounterCode`. */
  readonly abstract: boolean;
  /** Values of its properties by code, in order, as text. */
  readonly properties: ReadonlyMap<string, readonly string[]>;
}

/** A code system with its hierarchy: concepts that stand within another, and properties `parent` and `child`. */
export class CodeSystem {
  readonly url: string;
  readonly version: string | null;
  readonly title: string;
  /** False when only some or none of its codes are here: such a system can be looked up and not computed with. */
  readonly complete: boolean;
  readonly #concepts = new Map<string, Concept>();
  readonly #children = new Map<string, Set<string>>();
  readonly #parents = new Map<string, Set<string>>();

  constructor(source: CodeSystemSource) {
    this.url = source.url;
    this.version = source.version ?? null;
    this.title = source.title ?? source.name ?? source.url;
    this.complete = source.content === 'complete';
    // Without a meaning the nesting of R4's own systems is subsumption: `recurrence` within `active`.
    const subsumes = (source.hierarchyMeaning ?? 'is-a') === 'is-a';
    for (const each of source.concept ?? []) this.#add(each, null, subsumes);
  }

  get size(): number {
    return this.#concepts.size;
  }

  concept(code: string): Concept | undefined {
    return this.#concepts.get(code);
  }

  /** All concepts in the order of publication, abstract ones among them. */
  concepts(): Iterable<Concept> {
    return this.#concepts.values();
  }

  /** The code itself and all that it subsumes; empty for a code that is not here. */
  below(code: string): string[] {
    return this.#closure(code, this.#children);
  }

  /** The code itself and all that subsume it; empty for a code that is not here. */
  above(code: string): string[] {
    return this.#closure(code, this.#parents);
  }

  children(code: string): readonly string[] {
    return [...(this.#children.get(code) ?? [])];
  }

  parents(code: string): readonly string[] {
    return [...(this.#parents.get(code) ?? [])];
  }

  #add(source: ConceptSource, parent: string | null, subsumes: boolean): void {
    const { code, display, property = [], concept = [] } = source;
    const properties = new Map<string, string[]>();
    for (const { code: name, ...value } of property) {
      const list = properties.get(name) ?? [];
      list.push(...Object.values(value).map(propertyText));
      properties.set(name, list);
    }
    const abstract = [properties.get('notSelectable'), properties.get('abstract')].some((each) =>
      each?.includes('true'),
    );
    this.#concepts.set(code, { code, display: display ?? null, abstract, properties });
    if (subsumes) {
      if (parent !== null) this.#link(parent, code);
      for (const each of properties.get('parent') ?? []) this.#link(each, code);
      for (const each of properties.get('child') ?? []) this.#link(code, each);
    }
    for (const each of concept) this.#add(each, code, subsumes);
  }

  #link(parent: string, child: string): void {
    linked(this.#children, parent).add(child);
    linked(this.#parents, child).add(parent);
  }

  #closure(code: string, edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
    if (!this.#concepts.has(code)) return [];
    const found = new Set([code]);
    // A set is walked in the order of insertion, what is added on the way included.
    for (const each of found) for (const next of edges.get(each) ?? []) found.add(next);
    return [...found].filter((each) => this.#concepts.has(each));
  }
}

function linked(edges: Map<string, Set<string>>, from: string): Set<string> {
  let found = edges.get(from);
  if (!found) {
    found = new Set();
    edges.set(from, found);
  }
  return found;
}

/** A Coding counts by its code. */
const propertyText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? String((value as { code?: unknown }).code) : String(value);
