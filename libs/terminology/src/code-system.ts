// http://hl7.org/fhir/R4/codesystem.html
import type { CodeSystemSource, ConceptSource, Designation, PropertySource } from './resources.ts';

export interface Concept {
  readonly code: string;
  readonly display: string | null;
  readonly definition: string | null;
  /** A heading that is not meant to be recorded (`notSelectable` or `abstract`), such as `_ActEncounterCode`. */
  readonly abstract: boolean;
  /** No longer in use (`inactive`, or a `status` of retired); what is deprecated may still be used. */
  readonly inactive: boolean;
  readonly designations: readonly Designation[];
  /** Its properties as published, each with one `value[x]`. */
  readonly published: readonly PropertySource[];
  /** Values of its properties by code, in order, as text. */
  readonly properties: ReadonlyMap<string, readonly string[]>;
}

/** A code system with its hierarchy: concepts that stand within another, and properties `parent` and `child`. */
export class CodeSystem {
  readonly url: string;
  readonly version: string | null;
  readonly title: string;
  /** Of its displays, where it tells. */
  readonly language: string | null;
  /** False when only some or none of its codes are here: such a system can be looked up and not computed with. */
  readonly complete: boolean;
  readonly #concepts = new Map<string, Concept>();
  readonly #children = new Map<string, Set<string>>();
  readonly #parents = new Map<string, Set<string>>();

  /** `supplements`: code systems of the content `supplement`, whose concepts add to those of this one. */
  constructor(source: CodeSystemSource, supplements: readonly CodeSystemSource[] = []) {
    this.url = source.url;
    this.version = source.version ?? null;
    this.title = source.title ?? source.name ?? source.url;
    this.language = source.language ?? null;
    this.complete = source.content === 'complete';
    // Without a meaning the nesting of R4's own systems is subsumption: `recurrence` within `active`.
    const subsumes = (source.hierarchyMeaning ?? 'is-a') === 'is-a';
    const added = new Map<string, ConceptSource[]>();
    for (const { concept = [] } of supplements) collect(concept, added);
    for (const each of source.concept ?? []) this.#add(each, null, subsumes, added);
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

  /** The code itself and all that it subsumes, each followed by what is under it; empty for a code that is not here. */
  below(code: string): string[] {
    const found = new Set<string>();
    const waiting = this.#concepts.has(code) ? [code] : [];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next) || !this.#concepts.has(next)) continue;
      found.add(next);
      // One by one: a call takes some 100,000 arguments, and a code may have more children.
      for (const each of [...(this.#children.get(next) ?? [])].reverse()) waiting.push(each);
    }
    return [...found];
  }

  /** The code itself and all that subsume it, the nearest first; empty for a code that is not here. */
  above(code: string): string[] {
    if (!this.#concepts.has(code)) return [];
    const found = new Set([code]);
    // A set is walked in the order of insertion, what is added on the way included.
    for (const each of found) for (const next of this.#parents.get(each) ?? []) found.add(next);
    return [...found].filter((each) => this.#concepts.has(each));
  }

  children(code: string): readonly string[] {
    return [...(this.#children.get(code) ?? [])];
  }

  parents(code: string): readonly string[] {
    return [...(this.#parents.get(code) ?? [])];
  }

  #add(
    source: ConceptSource,
    parent: string | null,
    subsumes: boolean,
    added: ReadonlyMap<string, readonly ConceptSource[]>,
  ): void {
    const { code, concept = [] } = source;
    const made = conceptOf(source, added.get(code) ?? []);
    this.#concepts.set(code, made);
    if (subsumes) {
      if (parent !== null) this.#link(parent, code);
      for (const each of made.properties.get('parent') ?? []) this.#link(each, code);
      for (const each of made.properties.get('child') ?? []) this.#link(code, each);
    }
    for (const each of concept) this.#add(each, code, subsumes, added);
  }

  #link(parent: string, child: string): void {
    linked(this.#children, parent).add(child);
    linked(this.#parents, child).add(parent);
  }
}

const none: readonly never[] = [];
const noProperties: ReadonlyMap<string, readonly string[]> = new Map();

function conceptOf(source: ConceptSource, added: readonly ConceptSource[]): Concept {
  const { code, display, definition } = source;
  const designations = joined(source, added, ({ designation }) => designation);
  const published = joined(source, added, ({ property }) => property);
  const properties = published.length ? valuesByCode(published) : noProperties;
  const isTrue = (name: string): boolean => properties.get(name)?.includes('true') ?? false;
  const status = properties.get('status') ?? none;
  return {
    code,
    display: display ?? null,
    definition: definition ?? null,
    abstract: isTrue('notSelectable') || isTrue('abstract'),
    inactive: isTrue('inactive') || status.includes('retired') || status.includes('inactive'),
    designations,
    published,
    properties,
  };
}

/** A list of the concept, and what supplements add to it; mostly there is none. */
function joined<T>(
  source: ConceptSource,
  added: readonly ConceptSource[],
  listOf: (source: ConceptSource) => readonly T[] | undefined,
): readonly T[] {
  const list = listOf(source) ?? none;
  return added.length ? [...list, ...added.flatMap((each) => listOf(each) ?? [])] : list;
}

function valuesByCode(published: readonly PropertySource[]): ReadonlyMap<string, readonly string[]> {
  const properties = new Map<string, string[]>();
  for (const { code: name, ...value } of published) {
    const list = properties.get(name) ?? [];
    list.push(...Object.values(value).map(propertyText));
    properties.set(name, list);
  }
  return properties;
}

/** Concepts of supplements by code, those within others too. */
function collect(concepts: readonly ConceptSource[], into: Map<string, ConceptSource[]>): void {
  for (const each of concepts) {
    const known = into.get(each.code);
    if (known) known.push(each);
    else into.set(each.code, [each]);
    collect(each.concept ?? [], into);
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
