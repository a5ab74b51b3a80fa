// http://hl7.org/fhir/R4/search.html#summary and #elements
import { type Definitions, hasElement, Problem, type Subset, type WantedElement } from '@naravard/fhir';
import { nearMiss } from './near-miss.ts';
import { shown } from './shown.ts';

/** Values of `_summary`; `count` is the total alone, which only a search has. */
const summaries: ReadonlySet<string> = new Set(['true', 'text', 'data', 'count', 'false']);

export type Summary = 'true' | 'text' | 'data' | 'count' | 'false';

/** @throws Problem 'bad-request'. */
export function parseSummary(value: string): Summary {
  if (summaries.has(value)) return value as Summary;
  throw bad('_summary', 'write true, text, data, count or false.');
}

/**
 * Reads `_elements=status,CareTeam.name`: elements of the resource itself, of every match or of one type.
 * @throws Problem 'bad-request' that names an element that none of the types has.
 */
export function parseElements(
  definitions: Definitions,
  types: readonly string[],
  value: string,
): WantedElement[] {
  return value.split(',').map((written) => {
    const [, type = null, name = ''] = /^(?:([A-Z][A-Za-z]*)\.)?([A-Za-z]+(?:\[x\])?)$/.exec(written) ?? [];
    const owners = type === null ? types : [type];
    if (
      owners.some((owner) => definitions.resourceTypes.has(owner) && hasElement(definitions, owner, name))
    ) {
      return { type, name };
    }
    throw bad('_elements', advice(definitions, owners, written, name));
  });
}

function advice(definitions: Definitions, owners: readonly string[], written: string, name: string): string {
  if (!/^[A-Za-z.[\]]{1,64}$/.test(written)) return 'write names of elements with commas between them.';
  if (/^[a-z].*\.|\..*\./.test(written)) {
    return `'${shown(written)}' goes too deep; name elements of the resource itself.`;
  }
  const unknown = owners.find((owner) => !definitions.resourceTypes.has(owner));
  if (unknown !== undefined) return `'${shown(unknown)}' is no resource type.`;
  const names = owners.flatMap((owner) => [...(definitions.type(owner)?.elements.keys() ?? [])]);
  const near = nearMiss(name, names);
  const where = owners.length > 3 ? 'any of the types' : owners.join(', ');
  return `there is no element '${shown(written)}' in ${where}${near ? `; did you mean '${near}'?` : '.'}`;
}

/**
 * What `_summary` and `_elements` ask for together; null: whole resources.
 * @throws Problem 'bad-request' where R4 leaves no meaning.
 */
export function subsetOf(
  summary: Summary | null,
  elements: readonly WantedElement[] | null,
  includes: boolean,
): Subset | null {
  if (elements && summary !== null && summary !== 'false') {
    throw bad('_elements', 'it and _summary both say what to leave out; give one of them.');
  }
  if (summary === 'text' && includes) {
    throw bad('_summary', 'text cannot be mixed with _include and _revinclude; use data or true.');
  }
  if (elements) return { kind: 'elements', elements };
  switch (summary) {
    case 'true':
      return { kind: 'summary' };
    case 'text':
    case 'data':
      return { kind: summary };
    case 'count':
    case 'false':
    case null:
      return null;
    default:
      return summary satisfies never;
  }
}

/**
 * The same for a read (http://hl7.org/fhir/R4/http.html#summary), whose other parameters are not looked at.
 * @throws Problem 'bad-request'.
 */
export function parseSubset(
  definitions: Definitions,
  type: string,
  parameters: readonly (readonly [string, string])[],
): Subset | null {
  let summary: Summary | null = null;
  let elements: WantedElement[] | null = null;
  for (const [name, value] of parameters) {
    if (value === '') continue;
    if (name === '_summary' && summary === null) summary = parseSummary(value);
    else if (name === '_elements' && elements === null) elements = parseElements(definitions, [type], value);
    else if (name === '_summary' || name === '_elements') throw bad(name, 'give it once only.');
  }
  if (summary === 'count') throw bad('_summary', 'count is for searches; write true, text, data or false.');
  return subsetOf(summary, elements, false);
}

/** The subset in a short readable form. */
export function printSubset(subset: Subset): string {
  if (subset.kind !== 'elements') return subset.kind;
  const names = subset.elements.map(({ type, name }) => (type === null ? name : `${type}.${name}`));
  return `elements ${names.join(',')}`;
}

const bad = (name: string, advice: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    expression: name,
    diagnostics: `The value of '${name}' cannot be used: ${advice}`,
  });
