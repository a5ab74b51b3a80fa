import type { Definitions } from '../definitions/definitions.ts';
import { type Environment, isObject, type JsonObject } from '../path/node.ts';
import { Container } from './contained.ts';
import { narrativeFault } from './narrative.ts';
import type { Plans, PropertyPlan, Rule, TypePlan } from './plan.ts';
import type { References } from './references.ts';
import type { Report } from './report.ts';

const maxDepth = 200;

/** What a visitor is given; the same for every resource. */
export interface VisitorSettings {
  readonly definitions: Definitions;
  readonly plans: Plans;
  readonly modifierExtensions: ReadonlySet<string>;
}

/**
 * Walks one resource beside the plan of its type, once, depth first. An element's invariants run only where everything
 * inside it is in order, so that they may rely on its shape and one fault gives one finding.
 */
export class Visitor {
  readonly #settings: VisitorSettings;
  readonly #references: References;
  readonly #report: Report;
  readonly #environment: Environment;
  #container: Container;

  constructor(settings: VisitorSettings, references: References, report: Report, root: JsonObject) {
    this.#settings = settings;
    this.#references = references;
    this.#report = report;
    const node = { value: root, type: 'Resource', sibling: undefined };
    this.#environment = {
      definitions: settings.definitions,
      resource: node,
      rootResource: node,
      context: node,
    };
    this.#container = new Container(root);
  }

  /** A resource that is nobody's content: the root, an entry of a Bundle, a parameter. */
  resource(value: unknown): void {
    const plan = this.#resourcePlan(value);
    if (!plan || !isObject(value)) return;
    const container = this.#container;
    const { rootResource } = this.#environment;
    this.#container = new Container(value);
    this.#environment.rootResource = { value, type: plan.name, sibling: undefined };
    this.#inResource(plan, value);
    this.#container.finish(this.#report);
    this.#container = container;
    this.#environment.rootResource = rootResource;
  }

  #contained(value: unknown, at: number): void {
    const plan = this.#resourcePlan(value);
    if (!plan || !isObject(value)) return;
    if (this.#container.current >= 0) {
      this.#report.error('invariant', 'A contained resource contains no resources itself (dom-2).');
      return;
    }
    this.#container.current = at;
    this.#inResource(plan, value);
    this.#container.current = -1;
  }

  #inResource(plan: TypePlan, value: JsonObject): void {
    const { resource } = this.#environment;
    this.#environment.resource = { value, type: plan.name, sibling: undefined };
    this.#object(plan, value);
    this.#environment.resource = resource;
  }

  #resourcePlan(value: unknown): TypePlan | undefined {
    if (!isObject(value)) {
      this.#report.error('structure', 'Expected a resource: a JSON object with a resourceType.');
      return undefined;
    }
    const type = value.resourceType;
    if (typeof type === 'string' && this.#settings.definitions.resourceTypes.has(type)) {
      const plan = this.#settings.plans.get(type);
      if (this.#report.trail.depth === 0) this.#report.trail.push(type);
      return plan;
    }
    const what = type === undefined ? 'resourceType is missing' : 'resourceType is not a resource type of R4';
    this.#report.error('structure', `${what}. Expected for example "CarePlan".`, 'resourceType');
    return undefined;
  }

  #object(plan: TypePlan, value: JsonObject, outer?: TypePlan): void {
    const report = this.#report;
    if (report.trail.depth > maxDepth) return report.error('too-costly', 'The content is nested too deep.');
    const before = report.errors;
    let seen = 0;
    let count = 0;
    for (const key in value) {
      const property = plan.properties.get(key);
      if (property === undefined) {
        if (key !== 'resourceType' || !plan.isResource) this.#unknown(key);
        continue;
      }
      if (key !== 'id') count += 1;
      if (seen & property.bit && property.element.choice) this.#oneChoice(plan, value, property);
      seen |= property.bit;
      this.#property(plan, property, value[key], value);
    }
    if ((seen & plan.requiredBits) !== plan.requiredBits) this.#missing(plan, seen);
    if (count === 0 && !plan.isResource && report.errors === before) {
      report.error(
        'structure',
        'An element has a value or children besides its id; leave it out otherwise (ele-1).',
      );
    }
    if (plan.name === 'Extension') this.#extension(value, outer);
    if (report.errors === before && plan.rules.length) this.#run(plan.rules, value);
  }

  #property(owner: TypePlan, property: PropertyPlan, value: unknown, parent: JsonObject): void {
    const report = this.#report;
    report.trail.push(property.step);
    if (value === null) report.error('structure', 'null is not a value; leave the element out.');
    else if (property.array) this.#array(owner, property, value, parent);
    else if (Array.isArray(value)) report.error('structure', 'Expected a single value, not an array.');
    else this.#item(owner, property, value);
    report.trail.pop();
  }

  #array(owner: TypePlan, property: PropertyPlan, value: unknown, parent: JsonObject): void {
    const { trail } = this.#report;
    if (!Array.isArray(value))
      return this.#report.error('structure', 'Expected an array: the element repeats.');
    if (!value.length)
      return this.#report.error('structure', 'An array is never empty; leave the element out.');
    for (let at = 0; at < value.length; at += 1) {
      trail.push(at);
      const item: unknown = value[at];
      if (item === null) this.#nullItem(property, parent, at);
      else if (property.kind === 'resource' && property.element.name === 'contained')
        this.#contained(item, at);
      else this.#item(owner, property, item);
      trail.pop();
    }
  }

  /** `"given": ["Eva", null], "_given": [null, {...}]`: http://hl7.org/fhir/R4/json.html#null */
  #nullItem(property: PropertyPlan, parent: JsonObject, at: number): void {
    const name = property.element.name;
    const other = property.kind === 'primitive' ? parent[property.beside ? name : `_${name}`] : undefined;
    const opposite: unknown = Array.isArray(other) ? other[at] : undefined;
    // Where both are null, the value's own array is the one to report it.
    if (opposite === undefined || (opposite === null && !property.beside)) {
      this.#report.error('structure', 'null is allowed only where the other of the two arrays has an item.');
    }
  }

  #item(owner: TypePlan, property: PropertyPlan, value: unknown): void {
    if (property.beside) return this.#beside(value);
    switch (property.kind) {
      case 'primitive':
        return this.#primitive(property, value);
      case 'complex':
        return this.#complex(owner, property, value);
      case 'xhtml':
        return this.#narrative(value);
      case 'resource':
        return this.resource(value);
      default:
        return property.kind satisfies never;
    }
  }

  #primitive(property: PropertyPlan, value: unknown): void {
    const expected = property.check?.(value);
    if (expected !== undefined)
      return this.#report.error(typeof value === 'object' ? 'structure' : 'value', `Expected ${expected}.`);
    const code = property.type.code;
    if (
      (code === 'uri' || code === 'canonical' || code === 'url') &&
      typeof value === 'string' &&
      value.startsWith('#')
    ) {
      this.#container.refer(value);
    }
    this.#bound(property, value);
    if (property.rules.length) this.#run(property.rules, value);
  }

  #complex(owner: TypePlan, property: PropertyPlan, value: unknown): void {
    if (!isObject(value)) return this.#report.error('structure', 'Expected a JSON object.');
    const before = this.#report.errors;
    if (property.element.name === 'modifierExtension') this.#modifier(value);
    this.#object(this.#settings.plans.get(property.type.code), value, owner);
    if (property.type.code === 'Reference') {
      this.#references.check(value, property.type.targets, this.#container, this.#report);
    }
    if (this.#report.errors !== before) return;
    this.#bound(property, value);
    if (property.rules.length) this.#run(property.rules, value);
  }

  #beside(value: unknown): void {
    if (!isObject(value)) return this.#report.error('structure', 'Expected an object with id or extension.');
    this.#object(this.#settings.plans.get('Element'), value);
  }

  #bound(property: PropertyPlan, value: unknown): void {
    const expected = property.binding?.(value);
    if (expected !== undefined) this.#report.error('code-invalid', `Expected ${expected}.`);
  }

  #narrative(value: unknown): void {
    const fault = typeof value === 'string' ? narrativeFault(value) : 'it is not a string';
    if (fault) this.#report.error('invariant', `The narrative is not plain XHTML (txt-1): ${fault}.`);
  }

  /** http://hl7.org/fhir/R4/extensibility.html#modifierExtension: what is not understood must not be stored as if it were. */
  #modifier(value: JsonObject): void {
    if (typeof value.url === 'string' && this.#settings.modifierExtensions.has(value.url)) return;
    this.#report.error(
      'extension',
      'This modifier extension is not understood here, so the resource is not accepted.',
    );
  }

  #extension(value: JsonObject, outer: TypePlan | undefined): void {
    if (
      typeof value.url === 'string' &&
      outer?.name !== 'Extension' &&
      !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(value.url)
    ) {
      this.#report.error(
        'extension',
        'Expected an absolute URL; only extensions inside an extension have short ones.',
        'url',
      );
    }
    let hasValue = false;
    for (const key in value) hasValue ||= key.startsWith('value') || key.startsWith('_value');
    if (hasValue === (value.extension !== undefined)) {
      this.#report.error('invariant', 'An extension has either a value or extensions, not both (ext-1).');
    }
  }

  #unknown(key: string): void {
    // A key could be anything, so only what looks like the name of an element is repeated.
    const named = /^_?[A-Za-z][A-Za-z0-9]{0,63}$/.test(key);
    this.#report.error(
      'structure',
      named ? 'R4 has no such element here.' : 'A property here is not the name of an element.',
      named ? key : undefined,
    );
  }

  #missing(plan: TypePlan, seen: number): void {
    for (const { bit, element } of plan.required) {
      if (!(seen & bit)) this.#report.error('required', `${element.name} is required.`, element.name);
    }
  }

  /** `valueString` beside `_valueString` is one value; beside `valueCode` it is two. */
  #oneChoice(plan: TypePlan, value: JsonObject, property: PropertyPlan): void {
    const { name } = property.element;
    const steps = new Set<string>();
    for (const key in value) {
      const each = plan.properties.get(key);
      if (each?.element === property.element) steps.add(each.step);
    }
    if (steps.size > 1 && steps.has(property.step) && !property.beside) {
      this.#report.error('structure', `${name} may have one type only.`, name);
    }
  }

  #run(rules: readonly Rule[], value: unknown): void {
    for (const { definition, test } of rules) {
      if (test(value, this.#environment)) continue;
      const diagnostics = `${definition.human} (${definition.key})`;
      if (definition.severity === 'warning') this.#report.warning('invariant', diagnostics);
      else this.#report.error('invariant', diagnostics);
    }
  }
}
