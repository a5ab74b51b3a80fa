import { type Designation, displayIn, type ExpandedCode, isIn } from '@naravard/terminology';

/** How codes are shown. */
export interface Shown {
  readonly language: string | undefined;
  /** Tokens (`system|code`) of a use or a language that designations must have; empty = all of them, undefined = none. */
  readonly designations: readonly string[] | undefined;
  languageOf(system: string): string | null | undefined;
}

export interface Nested {
  readonly code: ExpandedCode;
  readonly within: readonly Nested[];
}

/** http://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.expansion.contains */
export function containedOf({ code: each, within }: Nested, shown: Shown): object {
  const { system, version, code, abstract, inactive, designations } = each;
  const display =
    shown.language === undefined ? each.display : displayIn(each, shown.language, shown.languageOf(system));
  const designation = shown.designations ? designations.filter(isAsked(shown.designations)) : [];
  return {
    system,
    ...(abstract && { abstract }),
    ...(inactive && { inactive }),
    ...(version !== null && { version }),
    code,
    ...(display !== null && { display }),
    ...(designation.length && { designation }),
    ...(within.length && { contains: within.map((inner) => containedOf(inner, shown)) }),
  };
}

/** The system of languages in a token: `urn:ietf:bcp:47|sv`. */
const languages = 'urn:ietf:bcp:47';

const isAsked =
  (tokens: readonly string[]) =>
  ({ use, language }: Designation): boolean =>
    !tokens.length ||
    tokens.some((token) => {
      const [system = '', code] = token.split('|');
      if (code === undefined)
        return use?.code === system || (language !== undefined && isIn(system, language));
      if (system === languages) return language !== undefined && isIn(code, language);
      return use?.system === system && (code === '' || use.code === code);
    });
