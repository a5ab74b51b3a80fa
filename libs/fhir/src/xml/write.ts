import { type Exact, isExactNumber, isExactObject, parseExact } from '../exact-json.ts';
import { fhirNamespace } from './names.ts';
import { narrativeToXml } from './narrative.ts';
import type { XmlPart, XmlShape, XmlShapes } from './shapes.ts';

/** Thrown inside alone: the content has no form in XML. */
class Unsayable extends Error {}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
/** https://www.w3.org/TR/xml/#charsets */
const notXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/**
 * The XML of a resource's JSON text, digits and narrative kept (http://hl7.org/fhir/R4/xml.html); `pretty` indents all but
 * the narrative. Undefined for what XML cannot say: a character that XML 1.0 does not have, a member that R4 does not.
 */
export function jsonToXml(text: string, shapes: XmlShapes, pretty: boolean): string | undefined {
  try {
    const xml = new Writer(shapes, pretty).document(parseExact(text));
    return notXml.test(xml) ? undefined : xml;
  } catch (error) {
    if (error instanceof Unsayable) return undefined;
    throw error;
  }
}

class Writer {
  readonly #shapes: XmlShapes;
  readonly #pretty: boolean;
  readonly #out: string[] = [declaration];
  #depth = 0;

  constructor(shapes: XmlShapes, pretty: boolean) {
    this.#shapes = shapes;
    this.#pretty = pretty;
  }

  document(resource: Exact): string {
    this.#resource(resource, ` xmlns="${fhirNamespace}"`);
    return this.#out.join('');
  }

  #resource(value: Exact, attributes: string): void {
    const type = isExactObject(value) ? value.resourceType : undefined;
    const shape = typeof type === 'string' ? this.#shapes.resource(type) : undefined;
    if (!shape) throw new Unsayable();
    this.#element(shape.type, attributes, () => this.#members(shape, value));
  }

  /** An element with content, or without where `content` writes none. */
  #element(name: string, attributes: string, content: () => void): void {
    this.#line();
    this.#out.push(`<${name}${attributes}`);
    const at = this.#out.push('>');
    this.#depth++;
    content();
    this.#depth--;
    if (this.#out.length === at) {
      this.#out[at - 1] = '/>';
      return;
    }
    this.#line();
    this.#out.push(`</${name}>`);
  }

  #line(): void {
    if (this.#pretty) this.#out.push(`\n${'  '.repeat(this.#depth)}`);
  }

  /** The elements of an object. @throws Unsayable when it has a member that is none of them. */
  #members(shape: XmlShape, value: Exact): void {
    if (!isExactObject(value)) throw new Unsayable();
    let known = shape.isResource ? 1 : 0;
    for (const part of shape.parts) {
      const { name, kind } = part;
      const here = Object.hasOwn(value, name) ? (value[name] as Exact) : undefined;
      const beside =
        kind === 'primitive' && Object.hasOwn(value, `_${name}`) ? (value[`_${name}`] as Exact) : undefined;
      known += (here === undefined ? 0 : 1) + (beside === undefined ? 0 : 1);
      if (kind === 'attribute' || (here === undefined && beside === undefined)) continue;
      if (part.array) this.#list(part, here, beside);
      else this.#one(part, here, beside);
    }
    if (known !== Object.keys(value).length) throw new Unsayable();
  }

  #list(part: XmlPart, here: Exact | undefined, beside: Exact | undefined): void {
    if ((here !== undefined && !Array.isArray(here)) || (beside !== undefined && !Array.isArray(beside)))
      throw new Unsayable();
    const length = Math.max(here?.length ?? 0, beside?.length ?? 0);
    for (let at = 0; at < length; at++)
      this.#one(part, present(here?.[at], part), present(beside?.[at], part));
  }

  #one(part: XmlPart, here: Exact | undefined, beside: Exact | undefined): void {
    switch (part.kind) {
      case 'primitive':
        return this.#primitive(part, here, beside);
      case 'complex':
        return this.#complex(part.name, this.#shapes.get(part.type), here ?? null);
      case 'resource':
        return this.#element(part.name, '', () => this.#resource(here ?? null, ''));
      case 'xhtml':
        return this.#narrative(here);
      case 'attribute':
        return;
      default:
        return part.kind satisfies never;
    }
  }

  #complex(name: string, shape: XmlShape, value: Exact, more = ''): void {
    this.#element(name, `${attributesOf(shape, value)}${more}`, () => this.#members(shape, value));
  }

  #primitive(part: XmlPart, here: Exact | undefined, beside: Exact | undefined): void {
    const value = here === undefined ? '' : ` value="${escaped(lexical(part, here))}"`;
    if (value === '' && beside === undefined) throw new Unsayable();
    this.#complex(part.name, this.#shapes.get(part.type), beside ?? {}, value);
  }

  #narrative(value: Exact | undefined): void {
    const div = typeof value === 'string' ? narrativeToXml(value) : undefined;
    if (div === undefined) throw new Unsayable();
    this.#line();
    this.#out.push(div);
  }
}

/** JSON fills the gaps of parallel arrays of primitives with null. http://hl7.org/fhir/R4/json.html#primitive */
const present = (value: Exact | undefined, { kind }: XmlPart): Exact | undefined =>
  value === null && kind === 'primitive' ? undefined : value;

/** Those of FHIR that are attributes. */
function attributesOf({ parts }: XmlShape, value: Exact): string {
  if (!isExactObject(value)) throw new Unsayable();
  let text = '';
  for (const part of parts) {
    const { name } = part;
    if (part.kind !== 'attribute' || !Object.hasOwn(value, name)) continue;
    text += ` ${name}="${escaped(lexical(part, value[name] as Exact))}"`;
  }
  return text;
}

function lexical({ json }: XmlPart, value: Exact): string {
  if (json === 'number' && isExactNumber(value)) return value.rawJSON;
  if (typeof value === 'string' && json === 'string') return value;
  if (typeof value === 'boolean' && json === 'boolean') return String(value);
  throw new Unsayable();
}

/** Line ends and tabs as references: as themselves a reader would make spaces of them. */
const escaped = (text: string): string =>
  /[&<>"\t\n\r]/.test(text) ? text.replace(/[&<>"\t\n\r]/g, (each) => references[each] ?? each) : text;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
