// http://hl7.org/fhir/R4/search.html#token
import type { Path } from '../../catalog/expression.ts';
import type { Parameter } from '../../catalog/parameter.ts';
import { splitEscaped, unescapeValue } from '../../parse/value-syntax.ts';
import { badValue } from '../bad-value.ts';
import type { ParseContext } from '../face.ts';
import { type IdentifierTest, identifierTests } from './identifier-test.ts';
import { noSystemKey, systemCodeKey, systemOnlyKey, tokenKey } from './token-key.ts';

/** `system` undefined: any; null: none. `code` undefined: any code of the system. */
export interface TokenValue {
  readonly system?: string | null;
  readonly code?: string;
}

/** The resource has one of the keys, one of the identifiers or one of the texts. */
export interface TokenCondition {
  readonly kind: 'token';
  readonly parameter: Parameter;
  /** For printing: one that changes what the values mean; `:not` stands around the condition. */
  readonly modifier: string | null;
  readonly values: readonly TokenValue[];
  readonly keys: readonly string[];
  readonly identifiers: readonly IdentifierTest[];
  /** Folded beginnings of a text or display. */
  readonly texts: readonly string[];
}

/** Telephone numbers without spaces, hyphens and brackets; addresses of e-mail in lower case. */
export const contactKey = (text: string): string =>
  text.includes('@') ? text.trim().toLowerCase() : text.replace(/[\s()-]/g, '');

/** A code element that every resource has once: what it can be, if not one of its codes, is absent with a reason. */
export function soleCode({ paths }: Parameter): Path | undefined {
  const [path, ...others] = paths;
  return path?.required && !path.many && !others.length && path.type === 'code' ? path : undefined;
}

const MIME_TYPES = 'http://hl7.org/fhir/ValueSet/mimetypes';

export const isMime = ({ type, binding }: Path): boolean => type === 'code' && binding === MIME_TYPES;

/** The type and subtype of a MIME type, without its parameters: `text/xml` of `text/xml; charset=UTF-8`. */
export const mimeBase = (text: string): string => text.split(';', 1).join('').trim().toLowerCase();

/** Reads `code`, `system|code`, `|code` or `system|`, still escaped. */
export function parseValue(parameter: Parameter, text: string): TokenValue {
  if (parameter.column === 'id') return { code: unescapeValue(text) };
  const [first = '', second, ...more] = splitEscaped(text, '|').map(unescapeValue);
  if (more.length || (!first && !second)) {
    throw badValue(
      parameter,
      'write code, system|code, |code or system|; a | within a value is written \\|.',
    );
  }
  const written = second ?? first;
  if (isBoolean(parameter) && written !== 'true' && written !== 'false') {
    throw badValue(parameter, 'write true or false.');
  }
  const code = has(parameter, 'ContactPoint') ? contactKey(written) : written;
  if (second === undefined) return { code };
  return { system: first || null, ...(code && { code }) };
}

const isBoolean = ({ paths }: Parameter): boolean => paths.every(({ type }) => type === 'boolean');

/** The token keys that satisfy a value; a code element has the systems of the value set it is bound to. */
export function keysOf(parameter: Parameter, value: TokenValue, context: ParseContext): readonly string[] {
  if (!hasTokens(parameter)) return [];
  return casesOf(parameter, value).flatMap((each) => keysOfCase(parameter, each, context));
}

/** R4: "If the underlying data type is string then the search is not case sensitive"; strings are kept in lower case. */
function casesOf(parameter: Parameter, value: TokenValue): TokenValue[] {
  const lower = value.code?.toLowerCase();
  if (lower === undefined || lower === value.code || !has(parameter, 'string')) return [value];
  return [value, { ...value, code: lower }];
}

function keysOfCase(
  parameter: Parameter,
  { system, code }: TokenValue,
  context: ParseContext,
): readonly string[] {
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
  return bindings(parameter, context).flatMap((valueSet) => {
    const codes = context.definitions.codes(valueSet);
    if (!codes) return [];
    if (code !== undefined) return codes.has(start + code) ? [code] : [];
    return [...codes].filter((each) => each.startsWith(start)).map((each) => each.slice(start.length));
  });
}

/** Value sets that its code elements are bound to, of those whose codes are known. */
export const bindings = (parameter: Parameter, { definitions }: ParseContext): string[] =>
  parameter.paths.flatMap(({ type, binding }) =>
    type === 'code' && binding !== null && definitions.codes(binding) ? [binding] : [],
  );

/** The tests of a value for the parameter's identifiers; none where it has no Identifier. */
export const identifiersOf = (parameter: Parameter, value: TokenValue, now: number): IdentifierTest[] =>
  has(parameter, 'Identifier') ? identifierTests(value, now) : [];

export const has = (parameter: Parameter, type: string): boolean =>
  parameter.paths.some((path) => path.type === type);

/** Whether any of its elements is found by the key row's tokens: a resource's id and identifiers are not. */
export const hasTokens = ({ column, paths }: Parameter): boolean =>
  column !== 'id' && paths.some(({ type }) => type !== 'Identifier');

/** Codings and concepts: what a code system says of codes can be asked of them. */
export const isCoded = (parameter: Parameter): boolean =>
  has(parameter, 'Coding') || has(parameter, 'CodeableConcept');

export const hasSystems = (parameter: Parameter): boolean =>
  isCoded(parameter) || has(parameter, 'ContactPoint');
