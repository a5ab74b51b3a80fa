/**
 * Separators and escapes of parameter values (http://hl7.org/fhir/R4/search.html#escaping): `,` `|` and `$` separate
 * unless a backslash stands before them. A backslash before anything else is itself.
 */
type Separator = ',' | '|' | '$';

/** The parts between unescaped separators, still escaped. One pass, no backtracking. */
export function splitEscaped(text: string, separator: Separator): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

export const escapeValue = (text: string): string => text.replace(/[,|$\\]/g, '\\$&');

export const unescapeValue = (text: string): string => text.replace(/\\([,|$\\])/g, '$1');

/** A value of a parameter, percent-encoded as little as a query allows: `status=active,draft` stays readable. */
export const encodeValue = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(/%(2C|3A|2F|24)/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
