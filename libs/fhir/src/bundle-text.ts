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
  if (!text.includes('?')) return [];
  return [
    ...new Set([...text.matchAll(conditional)].map(([, literal]) => JSON.parse(literal ?? '""') as string)),
  ];
}

const uriLike = 'reference|[a-z]{0,60}(?:uri|url|canonical|uuid|oid)';
const string = String.raw`"(?:[^"\\]|\\.)*"`;
/** A reference or uri-like member with its string or its array of strings, or the narrative. */
const holder = new RegExp(
  String.raw`("(?:${uriLike})"\s*:\s*)(${string}|\[[^\]{]*\])|"div"\s*:\s*${string}`,
  'gi',
);
const whole = /"((?:urn:(?:uuid|oid):|[A-Z][A-Za-z]+\?)(?:[^"\\]|\\.)*)"/g;
const link = /((?:href|src)=(?:\\"|'))(urn:(?:uuid|oid):[^"'\\]+)/g;

/**
 * Puts the new address wherever a resource's text refers to an old one: references, uri-like elements (known by their
 * names, `valueUri`, `url`) and links of the narrative. Free text that is equal to an address stays, and so do `system`
 * and `value` of an Identifier. http://hl7.org/fhir/R4/http.html#trules
 */
export function replaceReferences(text: string, addresses: ReadonlyMap<string, string>): string {
  return text.replace(holder, (found, name: string | undefined, held: string | undefined) => {
    if (name === undefined || held === undefined) {
      return found.replace(link, (all, before: string, old: string) => {
        const address = addresses.get(old);
        return address === undefined ? all : before + address;
      });
    }
    const replaced = held.replace(whole, (literal) => {
      const address = addresses.get(JSON.parse(literal) as string);
      return address === undefined ? literal : JSON.stringify(address);
    });
    return name + replaced;
  });
}
