import type { BoundedRegex } from '../bounded-regex.ts';
import type { Child, Definitions } from '../definitions/definitions.ts';

/** A FHIR element in a FHIRPath collection: http://hl7.org/fhir/R4/fhirpath.html */
export interface Node {
  /** Plain JSON; undefined for a primitive that has only extensions. */
  readonly value: unknown;
  /** FHIR type ('CarePlan.activity', 'dateTime') or, for literals and computed values, 'System.Boolean' and so on. */
  readonly type: string;
  /** What stands beside a primitive as `_name`: its id and extensions. */
  readonly sibling: unknown;
}

export type Nodes = readonly Node[];

/** What `%resource`, `%rootResource` and `%context` stand for. */
export interface Environment {
  readonly definitions: Definitions;
  resource: Node;
  rootResource: Node;
  context: Node;
  /** How regular expressions are run that are not R4's own. */
  readonly bounded?: BoundedRegex;
}

/**
 * One compiled FHIRPath expression. `self` is `$this` (the item a criterion is tried on, or the context), `input` what
 * stands left of the dot; at the start of a path they are the same.
 */
export type Run = (environment: Environment, self: Nodes, input: Nodes) => Nodes;

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const none: Nodes = [];

/** The node of a resource; its type is what it says it is. */
export function resourceNode(definitions: Definitions, value: unknown): Node {
  return { value, type: concreteType(definitions, 'Resource', value), sibling: undefined };
}

/** `node.name`: choices are found under each of their properties. Shapes that are not FHIR yield nothing. */
export function childNodes(definitions: Definitions, node: Node, name: string): Nodes {
  const owner = isObject(node.value) ? node.value : isObject(node.sibling) ? node.sibling : undefined;
  const children = definitions.children(node.type, name);
  if (!owner || !children.length) return none;
  const found: Node[] = [];
  for (const child of children) pushChild(definitions, owner, child, found);
  return found;
}

/** `children()`; contained resources and primitives with only extensions are among them. */
export function allChildren(definitions: Definitions, node: Node): Node[] {
  const owner = isObject(node.value) ? node.value : isObject(node.sibling) ? node.sibling : undefined;
  const found: Node[] = [];
  for (const key of Object.keys(owner ?? {})) {
    const property = key.startsWith('_') ? key.slice(1) : key;
    if (property !== key && owner && property in owner) continue;
    for (const child of definitions.children(node.type, property)) {
      if (owner && child.property === property) pushChild(definitions, owner, child, found);
    }
  }
  return found;
}

/** `descendants()`: children, their children and so on, without the node itself. */
export function descendants(definitions: Definitions, nodes: Nodes): Node[] {
  const found = nodes.flatMap((node) => allChildren(definitions, node));
  for (let at = 0; at < found.length; at += 1) {
    for (const child of allChildren(definitions, found[at] as Node)) found.push(child);
  }
  return found;
}

function pushChild(definitions: Definitions, owner: JsonObject, child: Child, found: Node[]): void {
  const { property, type } = child;
  const value = Object.hasOwn(owner, property) ? owner[property] : undefined;
  const sibling = owner[`_${property}`];
  if (Array.isArray(value) || Array.isArray(sibling)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [];
    const siblings: readonly unknown[] = Array.isArray(sibling) ? sibling : [];
    for (let at = 0; at < Math.max(values.length, siblings.length); at += 1) {
      pushOne(definitions, type, values[at], siblings[at], found);
    }
  } else pushOne(definitions, type, value, sibling, found);
}

function pushOne(
  definitions: Definitions,
  type: string,
  value: unknown,
  sibling: unknown,
  found: Node[],
): void {
  const present = value ?? undefined;
  const beside = sibling ?? undefined;
  if (present === undefined && beside === undefined) return;
  found.push({ value: present, type: concreteType(definitions, type, present), sibling: beside });
}

function concreteType(definitions: Definitions, type: string, value: unknown): string {
  if (type !== 'Resource' || !isObject(value)) return type;
  const named = value.resourceType;
  return typeof named === 'string' && definitions.resourceTypes.has(named) ? named : type;
}

const systemTypes: Readonly<Record<string, string>> = {
  boolean: 'System.Boolean',
  string: 'System.String',
  uri: 'System.String',
  integer: 'System.Integer',
  decimal: 'System.Decimal',
  date: 'System.Date',
  dateTime: 'System.DateTime',
  instant: 'System.DateTime',
  time: 'System.Time',
  Quantity: 'System.Quantity',
};

/** `is`: the type itself, one it is derived from, or the System type it converts to (que-7 tests `is Boolean`). */
export function isOfType(definitions: Definitions, node: Node, name: string): boolean {
  const bare = name.startsWith('FHIR.') ? name.slice(5) : name;
  if (node.type === bare || definitions.isA(node.type, bare)) return true;
  const system = bare.startsWith('System.') ? bare : `System.${bare}`;
  if (node.type === system) return true;
  return Object.keys(systemTypes).some(
    (type) => systemTypes[type] === system && definitions.isA(node.type, type),
  );
}

export const booleanNode = (value: boolean): Node => ({ value, type: 'System.Boolean', sibling: undefined });
export const stringNode = (value: string): Node => ({ value, type: 'System.String', sibling: undefined });
export const integerNode = (value: number): Node => ({ value, type: 'System.Integer', sibling: undefined });

const yes: Nodes = [booleanNode(true)];
const no: Nodes = [booleanNode(false)];

/** A three-valued truth as a collection: undefined is the empty one. */
export const truthNodes = (value: boolean | undefined): Nodes =>
  value === undefined ? none : value ? yes : no;

/** A collection as a three-valued truth: a single value that is not a boolean counts as true, one without value as empty. */
export function truthOf(nodes: Nodes): boolean | undefined {
  const [first] = nodes;
  if (!first || (nodes.length === 1 && first.value === undefined)) return undefined;
  if (nodes.length === 1 && typeof first.value === 'boolean') return first.value;
  return true;
}
