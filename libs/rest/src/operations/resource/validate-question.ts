import { isNameable, Problem, readJson } from '@naravard/fhir';
import type { Call } from '../../call.ts';
import type { Engine } from '../../engine.ts';
import { validated } from '../../stage.ts';
import { bad } from '../input.ts';
import { knownHere, questionOf } from '../question.ts';

/** http://hl7.org/fhir/R4/valueset-resource-validation-mode.html */
const modes = ['create', 'update', 'delete', 'profile'] as const;

type Mode = (typeof modes)[number];

/** What $validate is asked. */
export interface ValidateQuestion {
  readonly mode: Mode | undefined;
  /** Canonical of the profile to look at beside those that hold anyway. */
  readonly profile: string | undefined;
  /** What was sent to be looked at; undefined where it was left out. */
  readonly resource: unknown;
}

interface Parameter {
  readonly name?: unknown;
  readonly resource?: unknown;
  readonly [value: string]: unknown;
}

/**
 * Reads the address, and the body where there is one: the resource itself, or Parameters with it. What is looked at need not be
 * valid, the Parameters around it must be. @throws Problem 'structure', 'invalid', 'bad-request' or 'unknown-parameter'
 */
export function validateQuestion(engine: Engine, call: Call): ValidateQuestion {
  const address = questionOf(call, 'mode', 'profile');
  const inAddress = { mode: address.code('mode', modes), profile: address.text('profile') };
  if (call.body === '') return { ...inAddress, resource: undefined };
  const sent = call.resource ?? readJson(call.body, engine.limits.depth);
  if ((sent as { resourceType?: unknown } | null)?.resourceType !== 'Parameters') {
    return { ...inAddress, resource: sent };
  }
  const inBody = parametersOf(engine, sent as object);
  return {
    mode: agreed('mode', inAddress.mode, inBody.mode),
    profile: agreed('profile', inAddress.profile, inBody.profile),
    resource: inBody.resource,
  };
}

function parametersOf(engine: Engine, sent: object): ValidateQuestion {
  const { parameter = [] } = sent as { parameter?: unknown };
  const list: readonly Parameter[] = Array.isArray(parameter) ? parameter : [parameter];
  // What stands in `resource` is looked at for its own sake, and answered with 200.
  const around = list.map((each) => (isResource(each) ? { name: each.name, valueBoolean: true } : each));
  validated(engine, { ...sent, ...(list.length && { parameter: around }) });
  const found = new Map<string, Parameter>();
  for (const each of list) {
    const name = String(each.name);
    if (!known.includes(name)) throw bad(isNameable(name) ? name : undefined, knownHere(known));
    if (found.has(name)) throw bad(name, `Give ${name} once.`);
    found.set(name, each);
  }
  const [resource] = [found.get('resource')];
  if (resource && !('resource' in resource)) throw bad('resource', 'resource must be given as resource.');
  const mode = textIn(found.get('mode'), 'valueCode', 'valueString');
  const chosen = modes.find((each) => each === mode);
  if (mode !== undefined && !chosen) throw bad('mode', `mode must be one of: ${modes.join(', ')}.`);
  const profile = textIn(found.get('profile'), 'valueUri', 'valueCanonical', 'valueString');
  return { mode: chosen, profile, resource: resource?.resource };
}

const known = ['resource', 'mode', 'profile'];

const isResource = (each: Parameter | null): each is Parameter =>
  each !== null && typeof each === 'object' && each.name === 'resource' && 'resource' in each;

function textIn(parameter: Parameter | undefined, ...places: readonly string[]): string | undefined {
  if (!parameter) return undefined;
  const place = places.find((each) => each in parameter);
  if (place !== undefined) return String(parameter[place]);
  throw bad(String(parameter.name), `${parameter.name} must be given as ${places.join(' or ')}.`);
}

/** What is said in the address and in the body must be the same. @throws Problem 'bad-request' */
function agreed<T>(name: string, address: T | undefined, body: T | undefined): T | undefined {
  if (address === undefined || body === undefined || address === body) return body ?? address;
  throw new Problem('bad-request', {
    severity: 'error',
    expression: name,
    diagnostics: `${name} is one thing in the address and another in the body: give it once.`,
  });
}
