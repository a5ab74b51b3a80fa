import type { Definitions } from '../definitions/definitions.ts';
import type { JsonObject } from '../path/node.ts';
import { parseReference } from '../reference.ts';
import type { Container } from './contained.ts';
import type { Report } from './report.ts';

const structureDefinition = 'http://hl7.org/fhir/StructureDefinition/';

/**
 * Checks a Reference against the types that its element allows: http://hl7.org/fhir/R4/references.html. Relative,
 * conditional and RESTful absolute references, `#contained` ones and `type` tell the type; a urn or another URL does not.
 */
export class References {
  readonly #definitions: Definitions;
  readonly #base: string | undefined;

  constructor(definitions: Definitions, base: string | undefined) {
    this.#definitions = definitions;
    this.#base = base;
  }

  check(value: JsonObject, targets: readonly string[], container: Container, report: Report): void {
    const named = this.#namedType(value.type, targets, report);
    if (typeof value.reference !== 'string') return;
    const literal = this.#literalType(value.reference, container, report);
    if (literal === undefined) return;
    this.#checkTarget(literal, targets, 'reference', report);
    if (named !== undefined && named !== literal) {
      report.error('invalid', 'Make type and reference name the same resource type.', 'type');
    }
  }

  #namedType(type: unknown, targets: readonly string[], report: Report): string | undefined {
    if (typeof type !== 'string') return undefined;
    const name = type.startsWith(structureDefinition) ? type.slice(structureDefinition.length) : type;
    if (this.#definitions.resourceTypes.has(name)) {
      this.#checkTarget(name, targets, 'type', report);
      return name;
    }
    if (!/^[a-z][a-z0-9+.-]*:/i.test(name)) {
      report.error(
        'value',
        'Reference.type is the name of a resource type such as Practitioner, or a URL.',
        'type',
      );
    }
    return undefined;
  }

  /** The type that a literal reference names; undefined where it does not tell or where it is at fault. */
  #literalType(text: string, container: Container, report: Report): string | undefined {
    const parsed = parseReference(text, this.#base);
    switch (parsed.kind) {
      case 'contained':
        return this.#containedType(text, parsed.id, container, report);
      case 'relative':
      case 'conditional':
        if (this.#definitions.resourceTypes.has(parsed.type)) return parsed.type;
        report.error('value', 'The reference names no resource type of R4.', 'reference');
        return undefined;
      case 'absolute':
        if (/^urn:(?:uuid|oid):/i.test(parsed.url)) {
          report.error('value', 'Expected a well-formed UUID or OID after the prefix.', 'reference');
        }
        return parsed.type !== undefined && this.#definitions.resourceTypes.has(parsed.type)
          ? parsed.type
          : undefined;
      case 'urn':
      case 'canonical':
        return undefined;
      case 'unknown':
        report.error(
          'value',
          'Expected Type/id, an absolute URL, urn:uuid:..., #id or Type?search. A name goes to display, a business identifier to identifier.',
          'reference',
        );
        return undefined;
      default:
        return parsed satisfies never;
    }
  }

  #containedType(text: string, id: string, container: Container, report: Report): string | undefined {
    container.refer(text);
    if (id === '') {
      if (container.current < 0)
        report.error('value', '"#" refers to the container from inside a contained resource.', 'reference');
      return undefined;
    }
    const type = container.types?.get(id);
    if (type === undefined) {
      report.error('not-found', 'There is no contained resource with this id (ref-1).', 'reference');
    }
    return type;
  }

  #checkTarget(type: string, targets: readonly string[], child: string, report: Report): void {
    if (targets.length && !targets.includes(type)) {
      report.error(
        'value',
        `A reference to ${type} is not allowed here; expected ${targets.join(', ')}.`,
        child,
      );
    }
  }
}
