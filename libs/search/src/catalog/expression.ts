import type { Definitions } from '@naravard/fhir';
import { type Expression, parseExpression } from './expression-syntax.ts';

/** Visits a resource and hands each value found, with `sink`, to the leaf that it was made with. */
export type Walk<S> = (node: unknown, sink: S) => void;

/** One way through a resource to values of one type; an expression compiles to a list of them. */
export interface Path {
  /** Static type of the values: 'CodeableConcept', 'dateTime', 'Reference', ... */
  readonly type: string;
  /** Static type that the values are elements of: 'HumanName' for a family name. */
  readonly parent: string;
  /** True when the path may lead to more than one value. */
  readonly many: boolean;
  /** True when it leads to a value in every valid resource. */
  readonly required: boolean;
  /** Which alternative of the expression's `|` it comes from. */
  readonly alternative: number;
  /** From `where(resolve() is X)`: only references to X count. */
  readonly only: string | null;
  /** Value set that is required for a code. */
  readonly binding: string | null;
  walk<S>(leaf: Walk<S>): Walk<S>;
}

type Test = (node: unknown) => boolean;

interface Step {
  readonly property: string;
  readonly index?: number;
  readonly test?: Test;
}

interface Trail {
  readonly type: string;
  readonly parent: string;
  readonly many: boolean;
  readonly required: boolean;
  readonly only: string | null;
  readonly binding: string | null;
  readonly steps: readonly Step[];
}

/**
 * Compiles the expression of a search parameter for one resource type to typed paths over plain JSON; alternatives
 * of other types fall away. Throws on what is outside the language or names no element: a test compiles all of R4.
 */
export function compileExpression(definitions: Definitions, type: string, text: string): Path[] {
  const parsed = parseExpression(text);
  const parts = parsed.kind === 'union' ? parsed.parts : [parsed];
  // InsurancePlan.name is published as `name | alias`: a root in lower case is an element of the resource.
  const own = parts.filter((part) => /^[a-z]/.test(rootOf(part)) || definitions.isA(type, rootOf(part)));
  return own.flatMap((part, alternative) => {
    const compiler = new Compiler(definitions, type);
    return part.kind === 'and' || part.kind === 'equals'
      ? [derived(compiler.test(part), alternative)]
      : compiler.trails(part, null).map((trail) => pathOf(trail, alternative));
  });
}

/** The name an alternative starts from: `CarePlan` of `CarePlan.subject.where(resolve() is Patient)`. */
function rootOf(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'member':
    case 'index':
    case 'typed':
      return rootOf(expression.from);
    case 'call':
      return expression.from ? rootOf(expression.from) : '';
    case 'and':
    case 'equals':
      return rootOf(expression.left);
    case 'union':
    case 'literal':
      return '';
    default:
      return expression satisfies never;
  }
}

/** R4's composite parameters write `ofType(DateTime)` for the primitive dateTime. */
const typeName = (definitions: Definitions, name: string): string =>
  definitions.type(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);

class Compiler {
  readonly #definitions: Definitions;
  readonly #root: Trail;

  constructor(definitions: Definitions, type: string) {
    this.#definitions = definitions;
    this.#root = { type, parent: '', many: false, required: true, only: null, binding: null, steps: [] };
  }

  /** `within` is the element that a where() looks at; null at the top, where names are types. */
  trails(expression: Expression, within: Trail | null): Trail[] {
    switch (expression.kind) {
      case 'name':
        if (within) return this.#members([within], expression.name);
        return /^[a-z]/.test(expression.name) ? this.#members([this.#root], expression.name) : [this.#root];
      case 'member':
        return this.#members(this.trails(expression.from, within), expression.name);
      case 'index':
        return this.trails(expression.from, within).map((trail) => indexed(trail, expression.index));
      case 'typed':
        return this.trails(expression.from, within).filter((trail) =>
          this.#definitions.isA(trail.type, typeName(this.#definitions, expression.type)),
        );
      case 'union':
        return expression.parts.flatMap((part) => this.trails(part, within));
      case 'call':
        return this.#call(expression, within);
      case 'and':
      case 'equals':
      case 'literal':
        throw new Error(`a search expression cannot select '${expression.kind}'`);
      default:
        return expression satisfies never;
    }
  }

  /** A condition on the resource, or on the element that a where() looks at. */
  test(expression: Expression, within: Trail | null = null): Test {
    if (expression.kind === 'and') {
      const left = this.test(expression.left, within);
      const right = this.test(expression.right, within);
      return (node) => left(node) && right(node);
    }
    if (expression.kind === 'equals' && expression.right.kind === 'literal') {
      const { value } = expression.right;
      const values = this.#values(expression.left, within);
      const { negated } = expression;
      return (node) => values(node).some((found) => (found === value) !== negated);
    }
    if (expression.kind === 'call' && expression.name === 'exists' && expression.from) {
      const values = this.#values(expression.from, within);
      return (node) => values(node).length > 0;
    }
    throw new Error(`a search expression cannot test '${expression.kind}'`);
  }

  #members(from: readonly Trail[], name: string): Trail[] {
    return from.flatMap((trail) => {
      const element = this.#definitions.type(trail.type)?.elements.get(name);
      const children = this.#definitions.children(trail.type, name);
      return children.map((child) => ({
        type: child.type,
        parent: trail.type,
        many: trail.many || child.array,
        required: trail.required && children.length === 1 && (element?.min ?? 0) > 0,
        only: null,
        binding: element?.binding ?? null,
        steps: [...trail.steps, { property: child.property }],
      }));
    });
  }

  #call(call: Extract<Expression, { kind: 'call' }>, within: Trail | null): Trail[] {
    const { argument } = call;
    const from = call.from ? this.trails(call.from, within) : within ? [within] : [];
    if (call.name === 'extension' && argument?.kind === 'literal') {
      const test: Test = (node) => (node as { url?: unknown }).url === argument.value;
      return this.#members(from, 'extension').map((trail) => filtered(trail, test));
    }
    if (call.name !== 'where' || !argument) throw new Error(`a search expression cannot call ${call.name}()`);
    if (argument.kind === 'typed' && argument.from.kind === 'call' && argument.from.name === 'resolve') {
      return from.map((trail) => ({ ...trail, only: argument.type }));
    }
    return from.map((trail) => filtered(trail, this.test(argument, { ...trail, steps: [] })));
  }

  #values(expression: Expression, within: Trail | null): (node: unknown) => unknown[] {
    const walks = this.trails(expression, within).map((trail) =>
      walkOf<unknown[]>(trail.steps, (value, sink) => void sink.push(value)),
    );
    return (node) => {
      const found: unknown[] = [];
      for (const walk of walks) walk(node, found);
      return found;
    };
  }
}

const indexed = (trail: Trail, index: number): Trail => changeLast(trail, (step) => ({ ...step, index }));

function filtered(trail: Trail, test: Test): Trail {
  return changeLast(trail, (step) => {
    const before = step.test;
    return { ...step, test: before ? (node) => before(node) && test(node) : test };
  });
}

function changeLast(trail: Trail, change: (step: Step) => Step): Trail {
  const last = trail.steps.at(-1);
  if (!last) throw new Error('a search expression cannot filter the resource itself');
  return { ...trail, required: false, steps: [...trail.steps.slice(0, -1), change(last)] };
}

function walkOf<S>(steps: readonly Step[], leaf: Walk<S>): Walk<S> {
  return steps.reduceRight(stepWalk, leaf);
}

function stepWalk<S>(next: Walk<S>, step: Step): Walk<S> {
  const { property, index, test } = step;
  const visit: Walk<S> = test ? (node, sink) => test(node) && next(node, sink) : next;
  return (node, sink) => {
    const value = (node as Record<string, unknown>)[property];
    if (value === undefined || value === null) return;
    if (!Array.isArray(value)) visit(value, sink);
    else if (index !== undefined) {
      if (value[index] !== undefined && value[index] !== null) visit(value[index], sink);
    } else {
      for (const each of value) if (each !== null) visit(each, sink);
    }
  };
}

const pathOf = (trail: Trail, alternative: number): Path => ({
  type: trail.type,
  parent: trail.parent,
  many: trail.many,
  required: trail.required,
  alternative,
  only: trail.only,
  binding: trail.binding,
  walk: (leaf) => walkOf(trail.steps, leaf),
});

/** A condition as a parameter, such as Patient.deceased: every resource has the value true or false. */
const derived = (test: Test, alternative: number): Path => ({
  type: 'boolean',
  parent: '',
  many: false,
  required: true,
  alternative,
  only: null,
  binding: null,
  walk: (leaf) => (node, sink) => leaf(test(node), sink),
});
