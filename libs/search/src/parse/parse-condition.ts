// http://hl7.org/fhir/R4/search.html#modifiers, #chaining and #has
import { Problem } from '@naravard/fhir';
import type { Parameter } from '../catalog/parameter.ts';
import type { Catalog } from '../catalog/parameters.ts';
import { WHOLE_SEARCH } from '../catalog/special-parameters.ts';
import { parseFullText } from '../full-text/full-text-condition.ts';
import { type FullTextField, isFullTextField } from '../full-text/full-text-syntax.ts';
import { type Condition, faceOf } from '../query/condition.ts';
import { followable } from '../query/relation.ts';
import { badValue } from '../types/bad-value.ts';
import type { ParseContext } from '../types/face.ts';
import { parseInList } from './in-list.ts';
import { nearMiss } from './near-miss.ts';
import { NOT_YET, RESULT_PARAMETERS } from './result-parameters.ts';
import { shown } from './shown.ts';
import { splitEscaped, unescapeValue } from './value-syntax.ts';

/** What the parameters of a search are read with. */
export interface Reading extends ParseContext {
  readonly catalog: Catalog;
  /** Values of one parameter. */
  readonly maxAlternatives: number;
  /** Characters of one of them. */
  readonly maxLength: number;
  /** Links of a chain, `_has` included. */
  readonly maxChain: number;
  /** Relations that the whole search may still follow: a chain to any type follows some 145 at each link. */
  readonly budget: { left: number };
}

/** A name that the type does not have, with the reason in words that say what to do. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly name: string;
  readonly reason: string;
}

/**
 * Reads one parameter of a type: `status:not`, `subject:Patient.name`, `_has:Encounter:patient:date`. `links` counts
 * those that lead here.
 * @throws Problem for what is known and cannot be: a bad value, a modifier, a chain through what is no reference.
 */
export function parseCondition(
  reading: Reading,
  type: string,
  name: string,
  value: string,
  links = 0,
): Condition | Unknown {
  checkLinks(reading, name, links);
  if (name === '_has' || name.startsWith('_has:')) return parseHas(reading, type, name, value, links);
  const dot = name.indexOf('.');
  if (dot > 0) return parseChain(reading, type, name.slice(0, dot), name.slice(dot + 1), value, links);
  const [code, modifier] = splitModifier(name);
  if (isFullTextField(code) || code === '_list') return parseSpecial(reading, type, code, modifier, value);
  const parameter = reading.catalog.parameter(type, code);
  if (!parameter) return unknown(reading.catalog, type, code);
  return parseLeaf(reading, parameter, modifier, value);
}

export const isUnknown = (condition: Condition | Unknown): condition is Unknown =>
  condition.kind === 'unknown';

export function parseLeaf(
  reading: Reading,
  parameter: Parameter,
  modifier: string | null,
  value: string,
): Condition {
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false')
      throw badValue(parameter, 'write :missing=true or :missing=false.');
    return { kind: 'missing', parameter, missing: value === 'true' };
  }
  return faceOf(parameter).parse(parameter, modifier, alternativesOf(reading, parameter, value), reading);
}

/** `_text`, `_content` and `_list`, which every type has and no element answers. */
function parseSpecial(
  reading: Reading,
  type: string,
  code: FullTextField | '_list',
  modifier: string | null,
  value: string,
): Condition | Unknown {
  if (code !== '_list' && !reading.catalog.fullText) return switchedOff(code);
  if (modifier) throw bad(`${code}:${modifier}`, `'${code}' has no modifiers.`);
  const alternatives = alternativesOf(reading, { code }, value).map(unescapeValue);
  return code === '_list'
    ? parseInList(reading.catalog, reading, type, alternatives)
    : parseFullText(code, type, alternatives);
}

/** The operator runs the service without full-text search. */
export const switchedOff = (code: FullTextField): Unknown => ({
  kind: 'unknown',
  name: code,
  reason: `'${code}' is switched off in this service: search by other parameters, such as name:contains or code:text.`,
});

function alternativesOf(
  { maxAlternatives, maxLength }: Reading,
  parameter: { code: string },
  value: string,
): string[] {
  const alternatives = splitEscaped(value, ',');
  const { code } = parameter;
  if (alternatives.length > maxAlternatives) {
    throw new Problem('too-costly', {
      severity: 'error',
      expression: code,
      diagnostics: `'${code}' takes at most ${maxAlternatives} values; split the search.`,
    });
  }
  if (alternatives.includes(''))
    throw badValue(parameter, 'one of its alternatives is empty; a comma within a value is written \\,.');
  if (alternatives.some((each) => each.length > maxLength))
    throw badValue(parameter, `it is longer than ${maxLength} characters; write a shorter one.`);
  return alternatives;
}

/** @throws Problem 'too-costly' when the search follows more relations than it may. */
function spend({ budget }: Reading, name: string, relations: number): void {
  budget.left -= relations;
  if (budget.left >= 0) return;
  throw new Problem('too-costly', {
    severity: 'error',
    expression: shown(name),
    diagnostics:
      'The search follows too many relations: name the type at each link, as in subject:Patient.name.',
  });
}

function checkLinks({ maxChain }: Reading, name: string, links: number): void {
  if (links <= maxChain) return;
  throw new Problem('too-costly', {
    severity: 'error',
    expression: shown(name),
    diagnostics: `A chain has at most ${maxChain} links; search in two steps.`,
  });
}

/** `_has:Encounter:patient:date`: resources that an Encounter with this date refers to as `patient`. */
function parseHas(
  reading: Reading,
  type: string,
  name: string,
  value: string,
  links: number,
): Condition | Unknown {
  const [, source = '', code = '', rest = ''] = /^_has:([^:]*):([^:]*):(.+)$/s.exec(name) ?? [];
  if (!rest) throw bad(name, 'write _has:Type:reference:parameter, such as _has:Encounter:patient:date.');
  const { catalog } = reading;
  if (!catalog.definitions.resourceTypes.has(source))
    throw bad(name, `'${shown(source)}' is no resource type.`);
  const parameter = catalog.parameter(source, code);
  if (!parameter) return unknown(catalog, source, code);
  if (!followable(parameter)) throw bad(name, `'${code}' of ${source} is no reference that can be followed.`);
  if (parameter.targets.length && !parameter.targets.includes(type)) {
    throw bad(name, `'${code}' of ${source} refers to ${parameter.targets.join(', ')}, not to ${type}.`);
  }
  spend(reading, name, 1);
  const condition = parseCondition(reading, source, rest, value, links + 1);
  return isUnknown(condition) ? condition : { kind: 'has', parameter, type, condition };
}

/** `subject:Patient.name`, or `subject.name` for all types that `subject` may refer to and that have a `name`. */
const parseChain = (
  reading: Reading,
  type: string,
  link: string,
  rest: string,
  value: string,
  links: number,
): Condition | Unknown =>
  followLink(reading, type, link, links + 1, (each) => parseCondition(reading, each, rest, value, links + 1));

/**
 * What `parse` makes of the types that a link (`subject`, `subject:Patient`) leads to, each within a chain. `links`
 * counts those up to and with this one.
 */
export function followLink(
  reading: Reading,
  type: string,
  link: string,
  links: number,
  parse: (type: string) => Condition | Unknown,
): Condition | Unknown {
  checkLinks(reading, link, links);
  const { catalog } = reading;
  const [code, target] = splitModifier(link);
  const parameter = catalog.parameter(type, code);
  if (!parameter) return unknown(catalog, type, code);
  if (!followable(parameter))
    throw bad(link, `'${code}' of ${type} is no reference that a chain can follow.`);
  if (target !== null && !catalog.definitions.resourceTypes.has(target)) {
    throw bad(link, `'${shown(target)}' is no resource type.`);
  }
  if (target !== null && parameter.targets.length && !parameter.targets.includes(target)) {
    throw bad(link, `'${code}' refers to ${parameter.targets.join(', ')}, so it cannot lead to ${target}.`);
  }
  const types = target === null ? parameter.targets : [target];
  if (!types.length)
    throw bad(link, `'${code}' may refer to any type: name one, as in ${code}:Patient.name.`);
  spend(reading, link, types.length);
  return anyTarget(types, parameter, parse);
}

/** The types that know the parameter and can read the value; when there is none, what the first of them says. */
function anyTarget(
  types: readonly string[],
  parameter: Parameter,
  parse: (type: string) => Condition | Unknown,
): Condition | Unknown {
  const conditions: Condition[] = [];
  let problem: Problem | undefined;
  let missing: Unknown | undefined;
  for (const type of types) {
    try {
      const condition = parse(type);
      if (isUnknown(condition)) missing ??= condition;
      else conditions.push({ kind: 'chain', parameter, type, condition });
    } catch (error) {
      if (!(error instanceof Problem) || error.kind === 'too-costly') throw error;
      problem ??= error;
    }
  }
  const [only, ...others] = conditions;
  if (only) return others.length ? { kind: 'any', conditions } : only;
  if (problem) throw problem;
  return missing ?? { kind: 'unknown', name: parameter.code, reason: 'Nothing can be followed here.' };
}

function splitModifier(name: string): [code: string, modifier: string | null] {
  const colon = name.indexOf(':');
  return colon < 0 ? [name, null] : [name.slice(0, colon), shown(name.slice(colon + 1))];
}

/** Why a name that the catalog does not have is refused. */
export function unknown(catalog: Catalog, type: string, code: string): Unknown {
  return { kind: 'unknown', name: shown(code), reason: refusal(catalog, type, code) };
}

function refusal(catalog: Catalog, type: string, code: string): string {
  const known = catalog.unsupported(type).find((each) => each.code === code);
  if (known) return `The ${known.type} parameter '${shown(code)}' of ${type} ${known.reason}.`;
  if (code === '_type')
    return `'_type' is for searches of all types and of compartments, such as /?_type=${type}; leave it out.`;
  if (NOT_YET.has(code)) return `'${shown(code)}' is not supported; leave it out.`;
  if (RESULT_PARAMETERS.has(code) || WHOLE_SEARCH.has(code))
    return `'${code}' is of the search as a whole, not within a chain, _has or _filter: give it on its own.`;
  const names = [...catalog.parameters(type).map((each) => each.code), ...RESULT_PARAMETERS, ...WHOLE_SEARCH];
  const near = nearMiss(code, names);
  const advice = near ? `did you mean '${near}'?` : 'GET /metadata lists the ones that can.';
  return `${type} cannot be searched by '${shown(code)}': ${advice}`;
}

const bad = (name: string, advice: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    expression: shown(name),
    diagnostics: `'${shown(name)}' cannot be read: ${advice}`,
  });
