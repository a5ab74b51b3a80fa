// http://hl7.org/fhir/R4/search.html
import { Problem } from '@naravard/fhir';
import { type Condition, faceOf } from './condition.ts';
import { nearMiss } from './near-miss.ts';
import type { Catalog } from './parameters.ts';
import type { Ignored, Query } from './query.ts';
import {
  applyResultParameter,
  DEFAULT_COUNT,
  NOT_YET,
  RESULT_PARAMETERS,
  type ResultDraft,
  shown,
} from './result-parameters.ts';
import type { ParseContext } from './types/face.ts';
import { encodeValue, splitEscaped } from './value-syntax.ts';

export interface ParseOptions {
  /**
   * Prefer: handling (http://hl7.org/fhir/R4/search.html#errors). Lenient ignores parameters that are unknown or not
   * supported; a bad value and an unknown modifier are refused either way.
   */
  readonly handling: 'strict' | 'lenient';
  /** Our own FHIR base URL: absolute references to it are ours. */
  readonly base: string;
  readonly now?: Date;
}

/** Beyond these a search is refused before anything is compiled. */
export const SEARCH_LIMITS = { parameters: 100, alternatives: 200, valueLength: 2000 } as const;

/** Reads decoded name-value pairs, in order, to a Query. Throws Problems that name the parameter at fault. */
export function parseQuery(
  catalog: Catalog,
  type: string,
  parameters: readonly (readonly [string, string])[],
  options: ParseOptions,
): Query {
  if (parameters.length > SEARCH_LIMITS.parameters) {
    throw new Problem(
      'too-costly',
      `A search takes at most ${SEARCH_LIMITS.parameters} parameters; split it.`,
    );
  }
  const now = (options.now ?? new Date()).getTime();
  const context: ParseContext = { definitions: catalog.definitions, base: options.base, now };
  const lenient = options.handling === 'lenient';
  const conditions: Condition[] = [];
  const self: string[] = [];
  const result: ResultDraft = { sort: [], count: null, total: null, seen: new Set(), ignored: [] };
  for (const pair of parameters) {
    const [name, value] = pair;
    checkValue(name, value);
    if (RESULT_PARAMETERS.has(name)) {
      const applied = applyResultParameter(result, catalog, type, pair, lenient);
      if (applied !== null) self.push(`${name}=${encodeValue(applied)}`);
      continue;
    }
    const condition = parseCondition(catalog, type, pair, context, lenient, result.ignored);
    if (!condition) continue;
    conditions.push(condition);
    self.push(`${encodeValue(name)}=${encodeValue(value)}`);
  }
  return {
    type,
    conditions,
    sort: result.sort,
    count: result.count ?? DEFAULT_COUNT,
    total: result.count === 0 || result.total === 'accurate' || result.total === 'estimate',
    self: self.join('&'),
    ignored: result.ignored,
  };
}

function parseCondition(
  catalog: Catalog,
  type: string,
  [name, value]: readonly [string, string],
  context: ParseContext,
  lenient: boolean,
  ignored: Ignored[],
): Condition | null {
  const colon = name.indexOf(':');
  const code = colon < 0 ? name : name.slice(0, colon);
  const parameter = catalog.parameter(type, code);
  if (!parameter) {
    const reason = refusal(catalog, type, code);
    if (!lenient) {
      const expression = shown(name);
      throw new Problem('unknown-parameter', { severity: 'error', expression, diagnostics: reason });
    }
    ignored.push({ name: shown(name), reason });
    return null;
  }
  const modifier = colon < 0 ? null : shown(name.slice(colon + 1));
  const alternatives = splitEscaped(value, ',');
  if (alternatives.length > SEARCH_LIMITS.alternatives) {
    throw new Problem('too-costly', {
      severity: 'error',
      expression: code,
      diagnostics: `'${code}' takes at most ${SEARCH_LIMITS.alternatives} values; split the search.`,
    });
  }
  if (alternatives.includes('')) throw valueProblem(code, 'has an empty value; write one or leave it out.');
  return faceOf(parameter).parse(parameter, modifier, alternatives, context);
}

/** Why a name that the catalog does not have is refused, in words that say what to do. */
function refusal(catalog: Catalog, type: string, code: string): string {
  const known = catalog.unsupported(type).find((each) => each.code === code);
  if (known)
    return `The ${known.type} parameter '${shown(code)}' of ${type} is not supported yet; leave it out.`;
  if (NOT_YET.has(code)) return `'${shown(code)}' is not supported yet; leave it out.`;
  const dot = code.indexOf('.');
  if (dot > 0 && catalog.parameter(type, code.slice(0, dot))) {
    return `Chained parameters such as '${shown(code)}' are not supported yet; search in two steps.`;
  }
  const names = [...catalog.parameters(type).map((each) => each.code), ...RESULT_PARAMETERS];
  const near = nearMiss(code, names);
  const advice = near ? `did you mean '${near}'?` : 'GET /metadata lists the ones that can.';
  return `${type} cannot be searched by '${shown(code)}': ${advice}`;
}

function checkValue(name: string, value: string): void {
  if (value.length > SEARCH_LIMITS.valueLength) {
    throw valueProblem(
      shown(name),
      `is longer than ${SEARCH_LIMITS.valueLength} characters; split the search.`,
    );
  }
  if (value.includes('\0'))
    throw valueProblem(shown(name), 'holds the character NUL, which no text in FHIR has.');
}

const valueProblem = (name: string, what: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    expression: name,
    diagnostics: `The value of '${name}' ${what}`,
  });
