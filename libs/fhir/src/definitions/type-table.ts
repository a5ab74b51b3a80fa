import type {
  Child,
  ElementDefinition,
  ElementType,
  InvariantDefinition,
  TypeDefinition,
  TypeKind,
} from './definitions.ts';

interface ElementEntry {
  readonly min?: number;
  readonly max?: '*';
  /** Separated by spaces; the allowed targets in parentheses: `Reference(Patient|Group) CodeableConcept`. */
  readonly types: string;
  readonly binding?: string;
  readonly modifier?: true;
  readonly summary?: true;
  readonly rules?: readonly string[];
}

interface TypeEntry {
  readonly kind: TypeKind;
  readonly abstract?: true;
  readonly base?: string;
  readonly elements: Readonly<Record<string, ElementEntry>>;
  readonly rules?: readonly string[];
}

/** r4-types.json: `types` by name or backbone path, `rules` by key (a key that R4 uses twice has a suffix `#2`). */
export interface TypesFile {
  readonly types: Readonly<Record<string, TypeEntry>>;
  readonly rules: Readonly<Record<string, InvariantDefinition>>;
}

/** Types with their inherited elements; each is unfolded on first use. */
export class TypeTable {
  readonly resourceTypes: ReadonlySet<string>;
  readonly #entries: ReadonlyMap<string, TypeEntry>;
  readonly #rules: Readonly<Record<string, InvariantDefinition>>;
  readonly #types = new Map<string, TypeDefinition>();
  readonly #children = new Map<string, ReadonlyMap<string, readonly Child[]>>();

  constructor(file: TypesFile) {
    this.#entries = new Map(Object.entries(file.types));
    this.#rules = file.rules;
    const concrete = [...this.#entries].filter(([, entry]) => entry.kind === 'resource' && !entry.abstract);
    this.resourceTypes = new Set(concrete.map(([name]) => name));
  }

  type(name: string): TypeDefinition | undefined {
    let found = this.#types.get(name);
    const entry = this.#entries.get(name);
    if (!found && entry) {
      found = this.#unfold(name, entry);
      this.#types.set(name, found);
    }
    return found;
  }

  /** The type and its ancestors, nearest first. */
  lineage(name: string): string[] {
    const names: string[] = [];
    for (let at: string | undefined = name; at; at = this.#entries.get(at)?.base) names.push(at);
    return names;
  }

  isA(name: string, ancestor: string): boolean {
    return this.lineage(name).includes(ancestor);
  }

  children(typeName: string, element: string): readonly Child[] {
    let table = this.#children.get(typeName);
    if (!table) {
      table = childTable(this.type(typeName));
      this.#children.set(typeName, table);
    }
    return table.get(element) ?? [];
  }

  #unfold(name: string, entry: TypeEntry): TypeDefinition {
    const base = entry.base ? this.type(entry.base) : undefined;
    const own = Object.entries(entry.elements).map(([key, each]) => this.#element(key, each));
    const elements = new Map([...(base?.elements ?? []), ...own.map((each) => [each.name, each] as const)]);
    return {
      name,
      kind: entry.kind,
      abstract: entry.abstract ?? false,
      base: entry.base,
      elements,
      invariants: [...(base?.invariants ?? []), ...this.#invariants(entry.rules)],
    };
  }

  #element(key: string, entry: ElementEntry): ElementDefinition {
    const choice = key.endsWith('[x]');
    return {
      name: choice ? key.slice(0, -3) : key,
      min: entry.min ?? 0,
      max: entry.max === '*' ? Number.POSITIVE_INFINITY : 1,
      types: entry.types.split(' ').map(elementType),
      choice,
      binding: entry.binding,
      modifier: entry.modifier ?? false,
      summary: entry.summary ?? false,
      invariants: this.#invariants(entry.rules),
    };
  }

  #invariants(keys: readonly string[] = []): InvariantDefinition[] {
    return keys.map((key) => this.#rules[key]).filter((rule) => rule !== undefined);
  }
}

function elementType(text: string): ElementType {
  const open = text.indexOf('(');
  return open < 0
    ? { code: text, targets: [] }
    : { code: text.slice(0, open), targets: text.slice(open + 1, -1).split('|') };
}

/** The JSON property of one type of a choice element: ('value', 'SimpleQuantity') -> 'valueQuantity'. */
export function choiceProperty(name: string, type: string): string {
  const known = navigable(type);
  return name + known.charAt(0).toUpperCase() + known.slice(1);
}

const navigable = (type: string): string => (type === 'SimpleQuantity' ? 'Quantity' : type);

function childTable(type: TypeDefinition | undefined): ReadonlyMap<string, readonly Child[]> {
  const table = new Map<string, readonly Child[]>();
  for (const { name, types, choice, max } of type?.elements.values() ?? []) {
    const array = max > 1;
    const children = types.map(({ code }) => ({
      property: choice ? choiceProperty(name, code) : name,
      type: navigable(code),
      array,
    }));
    table.set(name, children);
    if (choice) for (const child of children) table.set(child.property, [child]);
  }
  return table;
}
