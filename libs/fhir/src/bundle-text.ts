import { elementsOf, membersOf, skipSpace } from './spans.ts';

/** The text of each `Bundle.entry.resource`, undefined where an entry has none. */
export function bundleEntries(text: string): (string | undefined)[] {
  const entry = membersOf(text, skipSpace(text, 0)).find(({ name }) => name === 'entry');
  if (!entry || text[entry.start] !== '[') return [];
  return elementsOf(text, entry.start).map(({ start }) => {
    const resource = text[start] === '{' && membersOf(text, start).find(({ name }) => name === 'resource');
    return resource ? text.slice(resource.start, resource.end) : undefined;
  });
}

const conditional = /"reference"\s*:\s*("[A-Z][A-Za-z]+\?(?:[^"\\]|\\.)*")/g;

/** The conditional references (`Practitioner?identifier=...`) of a resource's text, each once. */
export function conditionalReferences(text: string): string[] {
  return [
    ...new Set([...text.matchAll(conditional)].map(([, literal]) => JSON.parse(literal ?? '""') as string)),
  ];
}

const urn = /("value"\s*:\s*)?"(urn:(?:uuid|oid):[^"\\]+)"/g;
const link = /((?:href|src)=\\")(urn:(?:uuid|oid):[^"\\]+)/g;

/**
 * Puts the new address wherever a resource's text refers to an old one: references, uri elements and links of the
 * narrative, but never `value` (an Identifier keeps its urn). http://hl7.org/fhir/R4/http.html#trules
 */
export function replaceReferences(text: string, addresses: ReadonlyMap<string, string>): string {
  return text
    .replace(urn, (whole, value: string | undefined, old: string) => {
      const address = value === undefined ? addresses.get(old) : undefined;
      return address === undefined ? whole : JSON.stringify(address);
    })
    .replace(link, (whole, before: string, old: string) => {
      const address = addresses.get(old);
      return address === undefined ? whole : before + address;
    })
    .replace(conditional, (whole, literal: string) => {
      const address = addresses.get(JSON.parse(literal) as string);
      return address === undefined ? whole : `"reference":${JSON.stringify(address)}`;
    });
}
