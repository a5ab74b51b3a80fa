// http://hl7.org/fhir/R4/search.html
import { Problem } from '@naravard/fhir';
import type { Catalog } from '../catalog/parameters.ts';
import { type Compartment, compartmentCondition } from '../query/compartment.ts';
import type { Condition } from '../query/condition.ts';
import type { Include } from '../query/include.ts';
import type { Ignored, Query } from '../query/query.ts';
import { checkNeeds, type SearchNeed } from '../query/search-need.ts';
import { parseFilterCondition } from './filter.ts';
import { isUnknown, parseCondition, type Reading } from './parse-condition.ts';
import { isInclude, parseInclude } from './parse-include.ts';
import {
  applyResultParameter,
  DEFAULT_COUNT,
  RESULT_PARAMETERS,
  type ResultDraft,
  refuseModifier,
  sortOf,
} from './result-parameters.ts';
import { shown } from './shown.ts';
import { subsetOf } from './subset-parameters.ts';
import { encodeValue } from './value-syntax.ts';

export interface ParseOptions {
  /**
   * Prefer: handling (http://hl7.org/fhir/R4/search.html#errors). Lenient ignores parameters that are unknown or not
   * supported; a bad value and an unknown modifier are refused either way.
   */
  readonly handling: 'strict' | 'lenient';
  /** Our own FHIR base URL: absolute references to it are ours. */
  readonly base: string;
  readonly now?: Date;
  /** Links of a chain, `_has` included; 5 unless configured. */
  readonly maxChain?: number;
  /** Resources that may come with a page by include; 1,000 unless configured. */
  readonly maxIncluded?: number;
  /** Only what is in this compartment. */
  readonly compartment?: Compartment | undefined;
  /** What searches must be limited to, by law. */
  readonly needs?: readonly SearchNeed[];
}

/** Beyond these a search is refused before anything is compiled. */
export const SEARCH_LIMITS = {
  parameters: 100,
  alternatives: 200,
  /** Of one alternative, or of a value that is no list. */
  valueLength: 2000,
  /** Of all alternatives of one parameter together: beyond what a URL holds, for POST. */
  listLength: 65_536,
  chain: 5,
  relations: 500,
  included: 1000,
} as const;

/**
 * Reads decoded name-value pairs, in order, to a Query over the types, which all have every parameter that is given.
 * Throws Problems that name the parameter at fault.
 */
export function parseQuery(
  catalog: Catalog,
  types: readonly string[],
  parameters: readonly (readonly [string, string])[],
  options: ParseOptions,
): Query {
  if (parameters.length > SEARCH_LIMITS.parameters) {
    throw new Problem(
      'too-costly',
      `A search takes at most ${SEARCH_LIMITS.parameters} parameters; split it.`,
    );
  }
  const reading = readingOf(catalog, options);
  const lenient = options.handling === 'lenient';
  const { compartment } = options;
  const conditions = types.map((type): Condition[] =>
    compartment ? [compartmentCondition(reading, compartment, type)] : [],
  );
  const includes: Include[] = [];
  const self: string[] = [];
  const result = newDraft();
  for (const pair of parameters) {
    const [name, value] = pair;
    // http://hl7.org/fhir/R4/search.html#errors: empty parameters are no error and are ignored.
    if (value === '') continue;
    checkValue(name, value);
    refuseModifier(name);
    if (RESULT_PARAMETERS.has(name)) {
      const applied = applyResultParameter(result, catalog, types, pair, lenient);
      if (applied !== null) self.push(`${name}=${encodeValue(applied)}`);
      continue;
    }
    if (isInclude(name)) includes.push(parseInclude(catalog, types, name, value));
    else if (!addCondition(reading, types, pair, conditions, lenient ? result.ignored : null)) continue;
    self.push(`${encodeValue(name)}=${encodeValue(value)}`);
  }
  const count = result.summary === 'count' ? 0 : (result.count ?? DEFAULT_COUNT);
  const query: Query = {
    parts: types.map((type, index) => ({
      type,
      conditions: conditions[index] ?? [],
      sort: sortOf(result, catalog, type),
    })),
    includes,
    maxIncluded: options.maxIncluded ?? SEARCH_LIMITS.included,
    count,
    subset: subsetOf(result.summary, result.elements, includes.length > 0),
    total: count === 0 || result.total === 'accurate' || result.total === 'estimate',
    self: self.join('&'),
    ignored: result.ignored,
  };
  checkNeeds(query, options.needs ?? []);
  return query;
}

const readingOf = (catalog: Catalog, { base, now, maxChain }: ParseOptions): Reading => ({
  catalog,
  definitions: catalog.definitions,
  terminology: catalog.terminology,
  base,
  now: (now ?? new Date()).getTime(),
  maxAlternatives: SEARCH_LIMITS.alternatives,
  maxLength: SEARCH_LIMITS.valueLength,
  maxChain: maxChain ?? SEARCH_LIMITS.chain,
  budget: { left: SEARCH_LIMITS.relations },
});

const newDraft = (): ResultDraft => ({
  sort: [],
  count: null,
  total: null,
  summary: null,
  elements: null,
  seen: new Set(),
  ignored: [],
});

/** Adds a parameter's condition for each type; false when it is ignored, because the caller is lenient. */
function addCondition(
  reading: Reading,
  types: readonly string[],
  [name, value]: readonly [string, string],
  conditions: readonly Condition[][],
  ignored: Ignored[] | null,
): boolean {
  const parsed = types.map((type) =>
    name === '_filter'
      ? parseFilterCondition(reading, type, value)
      : blaming(name, () => parseCondition(reading, type, name, value)),
  );
  const missing = parsed.find(isUnknown);
  // A named query says what the search is: http://hl7.org/fhir/R4/search.html#query has it refused.
  if (missing && ignored && missing.name !== '_query') {
    ignored.push({ name: shown(name), reason: missing.reason });
    return false;
  }
  if (missing) {
    const { reason: diagnostics } = missing;
    throw new Problem('unknown-parameter', { severity: 'error', expression: shown(name), diagnostics });
  }
  for (const [index, condition] of parsed.entries()) {
    if (!isUnknown(condition)) conditions[index]?.push(condition);
  }
  return true;
}

/** Problems name the parameter as the caller gave it: of a chain the whole of it, not its last link. */
function blaming<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const findings = error.findings.map((finding) => ({ ...finding, expression: shown(name) }));
    throw new Problem(error.kind, findings, { cause: error.cause });
  }
}

function checkValue(name: string, value: string): void {
  const isList = !RESULT_PARAMETERS.has(name) && !isInclude(name) && name !== '_filter';
  const most = isList ? SEARCH_LIMITS.listLength : SEARCH_LIMITS.valueLength;
  if (value.length > most)
    throw valueProblem(shown(name), `is longer than ${most} characters; split the search.`);
  if (value.includes('\0'))
    throw valueProblem(shown(name), 'holds the character NUL, which no text in FHIR has.');
}

const valueProblem = (name: string, what: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    expression: name,
    diagnostics: `The value of '${name}' ${what}`,
  });
