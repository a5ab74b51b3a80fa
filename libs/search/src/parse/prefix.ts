/** Comparison prefixes of dates, numbers and quantities: http://hl7.org/fhir/R4/search.html#prefix */
export type Prefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap';

const PREFIXED = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)(.*)$/s;

export function splitPrefix(text: string): { prefix: Prefix; rest: string } {
  const match = PREFIXED.exec(text);
  return match ? { prefix: match[1] as Prefix, rest: match[2] ?? '' } : { prefix: 'eq', rest: text };
}
