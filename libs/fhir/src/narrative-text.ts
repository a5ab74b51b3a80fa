// http://hl7.org/fhir/R4/narrative.html
import { readableText } from './validate/xhtml-entities.ts';
import { xhtmlTokens } from './validate/xhtml-tokens.ts';

/**
 * The text of a narrative's `div` without markup, comments and attributes; what follows a fault in it is left out.
 * Elements end words: `<td>a</td><td>b</td>` is `a b`, which within a word (`<b>S</b>amordnad`) parts it.
 */
export function narrativeText(div: string): string {
  const texts: string[] = [];
  for (const token of xhtmlTokens(div, () => {}))
    if (token.kind === 'text') texts.push(readableText(token.text));
  return texts.join(' ');
}
