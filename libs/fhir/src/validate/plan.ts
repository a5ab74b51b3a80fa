import type {
  Definitions,
  ElementDefinition,
  ElementType,
  InvariantDefinition,
} from '../definitions/definitions.ts';
import { choiceProperty } from '../definitions/type-table.ts';
import { compilePath } from '../path/compile.ts';
import type { Truth } from '../path/logic.ts';
import { type Environment, isObject, truthOf } from '../path/node.ts';
import { compileTest } from '../path/quick.ts';
import { type BindingCheck, bindingCheck } from './binding.ts';
import { isCompiled, isMetWhenEmpty } from './invariants.ts';
import { type PrimitiveCheck, primitiveChecks } from './primitives.ts';

/** An invariant ready to run; `test` takes the element's JSON value. */
export interface Rule {
  readonly definition: InvariantDefinition;
  /** False when the invariant is broken. */
  readonly test: (value: unknown, environment: Environment) => boolean;
}

/** What is known of one JSON property of a type. */
export interface PropertyPlan {
  readonly element: ElementDefinition;
  /** The FHIRPath step: `status`, `value.ofType(Quantity)`. */
  readonly step: string;
  readonly kind: 'primitive' | 'xhtml' | 'complex' | 'resource';
  readonly array: boolean;
  /** `_status`: what stands beside a primitive. */
  readonly beside: boolean;
  readonly type: ElementType;
  /** A bit per element that is required or a choice; 0 for the others. */
  readonly bit: number;
  readonly check: PrimitiveCheck | undefined;
  readonly binding: BindingCheck | undefined;
  readonly rules: readonly Rule[];
}

/** A type compiled for the visitor. */
export interface TypePlan {
  readonly name: string;
  readonly isResource: boolean;
  readonly properties: ReadonlyMap<string, PropertyPlan>;
  /** The bits of the required elements, and these elements in the order of the specification. */
  readonly requiredBits: number;
  readonly required: readonly { readonly bit: number; readonly element: ElementDefinition }[];
  readonly rules: readonly Rule[];
}

/** Plans by type name, each compiled when the type is first met (a CarePlan with all it contains: about 3 ms). */
export class Plans {
  readonly #definitions: Definitions;
  readonly #plans = new Map<string, TypePlan>();

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  /** Throws on a name that is no type of R4. */
  get(name: string): TypePlan {
    let plan = this.#plans.get(name);
    if (!plan) {
      plan = this.#compile(name);
      this.#plans.set(name, plan);
    }
    return plan;
  }

  #compile(name: string): TypePlan {
    const type = this.#definitions.type(name);
    if (!type) throw new Error(`${name} is not a type of R4`);
    const properties = new Map<string, PropertyPlan>();
    const required: { bit: number; element: ElementDefinition }[] = [];
    let bits = 0;
    for (const element of type.elements.values()) {
      const bit = element.min > 0 || element.choice ? 1 << bits++ : 0;
      if (bits > 30)
        throw new Error(`${name} has more required and choice elements than one number has bits`);
      if (element.min > 0) required.push({ bit, element });
      for (const each of element.types) this.#addProperty(properties, name, element, each, bit);
    }
    return {
      name,
      isResource: type.kind === 'resource',
      properties,
      required,
      requiredBits: required.reduce((sum, { bit }) => sum | bit, 0),
      rules: this.#rules(type.invariants, name),
    };
  }

  #addProperty(
    properties: Map<string, PropertyPlan>,
    owner: string,
    element: ElementDefinition,
    type: ElementType,
    bit: number,
  ): void {
    const kind = this.#kindOf(type.code);
    const property = element.choice ? choiceProperty(element.name, type.code) : element.name;
    const isElementId = element.name === 'id' && type.code === 'string';
    const plan: PropertyPlan = {
      element,
      step: element.choice
        ? `${element.name}.ofType(${type.code === 'SimpleQuantity' ? 'Quantity' : type.code})`
        : property,
      kind,
      array: element.max > 1,
      beside: false,
      type,
      bit,
      check: kind === 'primitive' ? primitiveChecks.get(isElementId ? 'elementId' : type.code) : undefined,
      binding: bindingCheck(this.#definitions, element, type.code),
      rules: this.#rules(element.invariants, type.code),
    };
    if (kind === 'primitive' && !plan.check)
      throw new Error(`${owner}.${property} has the unknown type ${type.code}`);
    properties.set(property, plan);
    if (kind === 'primitive') properties.set(`_${property}`, { ...plan, beside: true });
  }

  #kindOf(type: string): PropertyPlan['kind'] {
    if (type === 'xhtml') return 'xhtml';
    const kind = this.#definitions.type(type)?.kind;
    return kind === 'primitive' || kind === 'resource' ? kind : 'complex';
  }

  #rules(invariants: readonly InvariantDefinition[], type: string): Rule[] {
    return invariants.filter(isCompiled).map((definition) => ({
      definition,
      test: this.#test(definition, type),
    }));
  }

  #test(definition: InvariantDefinition, type: string): Rule['test'] {
    const whenEmpty = isMetWhenEmpty(definition);
    const met = (truth: Truth): boolean => (truth === undefined ? whenEmpty : truth);
    if (this.#kindOf(type) === 'primitive') {
      const run = compilePath(definition.expression);
      return (value, environment) => {
        const nodes = [{ value, type, sibling: undefined }];
        return met(truthOf(run(environment, nodes, nodes)));
      };
    }
    const test = compileTest(definition.expression, this.#definitions, type);
    return (value, environment) => !isObject(value) || met(test(value, environment));
  }
}
