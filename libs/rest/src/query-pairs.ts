import { isNameable, Problem } from '@naravard/fhir';
import type { Pair } from './call.ts';

/**
 * Decodes a query string or form body in order, strictly: malformed escapes, broken UTF-8 and NUL are refused, since a
 * value that was read as something else would search for something else. No parameter has a name that is free text or
 * holds a long number: such a name, which may be a personnummer, becomes `parameter-3`, so that errors can tell its place.
 * Chains and `_has` make long names; errors cut what they repeat of them.
 */
export function parsePairs(text: string): Pair[] {
  if (text === '') return [];
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part, index) => {
      const at = part.indexOf('=');
      const name = decode(at < 0 ? part : part.slice(0, at));
      const value = at < 0 ? '' : decode(part.slice(at + 1));
      return [isNameable(name, longestName) ? name : `parameter-${index + 1}`, value];
    });
}

/** Characters: five links of `_has` with the longest names of R4 take about 400. */
const longestName = 512;

function decode(text: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new Problem('bad-request', 'The parameters are not percent-encoded UTF-8: encode % as %25.');
  }
  if (decoded.includes('\0'))
    throw new Problem('bad-request', 'A parameter holds a NUL character: remove it.');
  return decoded;
}

/** The query string of a URL or of Bundle.entry.request.url, without the question mark. */
export function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}
