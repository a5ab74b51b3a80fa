import type { Exact, ExactObject } from './exact-json.ts';
import { copyExact, isExactObject, readExact } from './exact-json.ts';
import type { Pointer } from './json-pointer.ts';
import { arrayIndex, valueAt } from './json-pointer.ts';
import { Problem } from './outcome.ts';
import { checkIdentity, isProtected, maxOperations, typeOf } from './patch-limits.ts';
import type { PathOperation } from './patch-operation.ts';
import { readOperations } from './patch-operation.ts';
import type { ElementTypes } from './patch-path.ts';
import { locate, pathFault, typeAt } from './patch-path.ts';
import type { Placed } from './patch-value.ts';
import { placeValue, setMember, spliceList } from './patch-value.ts';

/** Characters of the resource times operations: each operation reads the resource once, at about 3.5 MB a second. */
const maxWork = 10_000_000;

interface Patching {
  document: Exact;
  resourceType: string;
  types: ElementTypes;
  /** Where the operation stands in the patch, for errors. The path is not quoted: it may hold a personnummer. */
  at: string;
}

/** An element that repeats: `holder[property]` is, or would be, its list. */
interface List {
  holder: ExactObject;
  property: string;
  pointer: Pointer;
  length: number;
}

/**
 * Applies a FHIRPath Patch, a Parameters resource, to a resource's text: all of its operations or none
 * (http://hl7.org/fhir/R4/fhirpatch.html). `types` (loadDefinitions) says which elements repeat and of what type they
 * are. What it does not touch, and what it brings, keeps its digits. The result is still to be validated. An element
 * that loses its last part goes too. The extensions of a primitive cannot be addressed: JSON Patch can (`/_birthDate`).
 * @throws Problem 'structure' when the patch is not one; 'unprocessable' when a path does not give what the operation
 *   needs or the server keeps it; 'too-costly' when it has too many operations for the resource's size.
 */
export function applyFhirPathPatch(text: string, parametersText: string, types: ElementTypes): string {
  const before = readExact(text);
  const operations = readOperations(readExact(parametersText));
  if (operations.length > maxOperations || operations.length * text.length > maxWork) {
    throw new Problem(
      'too-costly',
      'The patch has too many operations for the size of the resource: send it by PUT.',
    );
  }
  const patching: Patching = { document: copyExact(before), resourceType: typeOf(before), types, at: '' };
  for (const [index, operation] of operations.entries()) {
    patching.at = `Parameters.parameter[${index}]`;
    apply(patching, operation);
  }
  checkIdentity(before, patching.document);
  return JSON.stringify(patching.document);
}

function apply(patching: Patching, operation: PathOperation): void {
  const fault = pathFault(operation.path);
  if (fault) throw refused(patching, `${fault}; select the element by name, index or where()`);
  const found = locate(patching.document, patching.resourceType, operation.path, patching.types);
  if (!found) throw refused(patching, 'its path does not select elements of the resource; mend the path');
  switch (operation.type) {
    case 'add':
      return add(patching, single(patching, found), operation.name, operation.value);
    case 'insert':
      return insert(patching, listOf(patching, found, operation.path), operation.index, operation.value);
    case 'delete':
      if (found.length > 0) remove(patching, single(patching, found));
      return;
    case 'replace':
      return replace(patching, existing(patching, found), operation.value);
    case 'move':
      return move(patching, listOf(patching, found, operation.path), operation.source, operation.destination);
    default:
      return operation satisfies never;
  }
}

function single(patching: Patching, found: readonly Pointer[]): Pointer {
  const [pointer] = found;
  if (pointer && found.length === 1) return pointer;
  throw refused(patching, `its path selects ${found.length} elements where one is needed; mend the path`);
}

/** Of a replace: where nothing is, R4 has it added. */
function existing(patching: Patching, found: readonly Pointer[]): Pointer {
  if (found.length) return single(patching, found);
  throw refused(patching, 'its path selects nothing; mend the path, or use add for what is not there');
}

function add(patching: Patching, pointer: Pointer, name: string, part: ExactObject): void {
  const holder = objectAt(patching, pointer);
  const placed = place(patching, pointer, name, part);
  const present = patching.types
    .children(typeOfObject(patching, pointer), name)
    .some(({ property }) => Object.hasOwn(holder, property) || Object.hasOwn(holder, `_${property}`));
  if (present && !placed.array)
    throw refused(patching, 'the element exists and does not repeat; use replace');
  setMember(holder, placed);
}

function insert(patching: Patching, list: List, index: number, part: ExactObject): void {
  if (index > list.length)
    throw refused(patching, `its index is beyond the list, which holds ${list.length}`);
  spliceList(list.holder, list.property, index, 0, place(patching, list.pointer, list.property, part));
}

function remove(patching: Patching, pointer: Pointer): void {
  const { holder, property, index, above } = slot(patching, pointer);
  if (index !== undefined) {
    spliceList(holder, property, index, 1);
  } else {
    delete holder[property];
    delete holder[`_${property}`];
  }
  const empty = Object.keys(holder).every((name) => name === 'resourceType');
  if (empty && above.length > 0) remove(patching, above);
}

function replace(patching: Patching, pointer: Pointer, part: ExactObject): void {
  const { holder, property, index, above } = slot(patching, pointer);
  const placed = place(patching, above, choiceName(patching, above, property), part);
  if (index !== undefined) {
    spliceList(holder, property, index, 1);
    spliceList(holder, property, index, 0, placed);
    return;
  }
  if (placed.property !== property) {
    delete holder[property];
    delete holder[`_${property}`];
  }
  setMember(holder, placed);
}

function move(patching: Patching, list: List, source: number, destination: number): void {
  if (source >= list.length || destination >= list.length) {
    throw refused(patching, `its source or destination is beyond the list, which holds ${list.length}`);
  }
  spliceList(list.holder, list.property, destination, 0, spliceList(list.holder, list.property, source, 1));
}

/** The list whose elements are exactly those found; an empty one where the path ends in the name of an element. */
function listOf(patching: Patching, found: readonly Pointer[], path: string): List {
  const [first] = found;
  if (!first) return emptyList(patching, path);
  const pointer = first.slice(0, -1);
  const list = valueAt(patching.document, pointer);
  const whole =
    Array.isArray(list) &&
    list.length === found.length &&
    found.every(
      (each) => each.length === first.length && pointer.every((token, index) => each[index] === token),
    );
  if (!whole)
    throw refused(patching, 'its path does not select one whole list; name the repeating element only');
  const above = pointer.slice(0, -1);
  return {
    holder: objectAt(patching, above),
    property: pointer.at(-1) ?? '',
    pointer: above,
    length: list.length,
  };
}

function emptyList(patching: Patching, path: string): List {
  const [, parent, name] = /^(?:(.+)\.)?([A-Za-z]\w*)$/s.exec(path.trim()) ?? [];
  const above = locate(patching.document, patching.resourceType, parent ?? '$this', patching.types);
  if (name === undefined || !above) throw refused(patching, 'its path selects no list; mend the path');
  const pointer = single(patching, above);
  const child = patching.types.children(typeOfObject(patching, pointer), name)[0];
  if (!child?.array) throw refused(patching, 'its path does not name an element that repeats; mend the path');
  return { holder: objectAt(patching, pointer), property: child.property, pointer, length: 0 };
}

/** Where an element stands: the object that holds it, its property and, where it repeats, its index. */
function slot(
  patching: Patching,
  pointer: Pointer,
): { holder: ExactObject; property: string; index: number | undefined; above: Pointer } {
  if (pointer.length === 0) throw refused(patching, 'it would remove the whole resource; use PUT or DELETE');
  const inList = Array.isArray(valueAt(patching.document, pointer.slice(0, -1)));
  const above = pointer.slice(0, inList ? -2 : -1);
  const property = pointer[above.length] ?? '';
  if (isProtected([...above, property]))
    throw refused(patching, 'the server keeps this element; leave it as it is');
  return {
    holder: objectAt(patching, above),
    property,
    index: inList ? arrayIndex(pointer.at(-1) ?? '') : undefined,
    above,
  };
}

/** The name of the element that a property is one type of: deceasedBoolean -> deceased, so that it may change type. */
function choiceName(patching: Patching, above: Pointer, property: string): string {
  const type = typeOfObject(patching, above);
  const stems = [...property.matchAll(/[A-Z]/g)].map(({ index }) => property.slice(0, index));
  const choice = stems.find((stem) =>
    patching.types.children(type, stem).some((each) => each.property === property),
  );
  return choice ?? property;
}

function place(patching: Patching, pointer: Pointer, name: string, part: ExactObject): Placed {
  const placed = placeValue(patching.types, typeOfObject(patching, pointer), name, part);
  if (typeof placed === 'string') throw refused(patching, `its value or name does not fit: ${placed}`);
  if (isProtected([...pointer, placed.property]))
    throw refused(patching, 'the server keeps this element; leave it out');
  return placed;
}

function objectAt(patching: Patching, pointer: Pointer): ExactObject {
  const value = valueAt(patching.document, pointer);
  if (isExactObject(value)) return value;
  throw refused(patching, 'its path selects a primitive, which has no elements; mend the path');
}

function typeOfObject(patching: Patching, pointer: Pointer): string {
  const type = typeAt(patching.document, pointer, patching.types);
  if (type !== undefined) return type;
  throw refused(patching, 'its path leads into an element that R4 does not have; mend the path');
}

const refused = ({ at }: Patching, why: string): Problem =>
  new Problem('unprocessable', {
    severity: 'error',
    expression: at,
    diagnostics: `The operation ${at} of the FHIRPath Patch cannot be applied: ${why}.`,
  });
