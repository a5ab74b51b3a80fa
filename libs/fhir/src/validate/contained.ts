import { isObject, type JsonObject } from '../path/node.ts';
import type { Report } from './report.ts';

/**
 * The contained resources of one resource and the local references that were met in it:
 * http://hl7.org/fhir/R4/references.html#contained
 */
export class Container {
  /** Type by id; undefined without contained resources. */
  readonly types: ReadonlyMap<string, string> | undefined;
  readonly #items: readonly unknown[];
  readonly #referred = new Set<string>();
  readonly #referring = new Set<number>();
  /** Index of the contained resource that the visitor is in; -1 outside. */
  current = -1;

  constructor(resource: JsonObject) {
    this.#items = Array.isArray(resource.contained) ? resource.contained : [];
    this.types = this.#items.length ? new Map(this.#items.flatMap(idAndType)) : undefined;
  }

  /** Notes a `#id` (or `#`, the container). */
  refer(text: string): void {
    if (text.length > 1) this.#referred.add(text.slice(1));
    else if (this.current >= 0) this.#referring.add(this.current);
  }

  /** dom-3 and unique ids; called with the trail at the containing resource. */
  finish(report: Report): void {
    const ids = new Set<string>();
    this.#items.forEach((item, at) => {
      const id = isObject(item) && typeof item.id === 'string' ? item.id : undefined;
      if (id !== undefined && ids.has(id)) {
        report.error('invalid', 'Give each contained resource an id of its own.', `contained[${at}].id`);
      }
      if (id !== undefined) ids.add(id);
      if ((id === undefined || !this.#referred.has(id)) && !this.#referring.has(at)) {
        const expected = id === undefined ? 'Give the contained resource an id and refer' : 'Refer';
        report.error(
          'invariant',
          `${expected} to it as "#id" from this resource, or leave it out (dom-3).`,
          `contained[${at}]`,
        );
      }
    });
  }
}

const idAndType = (item: unknown): [string, string][] =>
  isObject(item) && typeof item.id === 'string' && typeof item.resourceType === 'string'
    ? [[item.id, item.resourceType]]
    : [];
