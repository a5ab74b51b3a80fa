// http://hl7.org/fhir/R4/search.html#summary and #elements
import type { Definitions, ElementDefinition } from './definitions/definitions.ts';
import { elementsOf, type Member, membersOf, skipSpace } from './spans.ts';

/** An element that `_elements` asks for; of every match when `type` is null, else of that type, included ones as well. */
export interface WantedElement {
  readonly type: string | null;
  readonly name: string;
}

/**
 * The part of a resource that is asked for: `summary` the elements marked isSummary, `text` the narrative, `data` all
 * but the narrative. With all of them go id, meta, mandatory elements and elements that modify what the rest means.
 */
export type Subset =
  | { readonly kind: 'summary' }
  | { readonly kind: 'text' }
  | { readonly kind: 'data' }
  | { readonly kind: 'elements'; readonly elements: readonly WantedElement[] };

/** What a resource is in a Bundle. "The list of elements does not apply to included resources." */
export type SubsetRole = 'match' | 'include';

/** Cuts the text of a resource, as it is sent; what is kept keeps its digits. */
export type Subsetter = (text: string, subset: Subset, role?: SubsetRole) => string;

const tagSystem = 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue';
const tagCode = 'SUBSETTED';
const tag = `{"system":"${tagSystem}","code":"${tagCode}"}`;

/** Elements by JSON property (`valueQuantity`, `_status`), of each type as it is first met. */
type Properties = (type: string) => ReadonlyMap<string, { element: ElementDefinition; type: string }>;

/** Keeps what it learns of the types: an Encounter or CarePlan of 3,000 characters takes 4 to 11 us. */
export function createSubsetter(definitions: Definitions): Subsetter {
  const properties = createProperties(definitions);
  return (text, subset, role = 'match') => {
    const members = membersOf(text, skipSpace(text, 0));
    const type = typeOf(text, members);
    const wanted = wantedOf(definitions, subset, type, role);
    if (!wanted) return text;
    const known = properties(type);
    const kept: string[] = [];
    for (const member of members) {
      const { name, from, start, end } = member;
      const found = known.get(name);
      if (name === 'meta') kept.push(`"meta":${taggedMeta(text, member)}`);
      else if (always.has(name) || wanted(name, found?.element)) {
        const cut =
          subset.kind === 'summary' && found ? summarised(text, start, found.type, properties) : null;
        kept.push(cut === null ? text.slice(from, end) : `"${name}":${cut}`);
      }
    }
    if (!members.some(({ name }) => name === 'meta')) kept.push(`"meta":{"tag":[${tag}]}`);
    keepContained(text, members, kept);
    return `{${kept.join(',')}}`;
  };
}

const always: ReadonlySet<string> = new Set([
  'resourceType',
  'id',
  '_id',
  'implicitRules',
  'modifierExtension',
]);

/** Whether a member of the resource stays; undefined: all do, and the resource is not marked. */
function wantedOf(
  definitions: Definitions,
  subset: Subset,
  type: string,
  role: SubsetRole,
): ((name: string, element: ElementDefinition | undefined) => boolean) | undefined {
  switch (subset.kind) {
    case 'summary':
      return (_name, element) => element?.summary === true || isNeeded(element);
    case 'text':
      return (name, element) => name === 'text' || isNeeded(element);
    case 'data':
      return (name) => name !== 'text';
    case 'elements': {
      const own = subset.elements.filter((each) =>
        each.type === null ? role === 'match' : each.type === type,
      );
      // Named for other types only: nothing was said of this one.
      if (!own.length) return undefined;
      const names = new Set(own.flatMap(({ name }) => propertiesOf(definitions, type, name)));
      return (name, element) => names.has(name.replace(/^_/, '')) || isNeeded(element);
    }
    default:
      return subset satisfies never;
  }
}

const isNeeded = (element: ElementDefinition | undefined): boolean =>
  element !== undefined && (element.min > 0 || element.modifier);

/** The JSON properties that a name of `_elements` stands for: `value`, `value[x]` and `valueQuantity` are understood. */
const propertiesOf = (definitions: Definitions, type: string, name: string): readonly string[] =>
  definitions.children(type, name.replace(/\[x\]$/, '')).map(({ property }) => property);

/** Whether a type of resource has an element of this name, for the check of `_elements`. */
export const hasElement = (definitions: Definitions, type: string, name: string): boolean =>
  propertiesOf(definitions, type, name).length > 0;

/** The value without what is not part of a summary inside it; extensions go with the element that they stand on. */
function summarised(text: string, at: number, type: string, properties: Properties): string | null {
  const known = properties(type);
  if (!known.size || type === 'Extension') return null;
  if (text[at] === '[') {
    const items = elementsOf(text, at).map(
      ({ start, end }) => summarised(text, start, type, properties) ?? text.slice(start, end),
    );
    return `[${items.join(',')}]`;
  }
  if (text[at] !== '{') return null;
  const kept = membersOf(text, at).flatMap(({ name, from, start, end }) => {
    const found = known.get(name);
    if (!found || inner.has(name)) return [text.slice(from, end)];
    if (!found.element.summary && !isNeeded(found.element)) return [];
    const cut = summarised(text, start, found.type, properties);
    return [cut === null ? text.slice(from, end) : `"${name}":${cut}`];
  });
  // An element that holds nothing else is kept whole: JSON of FHIR has no empty objects.
  return kept.length ? `{${kept.join(',')}}` : null;
}

const inner: ReadonlySet<string> = new Set(['id', '_id', 'extension', 'modifierExtension']);

/** Contained resources stay where something that is kept refers to them; a reference to nothing is not valid. */
function keepContained(text: string, members: readonly Member[], kept: string[]): void {
  const contained = members.find(({ name }) => name === 'contained');
  const written = contained && text.slice(contained.from, contained.end);
  if (!written || kept.includes(written)) return;
  if (kept.some((each) => /"reference"\s*:\s*"#./.test(each))) kept.push(written);
}

/** Meta with the tag SUBSETTED, which says that the resource must not be sent back as it is. */
function taggedMeta(text: string, { start, end }: Member): string {
  const members = membersOf(text, start);
  const tags = members.find(({ name }) => name === 'tag');
  if (tags && isTagged(text.slice(tags.start, tags.end))) return text.slice(start, end);
  const rest = members.filter(({ name }) => name !== 'tag').map(({ from, end: to }) => text.slice(from, to));
  const others = tags ? elementsOf(text, tags.start).map((each) => text.slice(each.start, each.end)) : [];
  return `{${[...rest, `"tag":[${[...others, tag].join(',')}]`].join(',')}}`;
}

const isTagged = (tags: string): boolean =>
  (JSON.parse(tags) as { system?: string; code?: string }[]).some(
    ({ system, code }) => system === tagSystem && code === tagCode,
  );

function typeOf(text: string, members: readonly Member[]): string {
  const member = members.find(({ name }) => name === 'resourceType');
  return member ? (JSON.parse(text.slice(member.start, member.end)) as string) : '';
}

function createProperties(definitions: Definitions): Properties {
  const made = new Map<string, ReturnType<Properties>>();
  return (type) => {
    const known = made.get(type);
    if (known) return known;
    const found = new Map<string, { element: ElementDefinition; type: string }>();
    const definition = definitions.type(type);
    for (const element of definition?.kind === 'primitive' ? [] : (definition?.elements.values() ?? [])) {
      for (const { property, type: of } of definitions.children(type, element.name)) {
        found.set(property, { element, type: of });
        found.set(`_${property}`, { element, type: 'Element' });
      }
    }
    made.set(type, found);
    return found;
  };
}
