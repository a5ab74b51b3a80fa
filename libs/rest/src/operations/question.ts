import { isNameable, Problem } from '@naravard/fhir';
import { limitOf } from '../audit/access-log.ts';
import type { Call } from '../call.ts';

/** What an operation was asked in the address; undefined where it was not. */
export interface Question<Name extends string> {
  text(name: Name): string | undefined;
  /** One of these codes. @throws Problem 'bad-request' */
  code<Code extends string>(name: Name, codes: readonly Code[]): Code | undefined;
  /** The first and the last instant of a FHIR date or instant, of a whole day at most. @throws Problem 'bad-request' */
  time(name: Name): { start: string; end: string } | undefined;
}

/**
 * The parameters in the address of an operation that knows these names and no others, each once, so that none is overlooked.
 * @throws Problem 'unknown-parameter' or 'bad-request'
 */
export function questionOf<Name extends string>(
  { query }: Pick<Call, 'query'>,
  ...known: readonly Name[]
): Question<Name> {
  const given = new Map<string, string>();
  for (const [name, value] of query) {
    if (!known.some((each) => each === name)) throw unknownParameter(name, known);
    if (given.has(name)) throw unfit(name, `Give ${name} once.`);
    given.set(name, value);
  }
  return {
    text: (name) => given.get(name),
    code(name, codes) {
      const value = given.get(name);
      const code = codes.find((each) => each === value);
      if (value === undefined || code !== undefined) return code;
      throw unfit(name, `${name} must be one of: ${codes.join(', ')}.`);
    },
    time(name) {
      const value = given.get(name);
      if (value === undefined) return undefined;
      if (value.length >= 'YYYY-MM-DD'.length) return limitOf(name, value);
      throw unfit(name, `${name} must be a day or an instant, for example 2026-11-23.`);
    },
  };
}

/** 400: `name` is what the caller sent, and is repeated unless it may be personal data. */
export const unknownParameter = (name: string, known: readonly string[]): Problem =>
  new Problem('unknown-parameter', {
    severity: 'error',
    diagnostics: knownHere(known),
    ...(isNameable(name) && { expression: name }),
  });

/** What is told to who sends another parameter than these. */
export const knownHere = (known: readonly string[]): string =>
  known.length
    ? `Only these parameters are known here: ${known.join(', ')}.`
    : 'No parameters are known here: leave them out.';

const unfit = (expression: string, diagnostics: string): Problem =>
  new Problem('bad-request', { severity: 'error', expression, diagnostics });
