import type { Definitions } from '../definitions/definitions.ts';
import { canonicalIdentifier, identifierSystems } from '../identifier.ts';
import { elementsOf, type Member, membersOf, skipSpace, skipValue } from '../spans.ts';
import { createShapes, type Shape, type Shapes } from './element-shapes.ts';
import {
  contactsOfUnits,
  framework,
  leftOutOfPersons,
  type Mask,
  namedElements,
  personMasks,
  staffMasks,
  type Treatment,
  typesOfUnits,
} from './masked-elements.ts';
import { type ReferenceValue, referenceMask } from './masked-reference.ts';
import {
  absent,
  forwardingAddress,
  neutralNarrative,
  protectedName,
  protectedReference,
  protectedText,
} from './masked-values.ts';
import { pruneContained } from './prune-contained.ts';
import { type Replacement, rewriteArray, rewriteObject } from './rewrite.ts';
import { redactedLabel, withLabels } from './security-labels.ts';

/** How much is shown of a resource that may be seen, and the labels of the Patient that it is about, as `system|code`. */
export interface Shown {
  readonly mask: 'none' | 'warning' | 'protected-identity';
  readonly labels: readonly string[];
}

/**
 * The text of a resource as it is sent, cut to what is shown. `none`: as it is; `warning`: with the labels;
 * `protected-identity`: with the labels and REDACTED, without who the person is and where the person can be found. What
 * is left keeps its digits and the order of its members.
 */
export type Redactor = (text: string, shown: Shown) => string;

/**
 * Protected identity: OSL (2009:400) 22 kap 1 §; HL7 Sweden base profiles. Which elements hold a name, an address, a
 * number to call, a reference or a narrative is read from the definitions; `masked-elements.ts` has what they do not tell.
 * Free text (notes, payloads, descriptions, texts of codes, clinical pictures) cannot be masked and is left.
 */
export function createRedactor(definitions: Definitions): Redactor {
  const shapes = createShapes(definitions);
  return (text, { mask, labels }) => {
    switch (mask) {
      case 'none':
        return text;
      case 'warning':
        return withLabels(text, labels);
      case 'protected-identity': {
        const masked = new Masking(shapes, text).run();
        return withLabels(pruneContained(masked), [...labels, redactedLabel]);
      }
      default:
        return mask satisfies never;
    }
  };
}

/** `person`: within a resource that says who somebody is; `unit`: within one that says how to reach who gives the care. */
type Within = 'person' | 'unit' | 'other';

/** The masking of one resource's text. */
class Masking {
  readonly #shapes: Shapes;
  readonly #text: string;
  readonly #root: string;
  /** The resource is itself staff or a unit that is protected. */
  readonly #staff: boolean;
  readonly #contained: ReadonlyMap<string, string>;

  constructor(shapes: Shapes, text: string) {
    this.#shapes = shapes;
    this.#text = text;
    const members = membersOf(text, skipSpace(text, 0));
    this.#root = this.#stringOf(members, 'resourceType');
    this.#staff = Object.hasOwn(staffMasks, this.#root);
    this.#contained = this.#containedTypes(members);
  }

  run(): string {
    return this.#resource(skipSpace(this.#text, 0)) ?? this.#text;
  }

  #resource(at: number): Replacement {
    const type = this.#stringOf(membersOf(this.#text, at), 'resourceType');
    const mask = Object.hasOwn(personMasks, type)
      ? personMasks[type]
      : this.#staff && Object.hasOwn(staffMasks, type)
        ? staffMasks[type]
        : undefined;
    if (mask) return this.#person(type, mask, at);
    const ofUnit = at > skipSpace(this.#text, 0) && !this.#staff && typesOfUnits.has(type);
    return this.#object(type, at, ofUnit ? 'unit' : 'other');
  }

  #person(type: string, mask: Mask, at: number): Replacement {
    const known = this.#shapes(type);
    return rewriteObject(this.#text, at, (member) => {
      const shape = known.get(member.name);
      if (framework.has(member.name)) return shape && this.#value(shape, member.start, 'other');
      const treatment = shape && member.name[0] !== '_' ? mask[shape.element] : undefined;
      return shape && treatment ? this.#treated(treatment, shape, member.start) : null;
    });
  }

  #treated(treatment: Treatment, shape: Shape, at: number): Replacement {
    switch (treatment) {
      case 'keep':
        return this.#value(shape, at, 'person');
      case 'name':
        return `[${protectedName}]`;
      case 'address':
        return `[${forwardingAddress}]`;
      case 'string':
        return protectedText;
      case 'hsa-id':
        return this.#hsaIds(shape, at);
      default:
        return treatment satisfies never;
    }
  }

  #hsaIds(shape: Shape, at: number): Replacement {
    const rewritten = rewriteArray(this.#text, at, (start) => {
      const { system } = this.#parsed(start) as { system?: string };
      const isHsaId = canonicalIdentifier(system, '').system === identifierSystems.hsaId;
      return isHsaId ? this.#value(shape, start, 'person') : null;
    });
    return rewritten === null ? `[${absent}]` : rewritten;
  }

  #value(shape: Shape, at: number, within: Within): Replacement {
    const first = this.#text[at];
    if (first === '[') {
      if (shape.type === 'HumanName' && within !== 'unit') return `[${protectedName}]`;
      return rewriteArray(this.#text, at, (start) => this.#value(shape, start, within));
    }
    if (first !== '{') return undefined;
    switch (shape.type) {
      case 'Narrative':
        return neutralNarrative;
      case 'Reference':
        return this.#reference(shape.targets, at, within);
      case 'Resource':
        return this.#resource(at);
      case 'HumanName':
        return within === 'unit' ? undefined : protectedName;
      case 'Address':
      case 'ContactPoint':
        return within === 'unit' ? undefined : absent;
      default: {
        const rewritten = this.#object(shape.type, at, within);
        return rewritten === null ? absent : rewritten;
      }
    }
  }

  #object(type: string, at: number, within: Within): Replacement {
    const known = this.#shapes(type);
    return rewriteObject(this.#text, at, (member) => {
      const shape = known.get(member.name);
      if (within === 'person' && (member.name === 'extension' || member.name[0] === '_')) return null;
      return shape && this.#element(`${type}.${shape.element}`, shape, member, within);
    });
  }

  #element(path: string, shape: Shape, { name, start }: Member, within: Within): Replacement {
    if (within === 'person' && leftOutOfPersons.has(path)) return null;
    if (within === 'unit' || contactsOfUnits.has(path)) return this.#value(shape, start, 'unit');
    switch (Object.hasOwn(namedElements, path) ? namedElements[path] : undefined) {
      case 'leave-out':
        return null;
      case 'place':
        return name[0] === '_' ? null : protectedReference;
      case 'string':
        if (name[0] === '_') return null;
        return shape.type === 'string' ? protectedText : this.#value(shape, start, within);
      default:
        return this.#value(shape, start, within);
    }
  }

  #reference(targets: readonly string[], at: number, within: Within): Replacement {
    const place = { targets, contained: this.#contained, staff: this.#staff };
    const mask = referenceMask(this.#parsed(at) as ReferenceValue, place);
    if (mask === 'whole') return protectedReference;
    const known = this.#shapes('Reference');
    const rewritten = rewriteObject(this.#text, at, (member) => {
      const shape = known.get(member.name);
      if (within === 'person' && (member.name === 'extension' || member.name[0] === '_')) return null;
      if (mask !== 'none' && member.name === '_display') return null;
      if (mask !== 'none' && member.name === 'display') return protectedText;
      if (mask === 'display-and-identifier' && member.name === 'identifier') return null;
      return shape && this.#value(shape, member.start, within);
    });
    return rewritten === null ? protectedReference : rewritten;
  }

  #parsed(at: number): unknown {
    return JSON.parse(this.#text.slice(at, skipValue(this.#text, at)));
  }

  #stringOf(members: readonly Member[], name: string): string {
    const member = members.find((each) => each.name === name);
    return member ? String(JSON.parse(this.#text.slice(member.start, member.end))) : '';
  }

  #containedTypes(members: readonly Member[]): ReadonlyMap<string, string> {
    const contained = members.find(({ name }) => name === 'contained');
    const items = contained ? elementsOf(this.#text, contained.start) : [];
    return new Map([
      ['', this.#root],
      ...items.map(({ start }): [string, string] => {
        const inner = membersOf(this.#text, start);
        return [this.#stringOf(inner, 'id'), this.#stringOf(inner, 'resourceType')];
      }),
    ]);
  }
}
