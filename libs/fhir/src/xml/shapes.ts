import type { Definitions } from '../definitions/definitions.ts';

/** One element or attribute that a type has in XML; its name is that of the JSON property. */
export interface XmlPart {
  readonly name: string;
  /** `attribute`: Element.id and Extension.url. */
  readonly kind: 'attribute' | 'primitive' | 'xhtml' | 'complex' | 'resource';
  readonly type: string;
  /** What its value is in JSON. */
  readonly json: 'string' | 'number' | 'boolean';
  readonly array: boolean;
  /** Its place among the elements of the type; the types of a choice share theirs. */
  readonly order: number;
}

/** A type in XML: its parts in the order in which they are written. */
export interface XmlShape {
  readonly type: string;
  readonly isResource: boolean;
  readonly parts: readonly XmlPart[];
  readonly byName: ReadonlyMap<string, XmlPart>;
}

const numbers = new Set(['decimal', 'integer', 'unsignedInt', 'positiveInt']);

/** Shapes by type, each made when the type is first met. http://hl7.org/fhir/R4/xml.html */
export class XmlShapes {
  readonly #definitions: Definitions;
  readonly #shapes = new Map<string, XmlShape>();

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  /** Undefined for a name that is no resource type of R4. */
  resource(name: string): XmlShape | undefined {
    return this.#definitions.resourceTypes.has(name) ? this.get(name) : undefined;
  }

  /** Throws on a name that is no type of R4. */
  get(name: string): XmlShape {
    let shape = this.#shapes.get(name);
    if (!shape) {
      shape = this.#make(name);
      this.#shapes.set(name, shape);
    }
    return shape;
  }

  #make(name: string): XmlShape {
    const type = this.#definitions.type(name);
    if (!type) throw new Error(`${name} is not a type of R4`);
    const isResource = type.kind === 'resource';
    const parts = [...type.elements.values()].flatMap((element, order) => {
      const children = this.#definitions.children(name, element.name);
      const isAttribute =
        !isResource && (element.name === 'id' || (name === 'Extension' && element.name === 'url'));
      return children.map(({ property, type: of, array }) => ({
        name: property,
        kind: isAttribute ? ('attribute' as const) : this.#kindOf(of),
        type: of,
        json: jsonOf(of),
        array,
        order,
      }));
    });
    return { type: name, isResource, parts, byName: new Map(parts.map((part) => [part.name, part])) };
  }

  #kindOf(type: string): XmlPart['kind'] {
    if (type === 'xhtml') return 'xhtml';
    const kind = this.#definitions.type(type)?.kind;
    return kind === 'primitive' || kind === 'resource' ? kind : 'complex';
  }
}

const jsonOf = (type: string): XmlPart['json'] =>
  numbers.has(type) ? 'number' : type === 'boolean' ? 'boolean' : 'string';
