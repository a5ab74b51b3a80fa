import type { Definitions, ElementDefinition } from '@naravard/fhir';

export type Json = Record<string, unknown>;

/** A seeded generator of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const dates = ['2024', '2024-05', '2024-05-17', '2024-05-18', '2023-12-31'];
const instants = [
  '2024-05-17T09:30:00Z',
  '2024-05-17T11:30:00+02:00',
  '2024-05-18T00:00:00Z',
  '2023-01-01T00:00:00.5Z',
];
const references = [
  '#a',
  '#b',
  'Practitioner/1',
  'Patient/1',
  'urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
];

/**
 * Makes elements of any type with the shape that R4 gives them, at random, most of them breaking some invariant:
 * `words` (the literals of the invariant under test) are favoured as strings and codes.
 */
export class ElementGenerator {
  readonly #definitions: Definitions;
  readonly #random: () => number;
  words: readonly string[] = [];

  constructor(definitions: Definitions, seed: number) {
    this.#definitions = definitions;
    this.#random = seeded(seed);
  }

  make(type: string, depth: number): unknown {
    const definition = this.#definitions.type(type);
    if (!definition) throw new Error(`${type} is not a type`);
    if (definition.kind === 'primitive') return this.#primitive(type);
    if (type === 'Resource') return this.#contained();
    const made: Json = definition.kind === 'resource' ? { resourceType: type } : {};
    const chance = depth > 2 ? 0.5 : 0.25;
    for (const element of definition.elements.values()) {
      const skipped = ['extension', 'modifierExtension', 'id', 'text', 'meta'].includes(element.name);
      if (skipped ? this.#random() < 0.05 : this.#random() < chance) this.#fill(made, type, element, depth);
    }
    return made;
  }

  #fill(made: Json, owner: string, element: ElementDefinition, depth: number): void {
    const children = this.#definitions.children(owner, element.name);
    const child = this.#pick(children);
    if (depth <= 0 && !/^[a-z]/.test(child.type)) return;
    const value = (): unknown => this.make(child.type, depth - 1);
    made[child.property] = child.array
      ? Array.from({ length: 1 + Math.floor(this.#random() * 3) }, value)
      : value();
    if (/^[a-z]/.test(child.type) && !child.array && this.#random() < 0.05) {
      made[`_${child.property}`] = { extension: [{ url: 'http://example.org/x', valueBoolean: true }] };
      delete made[child.property];
    }
  }

  #contained(): Json {
    const id = this.#random() < 0.8 ? { id: this.#pick(['a', 'b']) } : {};
    const meta = this.#random() < 0.2 ? { meta: { versionId: '1', security: [{ code: 'R' }] } } : {};
    return { resourceType: this.#pick(['Patient', 'Composition', 'MessageHeader', 'Basic']), ...id, ...meta };
  }

  #primitive(type: string): unknown {
    switch (type) {
      case 'boolean':
        return this.#random() < 0.5;
      case 'decimal':
        return this.#pick([-1.5, 0, 1, 1.5, 100, 150]);
      case 'integer':
      case 'unsignedInt':
      case 'positiveInt':
        return this.#pick([0, 1, 2, 3]);
      case 'date':
        return this.#pick(dates);
      case 'dateTime':
        return this.#pick([...dates, ...instants]);
      case 'instant':
        return this.#pick(instants);
      case 'time':
        return this.#pick(['08:00:00', '09:30:00']);
      case 'xhtml':
        return '<div xmlns="http://www.w3.org/1999/xhtml">x</div>';
      default:
        return this.#text();
    }
  }

  #text(): string {
    const pool =
      this.words.length && this.#random() < 0.7 ? this.words : ['a', 'b', 'a.b', '*', '3', ...references];
    return this.#pick(pool);
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)] as T;
  }
}
