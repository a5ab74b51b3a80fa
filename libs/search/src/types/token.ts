// http://hl7.org/fhir/R4/search.html#token
import { canonicalIdentifier, identifierSystems } from '@naravard/fhir';
import { extreme } from '../fold.ts';
import { indexKey } from '../index-key.ts';
import type { IndexRows } from '../index-rows.ts';
import { existsRow, extremeOf } from '../index-table.ts';
import type { Parameter } from '../parameter.ts';
import type { SqlBuilder } from '../sql.ts';
import { noSystemKey, systemCodeKey, systemOnlyKey, tokenKey, tokenSort } from '../token-key.ts';
import { splitEscaped, unescapeValue } from '../value-syntax.ts';
import { badModifier, badValue } from './bad-value.ts';
import type { Face, Leaf, ParseContext, SortFace } from './face.ts';

/** `system` undefined: any; null: none. `code` undefined: any code of the system. */
export interface TokenValue {
  readonly system?: string | null;
  readonly code?: string;
}

export interface TokenCondition {
  readonly kind: 'token';
  readonly parameter: Parameter;
  readonly values: readonly TokenValue[];
  /** Keys of which the resource must have one, or else an identifier below. */
  readonly keys: readonly string[];
  readonly identifiers: readonly TokenValue[];
}

export const tokenFace: Face<TokenCondition> = {
  extract(parameter, { type }) {
    const { code: param } = parameter;
    switch (type) {
      case 'Coding':
        return codingLeaf(param);
      case 'CodeableConcept':
        return conceptLeaf(param);
      case 'Identifier':
        return identifierLeaf(param);
      case 'ContactPoint':
        return contactLeaf(param);
      case 'code':
      case 'boolean':
      case 'string':
      case 'uri':
        return plainLeaf(parameter);
      default:
        // `id` is the key row's own column.
        return undefined;
    }
  },

  parse(parameter, modifier, alternatives, context) {
    if (modifier) throw badModifier(parameter, modifier);
    const values = alternatives.map((text) => parseValue(parameter, text));
    return {
      kind: 'token',
      parameter,
      values,
      keys: hasTokens(parameter) ? values.flatMap((value) => keysOf(parameter, value, context)) : [],
      identifiers: has(parameter, 'Identifier')
        ? values.flatMap((each) => identifiersOf(each, context.now))
        : [],
    };
  },

  compile({ parameter, values, keys, identifiers }, alias, sql) {
    if (parameter.column === 'id') {
      return `${alias}.id = any(${sql.param(
        values.map((value) => value.code),
        'text[]',
      )})`;
    }
    const tests: string[] = [];
    // One key with @> and several with && : both are answered by the GIN index.
    if (keys.length)
      tests.push(`${alias}.tokens ${keys.length === 1 ? '@>' : '&&'} ${sql.param(keys, 'text[]')}`);
    if (identifiers.length) {
      const any = identifiers.map((test) => compileIdentifier(test, sql)).join(' or ');
      tests.push(existsRow('identifier', parameter, alias, `(${any})`));
    }
    return tests.length ? `(${tests.join(' or ')})` : 'false';
  },

  match({ parameter, values, keys, identifiers }, rows, key) {
    if (parameter.column === 'id') return values.some((value) => value.code === key.id);
    return (
      keys.some((each) => rows.tokens.includes(each)) ||
      rows.identifiers.some(
        (row) => row.param === parameter.stored && identifiers.some((test) => matchIdentifier(test, row)),
      )
    );
  },

  // Aliases of an identifier print alike: equal conditions are known by their printed form.
  print({ parameter, values, identifiers }) {
    return (hasTokens(parameter) || parameter.column === 'id' ? values : identifiers)
      .map(({ system, code }) => `${system === undefined ? '' : `${system ?? ''}|`}${code ?? ''}`)
      .join(' or ');
  },

  sort(parameter, descending, alias) {
    if (parameter.column === 'id') {
      return { sql: { expression: `${alias}.id`, type: 'text', nullable: false }, value: (_, key) => key.id };
    }
    return has(parameter, 'Identifier')
      ? identifierSort(parameter, descending, alias)
      : tokenSort(parameter.stored, descending, alias);
  },
};

interface Coded {
  readonly system?: unknown;
  readonly code?: unknown;
  readonly value?: unknown;
  readonly use?: unknown;
}

function codingLeaf(param: string): Leaf {
  return (value, rows) => {
    const { system, code } = value as Coded;
    addKeys(param, typeof system === 'string' ? system : null, typeof code === 'string' ? code : null, rows);
  };
}

function conceptLeaf(param: string): Leaf {
  const coding = codingLeaf(param);
  return (value, rows) => {
    const { coding: codings } = value as { coding?: unknown };
    if (Array.isArray(codings)) for (const each of codings) if (each) coding(each, rows);
  };
}

function identifierLeaf(param: string): Leaf {
  return (value, rows) => {
    const { system, value: text } = value as Coded;
    if (typeof text !== 'string') return;
    const canonical = canonicalIdentifier(typeof system === 'string' ? system : null, text);
    rows.identifiers.push({ param, ...stored(canonical) });
  };
}

/** The use (home, work, mobile) stands where a system would: `telecom=mobile|0701234567`. */
function contactLeaf(param: string): Leaf {
  return (value, rows) => {
    const { value: text, use } = value as Coded;
    if (typeof text === 'string')
      addKeys(param, typeof use === 'string' ? use : null, contactKey(text), rows);
  };
}

/** Types that carry no system; where a parameter also finds Codings they count as Codings without one. */
function plainLeaf(parameter: Parameter): Leaf {
  const { code: param } = parameter;
  const mixed = hasSystems(parameter);
  return (value, rows) => {
    const code = String(value);
    rows.tokens.add(tokenKey(param, code));
    if (mixed) rows.tokens.add(noSystemKey(param, code));
  };
}

function addKeys(
  param: string,
  system: string | null,
  code: string | null,
  rows: { tokens: Set<string> },
): void {
  if (system !== null) rows.tokens.add(systemOnlyKey(param, system));
  if (code === null) return;
  rows.tokens.add(tokenKey(param, code));
  rows.tokens.add(system === null ? noSystemKey(param, code) : systemCodeKey(param, system, code));
}

/** Telephone numbers without spaces, hyphens and brackets; addresses of e-mail in lower case. */
const contactKey = (text: string): string =>
  text.includes('@') ? text.trim().toLowerCase() : text.replace(/[\s()-]/g, '');

function parseValue(parameter: Parameter, text: string): TokenValue {
  if (parameter.column === 'id') return { code: unescapeValue(text) };
  const [first = '', second, ...more] = splitEscaped(text, '|').map(unescapeValue);
  if (more.length || (!first && !second)) {
    throw badValue(
      parameter,
      'write code, system|code, |code or system|; a | within a value is written \\|.',
    );
  }
  const written = second ?? first;
  const code = has(parameter, 'ContactPoint') ? contactKey(written) : written;
  if (second === undefined) return { code };
  return { system: first || null, ...(code && { code }) };
}

/** The token keys that satisfy a value; a code element has the systems of the value set it is bound to. */
function keysOf(parameter: Parameter, { system, code }: TokenValue, context: ParseContext): string[] {
  const { stored: param } = parameter;
  const systems = hasSystems(parameter);
  const plain = systems ? noSystemKey : tokenKey;
  if (system === undefined) return code === undefined ? [] : [tokenKey(param, code)];
  if (system === null) return code === undefined ? [] : [plain(param, code)];
  const bound = boundCodes(parameter, system, code, context).map((each) => plain(param, each));
  if (!systems) return bound;
  return [code === undefined ? systemOnlyKey(param, system) : systemCodeKey(param, system, code), ...bound];
}

function boundCodes(
  parameter: Parameter,
  system: string,
  code: string | undefined,
  context: ParseContext,
): string[] {
  const start = `${system}|`;
  return parameter.paths.flatMap(({ type, binding }) => {
    const codes = type === 'code' && binding !== null ? context.definitions.codes(binding) : undefined;
    if (!codes) return [];
    if (code !== undefined) return codes.has(start + code) ? [code] : [];
    return [...codes].filter((each) => each.startsWith(start)).map((each) => each.slice(start.length));
  });
}

/** A number without system is tried as each of the Swedish identifiers too, so that `19410314-9805` is found. */
function identifiersOf({ system, code }: TokenValue, now: number): TokenValue[] {
  if (code === undefined) {
    const canonical = canonicalIdentifier(system, '');
    return canonical.system === null ? [] : [{ system: indexKey(canonical.system) }];
  }
  if (system !== undefined) {
    const { value, ...rest } = stored(canonicalIdentifier(system, code, now));
    return [{ ...rest, code: value }];
  }
  const swedish = Object.values(identifierSystems)
    .map((each) => canonicalIdentifier(each, code, now))
    .filter(({ value }) => value !== code)
    .map((each) => ({ system: each.system, code: each.value }));
  return [{ code: indexKey(code) }, ...swedish];
}

const stored = ({ system, value }: { system: string | null; value: string }) => ({
  system: system && indexKey(system),
  value: indexKey(value),
});

function compileIdentifier({ system, code }: TokenValue, sql: SqlBuilder): string {
  const tests: string[] = [];
  if (code !== undefined) tests.push(`x.value = ${sql.param(code)}`);
  if (system === null) tests.push('x.system is null');
  else if (system !== undefined) tests.push(`x.system = ${sql.param(system)}`);
  return `(${tests.join(' and ')})`;
}

const matchIdentifier = (test: TokenValue, row: IndexRows['identifiers'][number]): boolean =>
  (test.code === undefined || test.code === row.value) &&
  (test.system === undefined || test.system === row.system);

const has = (parameter: Parameter, type: string): boolean =>
  parameter.paths.some((path) => path.type === type);

/** Whether any of its elements is found by the key row's tokens: ids and identifiers are not. */
const hasTokens = (parameter: Parameter): boolean =>
  parameter.paths.some(({ type }) => type !== 'Identifier' && type !== 'id');

const hasSystems = (parameter: Parameter): boolean =>
  has(parameter, 'Coding') || has(parameter, 'CodeableConcept') || has(parameter, 'ContactPoint');

function identifierSort(parameter: Parameter, descending: boolean, alias: string): SortFace {
  return {
    sql: {
      expression: extremeOf('identifier', parameter, alias, 'x.value', descending),
      type: 'text',
      nullable: true,
    },
    value: (rows) =>
      extreme(
        rows.identifiers.filter((row) => row.param === parameter.stored).map((row) => row.value),
        descending,
      ),
  };
}
