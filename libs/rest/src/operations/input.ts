import { identifierSystems, isNameable, Problem, parseDateRange, readJson } from '@naravard/fhir';
import type { Call } from '../call.ts';
import type { Engine } from '../engine.ts';
import { hsaIdOf } from '../hsa-id.ts';
import { validated } from '../stage.ts';
import { knownHere } from './question.ts';

/** The types that a parameter of an operation may have; `code` may be sent as string. */
type Kind =
  | 'string'
  | 'code'
  | 'boolean'
  | 'date'
  | 'identifier'
  | 'reference'
  | 'integer'
  | 'meta'
  | 'resource';

const values: Readonly<Record<Kind, readonly string[]>> = {
  string: ['valueString'],
  code: ['valueCode', 'valueString'],
  boolean: ['valueBoolean'],
  date: ['valueDate', 'valueDateTime', 'valueInstant'],
  identifier: ['valueIdentifier'],
  reference: ['valueReference'],
  integer: ['valueInteger', 'valuePositiveInt'],
  meta: ['valueMeta'],
  resource: ['resource'],
};

interface Identifier {
  system?: string;
  value?: string;
}

/** What was sent to an operation, parameter by parameter; undefined where it was not sent. */
export interface Input {
  text(name: string): string | undefined;
  isTrue(name: string): boolean;
  code<Code extends string>(name: string, codes: readonly Code[]): Code | undefined;
  codesOf<Code extends string>(name: string, codes: readonly Code[]): Code[];
  texts(name: string): string[];
  /** A FHIR date or instant as sent, with its first and last instant. */
  date(name: string): { text: string; start: string; end: string } | undefined;
  /** In the one form in which HSA-ids are compared. */
  hsaId(name: string): string | undefined;
  /** Id of a resource of a type on this server. */
  idOf(name: string, type: string): string | undefined;
  integer(name: string): number | undefined;
  meta(name: string): unknown;
  resource(name: string): unknown;
}

/**
 * The posted Parameters of an operation that knows these names and no others, so that none is overlooked.
 * @throws Problem 'structure', 'invalid' or 'bad-request'
 */
export function inputOf(engine: Engine, call: Call, known: Readonly<Record<string, Kind>>): Input {
  const parsed = call.resource ?? readJson(call.body, engine.limits.depth);
  if ((parsed as { resourceType?: unknown } | null)?.resourceType !== 'Parameters') {
    throw new Problem('structure', `Send Parameters with: ${Object.keys(known).join(', ')}.`);
  }
  validated(engine, parsed as object);
  const sent = new Map<string, unknown[]>();
  for (const parameter of (parsed as { parameter?: Record<string, unknown>[] }).parameter ?? []) {
    const name = String(parameter.name);
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!kind) throw bad(isNameable(name) ? name : undefined, knownHere(Object.keys(known)));
    const place = values[kind].find((each) => each in parameter);
    if (place === undefined) throw bad(name, `${name} must be given as ${values[kind].join(' or ')}.`);
    const before = sent.get(name);
    if (before) before.push(parameter[place]);
    else sent.set(name, [parameter[place]]);
  }
  return readerOf(engine, sent);
}

function readerOf({ base }: Engine, sent: ReadonlyMap<string, unknown[]>): Input {
  const all = (name: string): readonly unknown[] => sent.get(name) ?? [];
  const one = (name: string): unknown => {
    const [first, ...more] = all(name);
    if (more.length) throw bad(name, `Give ${name} once.`);
    return first;
  };
  const text = (name: string) => (one(name) as string | undefined)?.trim() || undefined;
  return {
    text,
    isTrue: (name) => one(name) === true,
    code: (name, codes) => codeIn(name, one(name), codes),
    codesOf: (name, codes) => all(name).flatMap((each) => codeIn(name, each, codes) ?? []),
    texts: (name) => all(name).map(String),
    date(name) {
      const given = text(name);
      const range = given === undefined ? undefined : parseDateRange(given);
      if (given === undefined) return undefined;
      if (range?.start && range.end) return { text: given, start: range.start, end: range.end };
      throw bad(name, `${name} must be a date or an instant, for example 2026-11-23.`);
    },
    hsaId: (name) => hsaIdIn(name, one(name) as Identifier | undefined),
    idOf(name, type) {
      const given = (one(name) as { reference?: string } | undefined)?.reference;
      if (given === undefined) return undefined;
      const relative = given.startsWith(`${base}/`) ? given.slice(base.length + 1) : given;
      const [, of, id] = /^([A-Za-z]+)\/([A-Za-z0-9.-]{1,64})$/.exec(relative) ?? [];
      if (of === type && id !== undefined) return id;
      throw bad(name, `${name} must be a Reference to ${type}/id.`);
    },
    integer: (name) => one(name) as number | undefined,
    meta: one,
    resource: one,
  };
}

function codeIn<Code extends string>(name: string, given: unknown, codes: readonly Code[]): Code | undefined {
  if (given === undefined) return undefined;
  const code = codes.find((each) => each === given);
  if (code === undefined) throw bad(name, `${name} must be one of: ${codes.join(', ')}.`);
  return code;
}

function hsaIdIn(name: string, given: Identifier | undefined): string | undefined {
  if (given === undefined) return undefined;
  const hsaId = hsaIdOf(given);
  if (hsaId !== undefined) return hsaId;
  throw bad(name, `${name} must be an Identifier with an HSA-id, system ${identifierSystems.hsaId}.`);
}

/** 400: `name` is the parameter at fault. */
export const bad = (name: string | undefined, diagnostics: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    diagnostics,
    ...(name !== undefined && { expression: `Parameters.parameter.where(name = '${name}')` }),
  });
