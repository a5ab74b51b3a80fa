import type { Definitions, ElementDefinition } from '@naravard/fhir';
import { type Json, seeded } from '../validation/generated-element.ts';

/** Types that a reference of which names a person or a place. */
export const telling = ['Patient', 'RelatedPerson', 'Person', 'Group', 'Location'];

const persons = [
  'Patient',
  'RelatedPerson',
  'Person',
  'Practitioner',
  'PractitionerRole',
  'Location',
  'Organization',
];
const contacts = ['telecom', 'contact', 'photo', 'extension', 'position', 'alias', 'partOf', 'birthPlace'];
const units = new Set(['CareTeam.telecom']);
const texts = new Set([
  'FamilyMemberHistory.name',
  'Annotation.author',
  'Group.name',
  'Location.description',
]);
const raw = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/**
 * Makes resources of any type with made-up names, addresses, numbers and displays in every string of them that the mask
 * of protected identity must take out, and with decimals of many digits.
 */
export class ProtectedGenerator {
  readonly planted: string[] = [];
  readonly #definitions: Definitions;
  readonly #random: () => number;

  constructor(definitions: Definitions, seed: number) {
    this.#definitions = definitions;
    this.#random = seeded(seed);
  }

  resource(type: string): Json {
    const made = this.#object(type, 3);
    const contained = [
      {
        resourceType: 'RelatedPerson',
        id: 'rel',
        patient: { reference: '#' },
        name: [this.#complex('HumanName')],
      },
      { resourceType: 'Location', id: 'loc', name: this.#plant(), address: this.#complex('Address') },
      { resourceType: 'Patient', id: 'pat', telecom: [this.#complex('ContactPoint')] },
    ];
    const domain = this.#definitions.isA(type, 'DomainResource');
    return { resourceType: type, id: 'x', ...made, ...(domain && { contained }) };
  }

  #object(type: string, depth: number): Json {
    const made: Json = {};
    for (const element of this.#definitions.type(type)?.elements.values() ?? []) {
      if (
        ['id', 'meta', 'contained', 'implicitRules', 'language', 'modifierExtension'].includes(element.name)
      )
        continue;
      if (element.min === 0 && this.#random() < 0.35) continue;
      this.#fill(made, type, element, depth);
    }
    return made;
  }

  #fill(made: Json, owner: string, element: ElementDefinition, depth: number): void {
    const path = `${owner}.${element.name}`;
    const child = this.#pick(this.#definitions.children(owner, element.name));
    if (!child || child.type === 'Resource') return;
    const kind = this.#definitions.type(child.type)?.kind;
    if (kind !== 'primitive' && depth <= 0) return;
    const value = this.#value(path, child.type, element, depth);
    if (value !== undefined) made[child.property] = child.array ? [value] : value;
  }

  #value(path: string, type: string, element: ElementDefinition, depth: number): unknown {
    const root = path.split('.')[0] ?? '';
    switch (type) {
      case 'HumanName':
      case 'Address':
      case 'ContactPoint':
        return units.has(path) ? { system: 'phone', value: 'enheten' } : this.#complex(type);
      case 'Narrative':
        return {
          status: 'generated',
          div: `<div xmlns="http://www.w3.org/1999/xhtml">${this.#plant()}</div>`,
        };
      case 'Reference':
        return this.#reference(element);
      case 'Attachment':
        return element.name === 'photo' ? { title: this.#plant() } : { title: 'bilaga' };
      case 'Extension':
        return this.#extension();
      default:
        break;
    }
    if (this.#definitions.type(type)?.kind === 'primitive') {
      const hidden = texts.has(path) || (persons.includes(root) && contacts.includes(element.name));
      return this.#primitive(type, element, hidden);
    }
    const made = this.#object(type, depth - 1);
    return Object.keys(made).length ? made : undefined;
  }

  #extension(): Json {
    switch (Math.floor(this.#random() * 4)) {
      case 0:
        return { url: 'urn:a', valueAddress: this.#complex('Address') };
      case 1:
        return { url: 'urn:n', valueHumanName: this.#complex('HumanName') };
      case 2:
        return {
          url: 'urn:c',
          extension: [{ url: 'inner', valueContactPoint: this.#complex('ContactPoint') }],
        };
      default:
        return { url: 'urn:r', valueReference: { display: this.#plant() } };
    }
  }

  #complex(type: 'HumanName' | 'Address' | 'ContactPoint'): Json {
    const extension = [{ url: 'urn:part', valueString: this.#plant() }];
    switch (type) {
      case 'HumanName':
        return {
          extension,
          text: this.#plant(),
          family: this.#plant(),
          given: [this.#plant()],
          prefix: [this.#plant()],
        };
      case 'Address':
        return {
          text: this.#plant(),
          line: [this.#plant()],
          city: this.#plant(),
          district: this.#plant(),
          extension,
        };
      case 'ContactPoint':
        return { system: 'phone', value: this.#plant(), extension };
    }
  }

  /** To a telling type: literally, by a contained resource, by type, or by a display alone. */
  #reference(element: ElementDefinition): Json {
    const targets = element.types.flatMap(({ code, targets: each }) => (code === 'Reference' ? each : []));
    const possible = targets.length ? targets : [...telling, 'Practitioner', 'Organization'];
    const target = this.#pick(possible) ?? 'Basic';
    const display = telling.includes(target) ? this.#plant() : 'enheten';
    const inner = { Patient: '#pat', RelatedPerson: '#rel', Location: '#loc' }[target];
    switch (Math.floor(this.#random() * 4)) {
      case 0:
        return possible.some((each) => telling.includes(each)) ? { display: this.#plant() } : { display };
      case 1:
        return { type: target, display };
      case 2:
        return { reference: inner ?? `${target}/1`, display };
      default:
        return {
          reference: `${target}/1`,
          display,
          _display: { extension: [{ url: 'urn:d', valueString: display }] },
        };
    }
  }

  #primitive(type: string, { binding }: ElementDefinition, hidden: boolean): unknown {
    switch (type) {
      case 'boolean':
        return true;
      case 'decimal':
        return raw(
          `${Math.floor(this.#random() * 900) + 1}.5000000000000000000${Math.floor(this.#random() * 10)}0`,
        );
      case 'integer':
      case 'unsignedInt':
      case 'positiveInt':
        return 1;
      case 'date':
      case 'dateTime':
        return '2024-05-17';
      case 'instant':
        return '2024-05-17T09:30:00Z';
      case 'time':
        return '09:30:00';
      case 'string':
      case 'markdown':
        return hidden ? this.#plant() : 'fri text';
      case 'uri':
      case 'url':
      case 'canonical':
        return 'urn:test:x';
      case 'oid':
        return 'urn:oid:1.2.3';
      case 'uuid':
        return 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520';
      case 'base64Binary':
        return 'aGVq';
      default: {
        const codes = binding && this.#definitions.codes(binding);
        return (codes && [...codes].find((code) => !code.includes('|'))) ?? 'x';
      }
    }
  }

  #plant(): string {
    const word = `Hemlig${Math.floor(this.#random() * 1e9).toString(36)}q`;
    this.planted.push(word);
    return word;
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#random() * from.length)];
  }
}
