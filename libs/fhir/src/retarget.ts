import { parseReference } from './reference.ts';

const literal = /("reference"\s*:\s*)("(?:[^"\\]|\\.)*")/g;

/**
 * A resource's text in which what refers to `from` (`Type/id`), or to a version of it, refers to `to`; absolute references
 * under our own `base` too. Nothing else of the text is changed.
 */
export function retargeted(text: string, from: string, to: string, base: string): string {
  return text.replace(literal, (whole, before: string, held: string) => {
    const parsed = parseReference(JSON.parse(held) as string, base);
    if (parsed.kind !== 'relative' || `${parsed.type}/${parsed.id}` !== from) return whole;
    return before + JSON.stringify(to);
  });
}
