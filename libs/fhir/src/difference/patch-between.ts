import { type Exact, type ExactObject, isExactObject, readExact } from '../exact-json.ts';
import { Problem } from '../outcome.ts';
import type { ElementTypes } from '../patch-path.ts';
import { type Element, elementsIn, type Found, foundIn, isPrimitive, sameElement } from './elements.ts';
import { asPart } from './value-part.ts';

/** Where two values of one type stand, and what is said of them. */
interface Place {
  readonly types: ElementTypes;
  /** FHIRPath of the two. */
  readonly path: string;
  readonly type: string;
  readonly operations: ExactObject[];
}

/**
 * The FHIRPath Patch (http://hl7.org/fhir/R4/fhirpatch.html), as text, that turns one resource into another of its type:
 * `applyFhirPathPatch` of it gives `after`, in its digits; the order of members aside. It says nothing of id, versionId and
 * lastUpdated, which the server keeps, nor of the rest of meta without `meta`. Lists are compared from both ends, and what lies
 * between member by member, so that a member in the middle that was moved is said as changed.
 * @throws Problem 'unprocessable' for what no such patch can say
 */
export function patchBetween(
  before: string,
  after: string,
  types: ElementTypes,
  { meta }: { meta: boolean },
): string {
  const [from, to] = [readExact(before), readExact(after)] as [ExactObject, ExactObject];
  const type = String(to.resourceType);
  const operations: ExactObject[] = [];
  const hasMeta = isExactObject(from.meta);
  objects({ types, path: type, type, operations }, kept(from, meta, hasMeta), kept(to, meta, hasMeta));
  const parameter = operations.map((part) => ({ name: 'operation', part: part.part }));
  return JSON.stringify({ resourceType: 'Parameters', ...(parameter.length && { parameter }) });
}

/** A resource without what the server keeps; `even`: with a meta that has nothing else, since there is one to add to. */
function kept({ id: _id, meta, ...rest }: ExactObject, withMeta: boolean, even: boolean): ExactObject {
  if (!withMeta) return rest;
  const { versionId: _version, lastUpdated: _time, ...own } = isExactObject(meta) ? meta : {};
  return even || Object.keys(own).length ? { ...rest, meta: own } : rest;
}

/** What is to come stands before what is to go, since an element that loses all its parts goes with them. */
function objects(place: Place, from: ExactObject, to: ExactObject): void {
  const last: (() => void)[] = [];
  for (const element of elementsIn(place.types, place.type, from, to)) {
    const [old, next] = [foundIn(from, element), foundIn(to, element)];
    const at = stepTo(place, element.name);
    if (old && next && sameElement(old, next)) continue;
    if (isValueless(old) || isValueless(next)) throw unsayable(at);
    if (!next) last.push(() => removeAll(place, at, old?.list));
    else if (!old) addAll(place, element, next.list ?? [next.one]);
    else if (old.list && next.list) lists(place, at, old.list, next.list);
    else if (old.one && next.one) single(place, at, old.one, next.one);
  }
  for (const remove of last) remove();
}

/** From the end, so that the others keep their places. */
function removeAll(place: Place, at: string, list: readonly Element[] | undefined): void {
  if (!list) say(place, 'delete', at);
  else for (const index of list.keys()) say(place, 'delete', `${at}[${list.length - 1 - index}]`);
}

function addAll(
  place: Place,
  { name }: { readonly name: string },
  members: readonly (Element | undefined)[],
): void {
  for (const member of members) {
    if (member)
      say(place, 'add', place.path, { name: 'name', valueString: name }, asPart(place.types, member));
  }
}

/** Both have members. */
function lists(place: Place, at: string, old: readonly Element[], next: readonly Element[]): void {
  const most = Math.min(old.length, next.length);
  let start = 0;
  while (start < most && sameElement({ one: old[start] }, { one: next[start] })) start++;
  let end = 0;
  while (end < most - start && sameElement({ one: old.at(-1 - end) }, { one: next.at(-1 - end) })) end++;
  const [going, coming] = [old.slice(start, old.length - end), next.slice(start, next.length - end)];
  for (const [index, member] of coming.entries()) {
    const was = going[index];
    if (was) single(place, `${at}[${start + index}]`, was, member);
    else insert(place, at, start + index, member);
  }
  for (let index = going.length - 1; index >= coming.length; index--)
    say(place, 'delete', `${at}[${start + index}]`);
}

function insert(place: Place, at: string, index: number, member: Element): void {
  const number = readExact(String(index));
  say(place, 'insert', at, { name: 'index', valueInteger: number }, asPart(place.types, member));
}

/** Two values in one place. */
function single(place: Place, at: string, old: Element, next: Element): void {
  const { types, operations } = place;
  if (sameElement({ one: old }, { one: next })) return;
  const isWithin =
    old.type === next.type &&
    !isWhole(types, next.type) &&
    isExactObject(old.value) &&
    isExactObject(next.value);
  if (!isWithin) return say(place, 'replace', at, asPart(types, next));
  const inner: ExactObject[] = [];
  try {
    objects(
      { types, path: at, type: next.type, operations: inner },
      old.value as ExactObject,
      next.value as ExactObject,
    );
    operations.push(...inner);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(place, 'replace', at, asPart(types, next));
  }
}

/** Types whose values are said whole: what is within them cannot be named, or says little by itself. */
const isWhole = (types: ElementTypes, type: string): boolean =>
  isPrimitive(types, type) ||
  type === 'Narrative' ||
  type === 'Extension' ||
  types.type(type)?.kind === 'resource';

/** Words of FHIRPath, that an element of the same name would be taken for. */
const words = new Set('and as contains div implies in is mod or xor true false'.split(' '));

function stepTo({ path }: Place, name: string): string {
  return words.has(name) ? `${path}.\`${name}\`` : `${path}.${name}`;
}

/** A list of primitives of which none has a value, but ids or extensions: a patch cannot point into it. */
const isValueless = (found: Found | undefined): boolean =>
  found?.list?.every(({ value }) => value === null) ?? false;

/** What holds the element is replaced, unless that is the resource. */
const unsayable = (path: string): Problem =>
  new Problem('unprocessable', {
    severity: 'error',
    expression: path,
    diagnostics: 'A FHIRPath Patch cannot say how this changed: read both versions and compare them.',
  });

function say({ operations }: Place, type: string, path: string, ...more: readonly ExactObject[]): void {
  const part: Exact[] = [{ name: 'type', valueCode: type }, { name: 'path', valueString: path }, ...more];
  operations.push({ part });
}
