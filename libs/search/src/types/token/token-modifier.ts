// http://hl7.org/fhir/R4/search.html#modifiers
import { Problem } from '@naravard/fhir';
import type { Parameter } from '../../catalog/parameter.ts';
import { splitEscaped, unescapeValue } from '../../parse/value-syntax.ts';
import { badModifier, badValue } from '../bad-value.ts';
import type { ParseContext, Parsed } from '../face.ts';
import { fold } from '../string/fold.ts';
import { absentKey, belowKey, tokenKey, typedKey } from './token-key.ts';
import {
  bindings,
  has,
  hasSystems,
  identifiersOf,
  isCoded,
  isMime,
  keysOf,
  mimeBase,
  parseValue,
  soleCode,
  type TokenCondition,
  type TokenValue,
} from './token-value.ts';

/** A value set with more codes is refused: each code is looked up in the index. */
const MAX_EXPANSION = 1000;

/** What the values of one parameter and modifier look for. */
type Sought = Omit<TokenCondition, 'kind' | 'parameter' | 'modifier'>;

/** Reads the alternatives under a modifier. Throws Problems that name parameter and modifier. */
export function parseToken(
  parameter: Parameter,
  modifier: string | null,
  alternatives: readonly string[],
  context: ParseContext,
): Parsed<TokenCondition> {
  const allowed = modifiersOf(parameter, context);
  if (modifier !== null && !allowed.includes(modifier)) throw badModifier(parameter, modifier, allowed);
  const leaf = (sought: Sought, shown: string | null): TokenCondition => ({
    kind: 'token',
    parameter,
    modifier: shown,
    ...sought,
  });
  switch (modifier) {
    case null:
      return leaf(plain(parameter, alternatives, context), null);
    case 'not': {
      const sought = plain(parameter, alternatives, context);
      const others = allBut(parameter, sought, context);
      return others ? leaf(others, null) : { kind: 'not', condition: leaf(sought, null) };
    }
    case 'in':
    case 'not-in': {
      const condition = leaf(inValueSets(parameter, modifier, alternatives, context), 'in');
      return modifier === 'in' ? condition : { kind: 'not', condition };
    }
    case 'above':
    case 'below':
      return leaf(
        parameter.paths.some(isMime)
          ? ofMimeType(parameter, alternatives)
          : subsumed(parameter, modifier, alternatives, context),
        modifier,
      );
    case 'of-type':
      return leaf(ofType(parameter, alternatives, context), modifier);
    case 'text':
      return leaf(textual(parameter, alternatives, context), modifier);
    default:
      throw badModifier(parameter, modifier, allowed);
  }
}

/** Modifiers that make sense for the types of its elements, beside `missing`. */
function modifiersOf(parameter: Parameter, context: ParseContext): string[] {
  const identifies = has(parameter, 'Identifier');
  const coded = isCoded(parameter) || bindings(parameter, context).length > 0;
  return [
    'not',
    ...(coded || identifies ? ['text'] : []),
    ...(coded ? ['in', 'not-in', 'above', 'below'] : []),
    ...(parameter.paths.some(isMime) ? ['below'] : []),
    ...(identifies ? ['of-type'] : []),
  ];
}

const NOTHING = { keys: [], identifiers: [], texts: [] } as const;

function plain(parameter: Parameter, alternatives: readonly string[], context: ParseContext): Sought {
  const values = alternatives.map((text) => parseValue(parameter, text));
  return {
    ...NOTHING,
    values,
    keys: values.flatMap((value) => keysOf(parameter, value, context)),
    identifiers: values.flatMap((value) => identifiersOf(parameter, value, context.now)),
  };
}

/**
 * `:not` of an element that always has one code of a known list asks for the other codes, or for none with a reason, so
 * that the index answers: `status:not=finished`. Undefined for other parameters.
 */
function allBut(parameter: Parameter, sought: Sought, context: ParseContext): Sought | undefined {
  const [valueSet] = bindings(parameter, context);
  if (!soleCode(parameter) || valueSet === undefined) return undefined;
  const codes = [...(context.definitions.codes(valueSet) ?? [])].filter((code) => !code.includes('|'));
  const key = (code: string): string => tokenKey(parameter.stored, code);
  const rest = codes.filter((code) => !sought.keys.includes(key(code)));
  return {
    ...NOTHING,
    values: [...rest.map((code) => ({ code })), { code: 'none' }],
    keys: [...rest.map(key), absentKey(parameter.stored)],
  };
}

function inValueSets(
  parameter: Parameter,
  modifier: string,
  alternatives: readonly string[],
  context: ParseContext,
): Sought {
  const urls = alternatives.map(unescapeValue);
  const codes = naming(parameter, modifier, () => urls.flatMap((url) => context.terminology.expand(url)));
  checkExpansion(parameter, modifier, codes.length);
  return {
    ...NOTHING,
    values: urls.map((code) => ({ code })),
    keys: codes.flatMap(({ system, code }) => keysOf(parameter, { system, code }, context)),
  };
}

function checkExpansion({ code }: Parameter, modifier: string, codes: number): void {
  if (codes <= MAX_EXPANSION) return;
  throw new Problem('too-costly', {
    severity: 'error',
    expression: `${code}:${modifier}`,
    diagnostics:
      `This asks for ${codes} codes; a search takes at most ${MAX_EXPANSION}.` +
      ` Name a smaller value set or a lower code, or the codes themselves.`,
  });
}

function subsumed(
  parameter: Parameter,
  modifier: 'above' | 'below',
  alternatives: readonly string[],
  context: ParseContext,
): Sought {
  const values = alternatives.map((text) => parseValue(parameter, text));
  const keys = new Set<string>();
  let codes = 0;
  for (const value of values) {
    for (const { system, code } of systemsOf(parameter, value, context)) {
      const found = naming(parameter, modifier, () => context.terminology[modifier](system, code));
      codes += found.length;
      checkExpansion(parameter, modifier, codes);
      for (const each of found)
        for (const key of keysOf(parameter, { system, code: each }, context)) keys.add(key);
    }
  }
  return { ...NOTHING, values, keys: [...keys] };
}

/** R4: servers need "only support :below on the base part of the mime type". With parameters it is the type itself. */
function ofMimeType(parameter: Parameter, alternatives: readonly string[]): Sought {
  const values = alternatives.map((text) => parseValue(parameter, text));
  const keys = values.map(({ code }) => {
    if (code === undefined) throw badValue(parameter, 'write a MIME type such as text/xml.');
    return code.includes(';') ? tokenKey(parameter.stored, code) : belowKey(parameter.stored, mimeBase(code));
  });
  return { ...NOTHING, values, keys };
}

/** The code with its system, which a code element has from the value set it is bound to. */
function systemsOf(
  parameter: Parameter,
  { system, code }: TokenValue,
  context: ParseContext,
): { system: string; code: string }[] {
  if (system && code) return [{ system, code }];
  const found =
    system === undefined
      ? bindings(parameter, context).flatMap((valueSet) =>
          context.terminology.expand(valueSet).filter((each) => each.code === code),
        )
      : [];
  if (found.length) return found;
  throw badValue(
    parameter,
    hasSystems(parameter)
      ? 'write system|code, for a hierarchy is that of a code system.'
      : 'write one of the codes that the element can have.',
  );
}

/** `type-system|type-code|value`; the value may be in any form that a Swedish identifier has. */
function ofType(parameter: Parameter, alternatives: readonly string[], context: ParseContext): Sought {
  const values: TokenValue[] = [];
  const keys = alternatives.flatMap((text) => {
    const [system, code, value, ...more] = splitEscaped(text, '|').map(unescapeValue);
    if (!system || !code || !value || more.length) {
      throw badValue(parameter, 'write type-system|type-code|value, all three; a | within them is \\|.');
    }
    const forms = identifiersOf(parameter, { code: value }, context.now).map((each) => each.code ?? '');
    values.push({ system: `${system}|${code}`, code: value });
    return [...new Set(forms)].map((form) => typedKey(parameter.stored, system, code, form));
  });
  return { ...NOTHING, values, keys };
}

/** The beginning of a text or display, as of strings; of a code element that of its code's display in R4. */
function textual(parameter: Parameter, alternatives: readonly string[], context: ParseContext): Sought {
  const texts = alternatives.map((text) => fold(unescapeValue(text)));
  if (texts.includes('')) throw badValue(parameter, 'write at least one letter or digit.');
  const codes = bindings(parameter, context)
    .flatMap((valueSet) => context.terminology.expand(valueSet))
    .filter(({ display }) => display !== null && texts.some((text) => fold(display).startsWith(text)));
  return {
    values: texts.map((code) => ({ code })),
    keys: codes.flatMap(({ system, code }) => keysOf(parameter, { system, code }, context)),
    identifiers: [],
    texts: isCoded(parameter) || has(parameter, 'Identifier') ? texts : [],
  };
}

/** A Problem of the terminology, with the parameter that it came from. */
function naming<T>(parameter: Parameter, modifier: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const expression = `${parameter.code}:${modifier}`;
    throw new Problem(
      error.kind,
      error.findings.map((finding) => ({ ...finding, expression })),
    );
  }
}
