import { entityCharacter } from '../validate/entity-characters.ts';
import { narrativeFault } from '../validate/narrative.ts';
import { xhtmlNamespace } from './names.ts';

const named = /<!--.*?-->|&([A-Za-z][A-Za-z0-9]*);/gs;
const cdata = /<!--.*?-->|<!\[CDATA\[(.*?)\]\]>/gs;
const ofXml = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

/**
 * The `div` of a JSON narrative as it stands in XML: the same text, but for HTML's entities, which XML does not know and
 * which become numeric references, and space around the div. Undefined when it is not what R4 allows a narrative to be,
 * which must not become markup. http://hl7.org/fhir/R4/narrative.html
 */
export function narrativeToXml(div: string): string | undefined {
  if (narrativeFault(div) !== undefined) return undefined;
  return div.trim().replace(named, (whole, name?: string) => {
    if (name === undefined || ofXml.has(name)) return whole;
    const code = entityCharacter(name)?.codePointAt(0);
    return code === undefined ? whole : `&#${code};`;
  });
}

/**
 * The `div` of a JSON narrative from its source in XML, verbatim but for CDATA sections, which JSON narratives do not have, and
 * for the namespace where an element above has declared it.
 */
export function narrativeFromXml(source: string, declaresNamespace: boolean): string {
  const plain = source.includes('<![CDATA[')
    ? source.replace(cdata, (whole, text?: string) => (text === undefined ? whole : escaped(text)))
    : source;
  return declaresNamespace ? plain : plain.replace(/^<div/, `<div xmlns="${xhtmlNamespace}"`);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
