import { distinct, includes } from './compare.ts';
import {
  allChildren,
  childNodes,
  descendants,
  type Environment,
  integerNode,
  isObject,
  type Node,
  type Nodes,
  none,
  type Run,
  resourceNode,
  stringNode,
  truthNodes,
  truthOf,
} from './node.ts';

type Make = (args: readonly Run[]) => Run;

/** The functions of http://hl7.org/fhirpath/N1/#functions and http://hl7.org/fhir/R4/fhirpath.html that R4's rules and profiles use. */
export const functions: Readonly<Record<string, Make | undefined>> = {
  empty: () => (_environment, _self, input) => truthNodes(input.length === 0),
  exists:
    ([criterion]) =>
    (environment, _self, input) =>
      truthNodes(criterion ? input.some((item) => holds(environment, criterion, item)) : input.length > 0),
  all: (args) => {
    const criterion = required(args, 0);
    return (environment, _self, input) =>
      truthNodes(input.every((item) => holds(environment, criterion, item)));
  },
  allTrue: () => (_environment, _self, input) => truthNodes(input.every((item) => item.value === true)),
  anyTrue: () => (_environment, _self, input) => truthNodes(input.some((item) => item.value === true)),
  anyFalse: () => (_environment, _self, input) => truthNodes(input.some((item) => item.value === false)),
  allFalse: () => (_environment, _self, input) => truthNodes(input.every((item) => item.value === false)),
  not: () => (_environment, _self, input) => {
    const truth = truthOf(input);
    return truth === undefined ? none : truthNodes(!truth);
  },
  count: () => (_environment, _self, input) => [integerNode(input.length)],
  first: () => (_environment, _self, input) => input.slice(0, 1),
  last: () => (_environment, _self, input) => input.slice(-1),
  tail: () => (_environment, _self, input) => input.slice(1),
  where: (args) => {
    const criterion = required(args, 0);
    return (environment, _self, input) => input.filter((item) => holds(environment, criterion, item));
  },
  select: (args) => {
    const projection = required(args, 0);
    return (environment, _self, input) =>
      input.flatMap((item) => {
        const self: Nodes = [item];
        return projection(environment, self, self);
      });
  },
  iif: (args) => {
    const criterion = required(args, 0);
    const then = required(args, 1);
    const otherwise = args[2];
    return (environment, _self, input) =>
      truthOf(criterion(environment, input, input)) === true
        ? then(environment, input, input)
        : (otherwise?.(environment, input, input) ?? none);
  },
  trace: () => (_environment, _self, input) => input,
  isDistinct: () => (_environment, _self, input) => truthNodes(distinct(input).length === input.length),
  combine: (args) => {
    const other = required(args, 0);
    return (environment, self, input) => [...input, ...other(environment, self, self)];
  },
  intersect: (args) => {
    const other = required(args, 0);
    return (environment, self, input) => {
      const among = other(environment, self, self);
      return distinct(input).filter((item) => includes(among, item));
    };
  },
  children:
    () =>
    ({ definitions }, _self, input) =>
      input.flatMap((node) => allChildren(definitions, node)),
  descendants:
    () =>
    ({ definitions }, _self, input) =>
      descendants(definitions, input),
  hasValue: () => (_environment, _self, input) => {
    const value = input.length === 1 ? input[0]?.value : undefined;
    return truthNodes(value !== undefined && typeof value !== 'object');
  },
  resolve: () => (environment, _self, input) => input.flatMap((node) => resolve(environment, node)),
  startsWith: (args) => onText(args, (text, prefix) => text.startsWith(prefix)),
  endsWith: (args) => onText(args, (text, suffix) => text.endsWith(suffix)),
  contains: (args) => onText(args, (text, part) => text.includes(part)),
  matches: (args) => {
    const compiled = new Map<string, RegExp>();
    return onText(args, (text, pattern, { bounded }) => {
      const regex = compiled.get(pattern) ?? new RegExp(pattern, 's');
      compiled.set(pattern, regex);
      return bounded ? bounded.test(regex, text) : regex.test(text);
    });
  },
  replaceMatches: (args) => {
    const pattern = required(args, 0);
    const replacement = required(args, 1);
    return (environment, self, input) => {
      const [text, by, to] = [
        input,
        pattern(environment, self, self),
        replacement(environment, self, self),
      ].map(textOf);
      if (text === undefined || by === undefined || to === undefined) return none;
      const { bounded } = environment;
      const regex = new RegExp(by, 'gs');
      return [stringNode(bounded ? bounded.replace(regex, text, to) : text.replace(regex, to))];
    };
  },
  substring: (args) => {
    const start = required(args, 0);
    return (environment, self, input) => {
      const text = textOf(input);
      const at = start(environment, self, self)[0]?.value;
      return text === undefined || typeof at !== 'number' || at >= text.length
        ? none
        : [stringNode(text.slice(at))];
    };
  },
  length: () => (_environment, _self, input) => {
    const text = textOf(input);
    return text === undefined ? none : [integerNode(text.length)];
  },
  lower: () => made((text) => text.toLowerCase()),
  upper: () => made((text) => text.toUpperCase()),
  toInteger: () => (_environment, _self, input) => {
    const value = input[0]?.value;
    if (typeof value === 'number' && Number.isInteger(value)) return [integerNode(value)];
    return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? [integerNode(Number(value))] : none;
  },
  toString: (): Run => (_environment, _self, input) => {
    const value = input[0]?.value;
    return value === undefined || typeof value === 'object' ? none : [stringNode(String(value))];
  },
};

function required(args: readonly Run[], at: number): Run {
  const arg = args[at];
  if (!arg) throw new SyntaxError('FHIRPath: an argument is missing');
  return arg;
}

function holds(environment: Environment, criterion: Run, item: Node): boolean {
  const self: Nodes = [item];
  return truthOf(criterion(environment, self, self)) === true;
}

function textOf(nodes: Nodes): string | undefined {
  const value = nodes.length === 1 ? nodes[0]?.value : undefined;
  return typeof value === 'string' ? value : undefined;
}

function made(make: (text: string) => string): Run {
  return (_environment, _self, input) => {
    const text = textOf(input);
    return text === undefined ? none : [stringNode(make(text))];
  };
}

function onText(
  args: readonly Run[],
  test: (text: string, argument: string, environment: Environment) => boolean,
): Run {
  const argument = required(args, 0);
  return (environment, self, input) => {
    const text = textOf(input);
    const given = textOf(argument(environment, self, self));
    return text === undefined || given === undefined ? none : truthNodes(test(text, given, environment));
  };
}

/**
 * What a reference points at as far as the resource itself tells: a contained resource in full, otherwise an empty
 * resource of the type that the reference names (enough for ctm-1, the only invariant of R4 that resolves).
 */
function resolve({ definitions, rootResource }: Environment, node: Node): Nodes {
  const text = isObject(node.value) ? node.value.reference : node.value;
  if (typeof text !== 'string') return none;
  if (text.startsWith('#')) {
    return childNodes(definitions, rootResource, 'contained').filter(
      (each) => isObject(each.value) && each.value.id === text.slice(1),
    );
  }
  const type = /(?:^|\/)([A-Z][A-Za-z]+)(?:\/[A-Za-z0-9.-]{1,64}|\?.*)(?:\/_history\/[^/]+)?$/.exec(
    text,
  )?.[1];
  return type && definitions.resourceTypes.has(type)
    ? [resourceNode(definitions, { resourceType: type })]
    : none;
}
