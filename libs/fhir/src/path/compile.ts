import {
  AndAtom,
  ArithmeticOperatorAtom,
  AsAtom,
  type Atom,
  ConcatAtom,
  ContainsAtom,
  DotAtom,
  EmptySetAtom,
  EqualsAtom,
  FhirPathAtom,
  FunctionAtom,
  ImpliesAtom,
  InAtom,
  IndexerAtom,
  InfixOperatorAtom,
  IsAtom,
  LiteralAtom,
  NotEqualsAtom,
  OrAtom,
  parseFhirPath,
  SymbolAtom,
  UnionAtom,
  XorAtom,
} from '@medplum/core';
import { distinct, equal, includes, nodeOrder } from './compare.ts';
import { functions } from './functions.ts';
import { and, implies, or, type Truth, xor } from './logic.ts';
import {
  childNodes,
  integerNode,
  isOfType,
  type Node,
  type Nodes,
  none,
  type Run,
  stringNode,
  truthNodes,
  truthOf,
} from './node.ts';

export const ucum = 'http://unitsofmeasure.org';

/**
 * Compiles the part of FHIRPath (http://hl7.org/fhirpath/N1/) that the invariants of R4 use; anything else is a
 * SyntaxError when it is compiled, never a wrong answer when it runs.
 */
export function compilePath(expression: string): Run {
  return compileAtom(parseAtom(expression));
}

export function parseAtom(expression: string): Atom {
  const parsed = parseFhirPath(expression);
  return parsed instanceof FhirPathAtom ? parsed.child : parsed;
}

export function compileAtom(atom: Atom): Run {
  if (atom instanceof LiteralAtom) return literal(atom);
  if (atom instanceof EmptySetAtom) return () => none;
  if (atom instanceof SymbolAtom) return symbol(atom.name);
  if (atom instanceof FunctionAtom) return call(atom);
  if (atom instanceof IndexerAtom) return indexer(compileAtom(atom.left), compileAtom(atom.expr));
  if (atom instanceof DotAtom) return dot(compileAtom(atom.left), compileAtom(atom.right));
  if (atom instanceof IsAtom || atom instanceof AsAtom) return typeOperator(atom);
  if (atom instanceof InfixOperatorAtom) return infix(atom);
  throw new SyntaxError(`FHIRPath: ${atom.constructor.name} is not supported`);
}

function dot(left: Run, right: Run): Run {
  return (environment, self, input) => right(environment, self, left(environment, self, input));
}

function literal(atom: LiteralAtom): Run {
  const { type, value } = atom.value;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new SyntaxError(`FHIRPath: literals of type ${type} are not supported`);
  }
  const system = `System.${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  const nodes: Nodes = [{ value, type: system, sibling: undefined }];
  return () => nodes;
}

function symbol(name: string): Run {
  switch (name) {
    case '$this':
      return (_environment, self) => self;
    case '%resource':
      return ({ resource }) => [resource];
    case '%rootResource':
      return ({ rootResource }) => [rootResource];
    case '%context':
      return ({ context }) => [context];
    case '%ucum': {
      const nodes: Nodes = [stringNode(ucum)];
      return () => nodes;
    }
    default:
      if (/^[%$]/.test(name)) throw new SyntaxError(`FHIRPath: ${name} is not supported`);
      return /^[A-Z]/.test(name) ? typeStep(name) : step(name);
  }
}

function step(name: string): Run {
  return ({ definitions }, _self, input) => {
    const [first] = input;
    if (first && input.length === 1) return childNodes(definitions, first, name);
    return input.flatMap((node) => childNodes(definitions, node, name));
  };
}

/** `Appointment.status`: a path may start with the type of its context. */
function typeStep(name: string): Run {
  return ({ definitions }, _self, input) => input.filter((node) => isOfType(definitions, node, name));
}

function indexer(left: Run, index: Run): Run {
  return (environment, self, input) => {
    const at = index(environment, self, self)[0]?.value;
    const found = typeof at === 'number' ? left(environment, self, input)[at] : undefined;
    return found ? [found] : none;
  };
}

function call(atom: FunctionAtom): Run {
  const name = atom.name;
  if (name === 'is' || name === 'as' || name === 'ofType') return typeFunction(name, typeName(atom.args[0]));
  const make = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!make) throw new SyntaxError(`FHIRPath: the function ${name}() is not supported`);
  return make(atom.args.map(compileAtom));
}

function typeName(atom: Atom | undefined): string {
  if (atom instanceof SymbolAtom) return atom.name;
  if (atom instanceof DotAtom) return `${typeName(atom.left)}.${typeName(atom.right)}`;
  throw new SyntaxError('FHIRPath: the name of a type is expected');
}

/** `as` filters a collection as `ofType` does: the invariants use it so (dom-3), although N1 asks for one item. */
function typeFunction(name: 'is' | 'as' | 'ofType', type: string): Run {
  if (name !== 'is')
    return ({ definitions }, _self, input) => input.filter((node) => isOfType(definitions, node, type));
  return ({ definitions }, _self, input) => {
    const [first] = input;
    return first ? truthNodes(input.length === 1 && isOfType(definitions, first, type)) : none;
  };
}

function typeOperator(atom: IsAtom | AsAtom): Run {
  const run = typeFunction(atom instanceof IsAtom ? 'is' : 'as', typeName(atom.right));
  return dot(compileAtom(atom.left), run);
}

function infix(atom: InfixOperatorAtom): Run {
  const left = compileAtom(atom.left);
  const right = compileAtom(atom.right);
  const logic = logicOf(atom);
  if (logic) {
    return (environment, self, input) =>
      truthNodes(
        logic(truthOf(left(environment, self, input)), () => truthOf(right(environment, self, input))),
      );
  }
  const operator = operatorOf(atom);
  return (environment, self, input) =>
    operator(left(environment, self, input), right(environment, self, input));
}

function logicOf(atom: InfixOperatorAtom): ((left: Truth, right: () => Truth) => Truth) | undefined {
  if (atom instanceof AndAtom) return and;
  if (atom instanceof OrAtom) return or;
  if (atom instanceof XorAtom) return xor;
  return atom instanceof ImpliesAtom ? implies : undefined;
}

function operatorOf(atom: InfixOperatorAtom): (left: Nodes, right: Nodes) => Nodes {
  if (atom instanceof EqualsAtom) return (left, right) => truthNodes(equal(left, right));
  if (atom instanceof NotEqualsAtom) return (left, right) => truthNodes(negate(equal(left, right)));
  if (atom instanceof UnionAtom) return (left, right) => distinct([...left, ...right]);
  if (atom instanceof InAtom) return (left, right) => membership(left, right);
  if (atom instanceof ContainsAtom) return (left, right) => membership(right, left);
  if (atom instanceof ConcatAtom) return (left, right) => [stringNode(text(left) + text(right))];
  if (atom instanceof ArithmeticOperatorAtom) return arithmetic(atom.operator);
  throw new SyntaxError(`FHIRPath: the operator ${atom.operator} is not supported`);
}

export const negate = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);

const text = (nodes: Nodes): string => (typeof nodes[0]?.value === 'string' ? nodes[0].value : '');

function membership(item: Nodes, among: Nodes): Nodes {
  const [single] = item;
  return single ? truthNodes(includes(among, single)) : none;
}

function arithmetic(operator: string): (left: Nodes, right: Nodes) => Nodes {
  switch (operator) {
    case '<':
      return (left, right) => ordered(left, right, (sign) => sign < 0);
    case '<=':
      return (left, right) => ordered(left, right, (sign) => sign <= 0);
    case '>':
      return (left, right) => ordered(left, right, (sign) => sign > 0);
    case '>=':
      return (left, right) => ordered(left, right, (sign) => sign >= 0);
    case '+':
      return (left, right) => plus(left[0], right[0]);
    default:
      throw new SyntaxError(`FHIRPath: the operator ${operator} is not supported`);
  }
}

function ordered(left: Nodes, right: Nodes, test: (sign: number) => boolean): Nodes {
  const sign = nodeOrder(left, right);
  return sign === undefined ? none : truthNodes(test(sign));
}

function plus(a: Node | undefined, b: Node | undefined): Nodes {
  if (typeof a?.value === 'string' && typeof b?.value === 'string') return [stringNode(a.value + b.value)];
  if (typeof a?.value === 'number' && typeof b?.value === 'number') return [integerNode(a.value + b.value)];
  return none;
}
