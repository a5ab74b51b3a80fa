// http://hl7.org/fhir/R4/search.html#text
import { type Definitions, narrativeText } from '@naravard/fhir';
import type { IndexRows } from '../rows/index-rows.ts';
import { wordsOf } from './words.ts';

/** What `_text` and `_content` find a resource by; undefined when it has no text. */
export type TextReader = (type: string, resource: unknown) => IndexRows['fullText'];

interface Texts {
  readonly narrative: string[];
  readonly content: string[];
}

type Visit = (value: unknown, texts: Texts) => void;
/** What to do with each property of a type; what has no text in it is not in the map. */
type Plan = ReadonlyMap<string, Visit>;

/** Types that are identifiers, addresses of machines, measures or keys, though they are made of strings. */
const MUTE: ReadonlySet<string> = new Set([
  'Identifier',
  'ContactPoint',
  'Meta',
  'Quantity',
  'SimpleQuantity',
  'Age',
  'Count',
  'Distance',
  'Duration',
  'Money',
  'Range',
  'Ratio',
  'SampledData',
  'Signature',
  'Expression',
]);

/**
 * Strings by type, but not for reading. The name in a Reference is another resource's: it would be found here when that one
 * has become protected (OSL 2009:400 22 kap 1 §), and its owner is searched by name in a chain.
 */
const MUTE_ELEMENTS: ReadonlySet<string> = new Set([
  'Reference.reference',
  'Reference.display',
  'Coding.version',
]);

/** Characters of each field that are searched, so that a tsvector (at most 1 MB) always holds them. */
const LONGEST = 100_000;

/** Between two texts: a stop word of Swedish, which leaves a gap, so that no phrase reaches over it. */
export const APART = ' och ';

/**
 * Takes the text for people from a resource: narrative, markdown and strings, those of contained resources and of
 * extensions too; not codes, identifiers, dates, addresses, references or the names in them. Each type is planned once.
 */
export function createTextReader(definitions: Definitions): TextReader {
  const plans = new Map<string, Plan>();
  const planOf = (type: string): Plan => {
    let plan = plans.get(type);
    if (!plan) {
      plan = planType(definitions, type, walk);
      plans.set(type, plan);
    }
    return plan;
  };
  /** Visits the properties that a value has, which are few of those that its type allows. */
  function walk(type: string, value: unknown, texts: Texts): void {
    if (typeof value !== 'object' || value === null) return;
    const plan = planOf(type);
    const node = value as Record<string, unknown>;
    for (const property in node) {
      const visit = plan.get(property);
      if (!visit) continue;
      const found = node[property];
      if (Array.isArray(found)) for (const each of found) visit(each, texts);
      else visit(found, texts);
    }
  }
  return (type, resource) => {
    const texts: Texts = { narrative: [], content: [] };
    walk(type, resource, texts);
    return texts.narrative.length || texts.content.length
      ? { narrative: joined(texts.narrative), content: joined(texts.content) }
      : undefined;
  };
}

function planType(
  definitions: Definitions,
  type: string,
  walk: (type: string, value: unknown, texts: Texts) => void,
): Plan {
  const plan = new Map<string, Visit>();
  for (const name of definitions.type(type)?.elements.keys() ?? []) {
    for (const child of definitions.children(type, name)) {
      const visit = MUTE_ELEMENTS.has(`${type}.${name}`)
        ? undefined
        : visitOf(definitions, name, child.type, walk);
      if (visit) plan.set(child.property, visit);
    }
  }
  return plan;
}

function visitOf(
  definitions: Definitions,
  name: string,
  type: string,
  walk: (type: string, value: unknown, texts: Texts) => void,
): Visit | undefined {
  if (MUTE.has(type)) return undefined;
  switch (type) {
    case 'string':
    case 'markdown':
      // Element.id is a string to R4.
      return name === 'id'
        ? undefined
        : (value, { content }) => void (typeof value === 'string' && content.push(value));
    case 'xhtml':
      return (value, { narrative }) =>
        void (typeof value === 'string' && narrative.push(narrativeText(value)));
    case 'Resource':
      return (value, texts) =>
        walk((value as { resourceType?: string } | null)?.resourceType ?? '', value, texts);
    default:
      return definitions.type(type)?.kind === 'primitive'
        ? undefined
        : (value, texts) => walk(type, value, texts);
  }
}

/** Texts that are repeated, as the display of a code often is its text, count once. */
function joined(texts: readonly string[]): string {
  let length = 0;
  const parts: string[] = [];
  for (const text of new Set(texts)) {
    const words = wordsOf(text.slice(0, LONGEST)).join(' ');
    if (!words) continue;
    length += words.length + APART.length;
    if (length > LONGEST)
      return [...parts, words.slice(0, Math.max(0, LONGEST - length + words.length))].join(APART);
    parts.push(words);
  }
  return parts.join(APART);
}
