import { Problem, readJson } from '@naravard/fhir';
import type { Coding } from '@naravard/terminology';
import type { Call } from '../../call.ts';
import type { Engine } from '../../engine.ts';
import { validated } from '../../stage.ts';
import { unknownParameter } from '../question.ts';

/** What a parameter holds; `unsupported`: R4 has it, and it is refused by its name. */
export type Kind =
  | 'code'
  | 'uri'
  | 'string'
  | 'boolean'
  | 'integer'
  | 'coding'
  | 'concept'
  | 'parts'
  | 'resource'
  | 'unsupported';

/** The parameters of an operation in the order of R4's definition. */
export type Inputs = Readonly<Record<string, Kind>>;

/** Where Parameters have a value; a text in another of the text types is understood too. */
const places: Readonly<Record<Exclude<Kind, 'unsupported'>, readonly string[]>> = {
  code: ['valueCode', 'valueString'],
  uri: ['valueUri', 'valueUrl', 'valueCanonical', 'valueString'],
  string: ['valueString', 'valueCode', 'valueUri'],
  boolean: ['valueBoolean'],
  integer: ['valueInteger', 'valuePositiveInt', 'valueUnsignedInt'],
  coding: ['valueCoding'],
  concept: ['valueCodeableConcept'],
  parts: ['part'],
  resource: ['resource'],
};

export interface CodeableConcept {
  readonly coding?: readonly Coding[];
  readonly text?: string;
}

export interface ParameterPart {
  readonly name: string;
  readonly [element: string]: unknown;
}

/** What an operation was asked, in the address and in the body; undefined where it was not. */
export interface Input {
  has(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  flag(name: string): boolean | undefined;
  /** 0 or more. */
  number(name: string): number | undefined;
  coding(name: string): Coding | undefined;
  concept(name: string): CodeableConcept | undefined;
  parts(name: string): readonly (readonly ParameterPart[])[];
  resource(name: string): object | undefined;
}

/**
 * The parameters of a call that knows these names and no others, so that none is overlooked: of the address, and of the
 * posted Parameters. A resource of the type that is a parameter may be posted as it is
 * (http://hl7.org/fhir/R4/operations.html#request).
 * @throws Problem 'structure', 'invalid', 'unknown-parameter' or 'bad-request', which names the parameter
 */
export function inputOf(engine: Engine, call: Call, method: 'GET' | 'POST', known: Inputs): Input {
  const given = new Map<string, unknown[]>();
  const put = (name: string, read: (kind: Exclude<Kind, 'unsupported'>) => unknown): void => {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!kind) throw unknownParameter(name, supported(known));
    if (kind === 'unsupported') throw unsupported(name);
    const values = given.get(name) ?? [];
    if (values.length >= mostTimes) throw unfit(name, `Give ${name} at most ${mostTimes} times.`);
    given.set(name, [...values, read(kind)]);
  };
  for (const [name, value] of call.query) put(name, (kind) => fromAddress(name, kind, value));
  if (method === 'POST') {
    for (const parameter of posted(engine, call, known)) {
      put(parameter.name, (kind) => fromParameter(parameter, kind));
    }
  }
  return readerOf(given);
}

/** What is told several times is compared with every code. */
const mostTimes = 50;

const supported = (known: Inputs): readonly string[] =>
  Object.keys(known).filter((name) => known[name] !== 'unsupported');

function posted(engine: Engine, call: Call, known: Inputs): readonly ParameterPart[] {
  const parsed = (call.resource ?? readJson(call.body, engine.limits.depth)) as {
    resourceType?: unknown;
    parameter?: readonly ParameterPart[];
  } | null;
  const type = parsed?.resourceType;
  const alone = type === 'Parameters' ? undefined : resourceInput(String(type), known);
  if (!parsed || (type !== 'Parameters' && alone === undefined)) {
    throw new Problem('structure', `Send Parameters with: ${supported(known).join(', ')}.`);
  }
  validated(engine, parsed);
  return alone === undefined ? (parsed.parameter ?? []) : [{ name: alone, resource: parsed }];
}

/** The parameter that a resource of a type is, by R4's names: `valueSet` for a ValueSet. */
function resourceInput(type: string, known: Inputs): string | undefined {
  const name = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
  return Object.hasOwn(known, name) && known[name] === 'resource' ? name : undefined;
}

function fromAddress(name: string, kind: Exclude<Kind, 'unsupported'>, value: string): unknown {
  switch (kind) {
    case 'code':
    case 'uri':
    case 'string':
      if (value.trim() === '') throw unfit(name, `${name} is empty: give it a value or leave it out.`);
      return value;
    case 'boolean':
      if (value === 'true' || value === 'false') return value === 'true';
      throw unfit(name, `${name} must be true or false.`);
    case 'integer':
      if (/^\d{1,9}$/.test(value)) return Number(value);
      throw unfit(name, `${name} must be a whole number, 0 or more.`);
    case 'coding':
    case 'concept':
    case 'parts':
    case 'resource':
      throw unfit(name, `${name} does not fit in the address: send Parameters by POST.`);
    default:
      return kind satisfies never;
  }
}

function fromParameter(parameter: ParameterPart, kind: Exclude<Kind, 'unsupported'>): unknown {
  const { name } = parameter;
  const place = places[kind].find((each) => each in parameter);
  if (place === undefined) throw unfit(name, `${name} must be given as ${places[kind].join(' or ')}.`);
  const value = parameter[place];
  if (kind === 'integer' && Number(value) < 0)
    throw unfit(name, `${name} must be a whole number, 0 or more.`);
  return value;
}

function readerOf(given: ReadonlyMap<string, readonly unknown[]>): Input {
  const all = (name: string): readonly unknown[] => given.get(name) ?? [];
  const one = (name: string): unknown => {
    const [first, ...more] = all(name);
    if (more.length) throw unfit(name, `Give ${name} once.`);
    return first;
  };
  return {
    has: (name) => given.has(name),
    text: (name) => one(name) as string | undefined,
    texts: (name) => all(name) as readonly string[],
    flag: (name) => one(name) as boolean | undefined,
    number: (name) => (given.has(name) ? Number(one(name)) : undefined),
    coding: (name) => one(name) as Coding | undefined,
    concept: (name) => one(name) as CodeableConcept | undefined,
    parts: (name) => all(name) as readonly (readonly ParameterPart[])[],
    resource: (name) => one(name) as object | undefined,
  };
}

const unsupported = (name: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    code: 'not-supported',
    expression: name,
    diagnostics: `${name} is not supported here: what is loaded is answered as it is now. Leave it out.`,
  });

/** 400: the parameter `name` is at fault. */
export const unfit = (name: string, diagnostics: string): Problem =>
  new Problem('bad-request', { severity: 'error', expression: name, diagnostics });
