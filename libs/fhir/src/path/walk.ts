import { type Atom, DotAtom, FunctionAtom, SymbolAtom } from '@medplum/core';
import type { Child, Definitions } from '../definitions/definitions.ts';
import type { Truth } from './logic.ts';
import { type Environment, isObject, type JsonObject } from './node.ts';

export type Property = Pick<Child, 'property' | 'type'>;

/** Asked of what stands at the end of a path: the JSON value, undefined for a primitive with only extensions. */
type Leaf = (value: unknown, environment: Environment) => boolean;
type Some = (value: JsonObject, environment: Environment) => boolean;
type Criterion = (value: JsonObject, environment: Environment) => Truth;

/** A path of properties and `where(...)` over objects of a known type. */
export interface Walk {
  /** Whether `leaf` holds for anything that the path leads to. */
  readonly some: (leaf: Leaf) => Some;
  /** At most one value is found. */
  readonly single: boolean;
  /** The type at the end; undefined for a choice. */
  readonly type: string | undefined;
}

/** The walk of an atom, or undefined where it is not such a path. */
export function walkOf(
  atom: Atom,
  definitions: Definitions,
  type: string,
  criterionOf: (criterion: Atom, type: string) => Criterion,
): Walk | undefined {
  if (atom instanceof SymbolAtom) return stepWalk(definitions.children(type, atom.name));
  if (!(atom instanceof DotAtom)) return undefined;
  const left = walkOf(atom.left, definitions, type, criterionOf);
  if (!left?.type || left.type === 'Resource') return undefined;
  if (atom.right instanceof FunctionAtom) {
    const [criterion] = atom.right.args;
    if (atom.right.name !== 'where' || !criterion) return undefined;
    return filtered(left, criterionOf(criterion, left.type));
  }
  const right = walkOf(atom.right, definitions, left.type, criterionOf);
  if (!right) return undefined;
  return {
    some: (leaf) => {
      const rest = right.some(leaf);
      return left.some((value, environment) => isObject(value) && rest(value, environment));
    },
    single: left.single && right.single,
    type: right.type,
  };
}

function filtered(left: Walk, criterion: Criterion): Walk {
  return {
    some: (leaf) =>
      left.some(
        (value, environment) =>
          isObject(value) && criterion(value, environment) === true && leaf(value, environment),
      ),
    single: left.single,
    type: left.type,
  };
}

function stepWalk(children: readonly Child[]): Walk | undefined {
  const [first] = children;
  if (!first) return undefined;
  const single = !first.array;
  const type = children.length === 1 ? first.type : undefined;
  if (children.length === 1) return { some: (leaf) => property(first, leaf), single, type };
  return {
    some: (leaf) => {
      const alternatives = children.map((child) => property(child, leaf));
      return (value, environment) => alternatives.some((each) => each(value, environment));
    },
    single,
    type,
  };
}

const isPrimitive = (type: string): boolean => /^[a-z]/.test(type);

function property(child: Child, leaf: Leaf): Some {
  const name = child.property;
  const beside = `_${name}`;
  if (child.array) {
    return (owner, environment) =>
      someItem(owner[name], leaf, environment) ||
      (isPrimitive(child.type) && someSibling(owner[beside], leaf, environment));
  }
  if (!isPrimitive(child.type)) {
    return (owner, environment) => owner[name] !== undefined && leaf(owner[name], environment);
  }
  return (owner, environment) =>
    (owner[name] !== undefined || owner[beside] !== undefined) && leaf(owner[name], environment);
}

function someItem(items: unknown, leaf: Leaf, environment: Environment): boolean {
  if (!Array.isArray(items)) return false;
  for (let at = 0; at < items.length; at += 1) {
    if (items[at] !== null && leaf(items[at], environment)) return true;
  }
  return false;
}

/** A repeated primitive may have an item that is only extensions: `"given": [null], "_given": [{...}]`. */
function someSibling(items: unknown, leaf: Leaf, environment: Environment): boolean {
  return Array.isArray(items) && items.some((item) => item !== null) && leaf(undefined, environment);
}
