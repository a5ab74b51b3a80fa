import type { Definitions } from '../definitions/definitions.ts';

/** What a JSON property of a type holds. */
export interface Shape {
  /** Name of the element, without `[x]`. */
  readonly element: string;
  /** Type of the value; 'Element' for the sibling `_name` of a primitive. */
  readonly type: string;
  /** Types that a Reference may point to; empty: any. */
  readonly targets: readonly string[];
}

/** The shapes of a type's JSON properties, `valueAddress` and `_status` among them; empty for a primitive or unknown type. */
export type Shapes = (type: string) => ReadonlyMap<string, Shape>;

/** Each type is looked up once. */
export function createShapes(definitions: Definitions): Shapes {
  const made = new Map<string, ReadonlyMap<string, Shape>>();
  return (type) => {
    let shapes = made.get(type);
    if (!shapes) {
      shapes = shapesOf(definitions, type);
      made.set(type, shapes);
    }
    return shapes;
  };
}

function shapesOf(definitions: Definitions, type: string): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  const definition = definitions.type(type);
  if (!definition || definition.kind === 'primitive') return shapes;
  for (const { name: element, types } of definition.elements.values()) {
    const targets = types.find(({ code }) => code === 'Reference')?.targets ?? [];
    for (const child of definitions.children(type, element)) {
      shapes.set(child.property, { element, type: child.type, targets });
      shapes.set(`_${child.property}`, { element, type: 'Element', targets: [] });
    }
  }
  return shapes;
}
