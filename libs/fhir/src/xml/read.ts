import type { SaxesTagNS } from 'saxes';
import { type Exact, type ExactObject, exactNumber } from '../exact-json.ts';
import { isNameable } from '../json.ts';
import { Problem } from '../outcome.ts';
import { fhirNamespace } from './names.ts';
import { NarrativeSource } from './narrative-source.ts';
import type { XmlPart, XmlShape, XmlShapes } from './shapes.ts';
import { attributesOf, readXml, type XmlEvents } from './syntax.ts';

/** An element that is open. */
interface Open {
  readonly kind: 'object' | 'primitive' | 'holder';
  /** Undefined of a resource: the root, or what stands in a holder (contained, entry.resource). */
  readonly part: XmlPart | undefined;
  /** Of a holder: unused. */
  readonly shape: XmlShape | undefined;
  /** The members of the object, or what stands beside the primitive. */
  readonly members: ExactObject;
  /** Of a primitive: its value. Of a holder: its resource. */
  value: Exact | undefined;
  /** Order of the last child. */
  last: number;
  lastName: string;
  /** Name, and index where it repeats, for errors. */
  readonly step: string;
}

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';
const jsonNumber = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/**
 * The JSON text of a resource in XML (http://hl7.org/fhir/R4/xml.html): its elements in R4's order, numbers with their digits,
 * the narrative as written. Whether values, cardinalities and the narrative are right is left to validation.
 * @param depth how many elements may lie within one another, XHTML apart
 * @throws Problem 'structure' when it is not XML that is read (`readXml`), 'unsupported-media' for its encoding, and 'invalid'
 *   for an element or attribute that R4 does not have there, that is out of order or in another namespace
 */
export function xmlToJson(text: string, shapes: XmlShapes, depth: number): string {
  const reader = new Reader(text, shapes, depth);
  readXml(text, reader);
  return JSON.stringify(reader.resource);
}

class Reader implements XmlEvents {
  resource: ExactObject | undefined;
  readonly #shapes: XmlShapes;
  readonly #depth: number;
  readonly #open: Open[] = [];
  readonly #narrative: NarrativeSource;

  constructor(text: string, shapes: XmlShapes, depth: number) {
    this.#shapes = shapes;
    this.#depth = depth;
    this.#narrative = new NarrativeSource(text, (why) => this.#refuse(why));
  }

  open(tag: SaxesTagNS, at: number): void {
    if (this.#narrative.isOpen) return this.#narrative.open(tag);
    if (this.#open.length >= this.#depth) {
      throw new Problem('structure', `The XML nests more than ${this.#depth} elements: send it flatter.`);
    }
    const parent = this.#open.at(-1);
    if (!parent || parent.kind === 'holder') return this.#openResource(tag, parent);
    const part = this.#partOf(parent, tag);
    if (part.kind === 'xhtml') this.#narrative.begin(tag, at);
    else this.#openElement(parent, part, tag);
  }

  close(at: number): void {
    if (this.#narrative.isOpen) {
      const div = this.#narrative.close(at);
      const parent = this.#open.at(-1);
      if (div !== undefined && parent) parent.members.div = div;
      return;
    }
    const closed = this.#open.at(-1);
    if (!closed) return;
    const value = this.#valueOf(closed);
    this.#open.pop();
    const parent = this.#open.at(-1);
    if (closed.part === undefined && parent) parent.value = value;
    else if (closed.part && parent) keep(parent.members, closed.part, value, besideOf(closed));
    else this.resource = closed.members;
  }

  text(text: string): void {
    if (this.#narrative.isOpen || /^[\t\n\r ]*$/.test(text)) return;
    this.#refuse('it holds text: FHIR puts a value into the attribute value');
  }

  #openResource(tag: SaxesTagNS, holder: Open | undefined): void {
    const shape = tag.uri === fhirNamespace ? this.#shapes.resource(tag.local) : undefined;
    if (!shape) {
      return this.#refuse(
        `${named(tag.local)} is no resource of R4 in the namespace ${fhirNamespace}; send for example <CarePlan xmlns="${fhirNamespace}">`,
      );
    }
    if (holder?.value !== undefined) return this.#refuse('it holds more than one resource');
    for (const { uri, local, name } of attributesOf(tag)) {
      if (!(uri === schemaInstance && local === 'schemaLocation' && !holder)) this.#unknownAttribute(name);
    }
    const step = holder ? '' : shape.type;
    this.#push({ kind: 'object', part: undefined, shape, members: { resourceType: shape.type }, step });
  }

  /** What a child element is. @throws Problem when it may not stand there. */
  #partOf(parent: Open, { local, uri }: SaxesTagNS): XmlPart {
    const part = parent.shape?.byName.get(local);
    if (!part || part.kind === 'attribute') {
      return this.#refuse(`${named(local)} is no element of it; see R4 for what it has`);
    }
    if (part.kind !== 'xhtml' && uri !== fhirNamespace)
      return this.#refuse(`${local} is not in the namespace ${fhirNamespace}`);
    if (part.order < parent.last) {
      return this.#refuse(
        `${local} comes after ${parent.lastName}, which R4 has later; put it where R4 has it`,
      );
    }
    if (part.order === parent.last && (!part.array || local !== parent.lastName))
      return this.#refuse(`${local} occurs twice; send it once`);
    parent.last = part.order;
    parent.lastName = local;
    return part;
  }

  #openElement(parent: Open, part: XmlPart, tag: SaxesTagNS): void {
    const { kind } = part;
    const list = parent.members[part.name] ?? parent.members[`_${part.name}`];
    const step = part.array ? `${part.name}[${Array.isArray(list) ? list.length : 0}]` : part.name;
    if (kind === 'resource') this.#push({ kind: 'holder', part, shape: undefined, members: {}, step });
    else {
      const shape = this.#shapes.get(part.type);
      this.#push({ kind: kind === 'primitive' ? 'primitive' : 'object', part, shape, members: {}, step });
    }
    const opened = this.#open.at(-1) as Open;
    for (const { uri, name, value } of attributesOf(tag)) {
      const attribute = uri === '' ? opened.shape?.byName.get(name) : undefined;
      if (attribute?.kind === 'attribute') opened.members[name] = value;
      else if (uri === '' && name === 'value' && kind === 'primitive')
        opened.value = this.#typed(part, value);
      else this.#unknownAttribute(name);
    }
  }

  #push(opened: Omit<Open, 'value' | 'last' | 'lastName'>): void {
    this.#open.push({ ...opened, value: undefined, last: -1, lastName: '' });
  }

  /** What an element that closes has come to. @throws Problem when that is nothing. */
  #valueOf(closed: Open): Exact {
    if (closed.kind === 'object') {
      if (Object.keys(closed.members).length === 0)
        this.#refuse('it is empty: give it content or leave it out');
      return closed.members;
    }
    if (closed.value === undefined && closed.kind === 'holder') this.#refuse('it holds no resource');
    if (closed.value === undefined && Object.keys(closed.members).length === 0)
      this.#refuse('it has neither value nor extension: give it one or leave it out');
    return closed.value ?? null;
  }

  #typed({ json }: XmlPart, value: string): Exact {
    if (json === 'string') return value;
    if (json === 'boolean')
      return value === 'true' || value === 'false'
        ? value === 'true'
        : this.#refuse('its value is not true or false');
    return jsonNumber.test(value)
      ? exactNumber(value)
      : this.#refuse('its value is not a number as FHIR writes it');
  }

  #unknownAttribute(name: string): never {
    return this.#refuse(`${named(name)} is no attribute of it; leave it out`);
  }

  #refuse(why: string): never {
    const steps = this.#open.map(({ step }) => step).filter((step) => step !== '');
    const expression = steps.join('.');
    throw new Problem('invalid', {
      severity: 'error',
      code: 'structure',
      ...(expression && { expression }),
      diagnostics: `${expression ? `Of the element ${expression}` : 'Of the document'}: ${why}.`,
    });
  }
}

/** A name from outside, unless it could be personal data. */
const named = (name: string): string => (isNameable(name) ? name : 'what it holds');

const besideOf = ({ kind, members }: Open): ExactObject | undefined =>
  kind === 'primitive' && Object.keys(members).length ? members : undefined;

/** Sets or appends a value and, in the parallel member, what stands beside it; null fills gaps. */
function keep(
  members: ExactObject,
  { name, array }: XmlPart,
  value: Exact,
  beside: ExactObject | undefined,
): void {
  if (!array) {
    if (value !== null) members[name] = value;
    if (beside) members[`_${name}`] = beside;
    return;
  }
  const values = (members[name] ?? []) as Exact[];
  members[name] = values;
  values.push(value);
  const besides = members[`_${name}`] as Exact[] | undefined;
  if (besides) besides.push(beside ?? null);
  else if (beside) members[`_${name}`] = [...Array<null>(values.length - 1).fill(null), beside];
}
