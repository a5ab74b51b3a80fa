import type { Exact, ExactObject } from './exact-json.ts';
import { copyExact, isExactObject, readExact, sameValue } from './exact-json.ts';
import { maxDepth } from './json.ts';
import type { Pointer } from './json-pointer.ts';
import { arrayIndex, parsePointer, printExpression, printPointer, valueAt } from './json-pointer.ts';
import { Problem } from './outcome.ts';
import { checkIdentity, isProtected, maxOperations, typeOf } from './patch-limits.ts';

type Operation =
  | { op: 'add' | 'replace' | 'test'; path: Pointer; value: Exact }
  | { op: 'remove'; path: Pointer }
  | { op: 'move' | 'copy'; path: Pointer; from: Pointer };

/** How many values one patch may copy: `copy` of a document into itself doubles it each time. */
const maxCopied = 100_000;

interface Patching {
  document: Exact;
  resourceType: string;
  copied: number;
  /** Where the operation stands in the patch, for errors: `[2]`. */
  at: string;
}

/**
 * Applies a JSON Patch to a resource's text: all of its operations or none (https://www.rfc-editor.org/rfc/rfc6902,
 * http://hl7.org/fhir/R4/http.html#patch). What it does not touch, and what it brings, keeps its digits. The result is
 * still to be validated. A resource's id, type, version and time cannot be patched.
 * @throws Problem 'structure' when the patch is not one; 'unprocessable' when a target is missing or protected or a
 *   `test` fails; 'too-costly' when it has too many operations or copies too much.
 */
export function applyJsonPatch(text: string, patchText: string): string {
  const before = readExact(text);
  const operations = readPatch(readExact(patchText));
  const patching: Patching = { document: copyExact(before), resourceType: typeOf(before), copied: 0, at: '' };
  for (const [index, operation] of operations.entries()) {
    patching.at = `[${index}]`;
    apply(patching, operation);
  }
  checkIdentity(before, patching.document);
  return JSON.stringify(patching.document);
}

function readPatch(patch: Exact): Operation[] {
  if (!Array.isArray(patch)) {
    throw new Problem(
      'structure',
      'A JSON Patch is an array of operations: send [{"op": ..., "path": ...}].',
    );
  }
  if (patch.length > maxOperations) {
    throw new Problem(
      'too-costly',
      `The patch has ${patch.length} operations: send at most ${maxOperations}.`,
    );
  }
  return patch.map((operation, index) => readOperation(operation, `[${index}]`));
}

function readOperation(operation: Exact, at: string): Operation {
  if (!isExactObject(operation)) throw malformed(at, 'is not an object', 'send {"op": ..., "path": ...}');
  const { op } = operation;
  const path = readPointer(operation, 'path', at);
  switch (op) {
    case 'add':
    case 'replace':
    case 'test':
      if (!Object.hasOwn(operation, 'value'))
        throw malformed(`${at}.value`, 'is missing', `\`${op}\` needs a value`);
      return { op, path, value: operation.value as Exact };
    case 'remove':
      return { op, path };
    case 'move':
    case 'copy':
      return { op, path, from: readPointer(operation, 'from', at) };
    default:
      throw malformed(`${at}.op`, 'is unknown', 'use add, remove, replace, move, copy or test');
  }
}

function readPointer(operation: ExactObject, member: 'path' | 'from', at: string): Pointer {
  const text = Object.hasOwn(operation, member) ? operation[member] : undefined;
  const pointer = typeof text === 'string' ? parsePointer(text) : undefined;
  if (!pointer) throw malformed(`${at}.${member}`, 'is no JSON Pointer', 'send for example /name/0/family');
  return pointer;
}

const malformed = (expression: string, what: string, remedy: string): Problem =>
  new Problem('structure', {
    severity: 'error',
    expression,
    diagnostics: `In the JSON Patch, ${expression} ${what}: ${remedy}.`,
  });

function apply(patching: Patching, operation: Operation): void {
  switch (operation.op) {
    case 'add':
      return add(patching, operation.path, operation.value);
    case 'remove':
      remove(patching, operation.path);
      return;
    case 'replace':
      return replace(patching, operation.path, operation.value);
    case 'move':
      return move(patching, operation.from, operation.path);
    case 'copy':
      return add(patching, operation.path, existing(patching, operation.from));
    case 'test':
      if (!sameValue(existing(patching, operation.path), operation.value)) {
        throw refused(
          patching,
          operation.path,
          'differs from the value that `test` states; read the resource again',
        );
      }
      return;
    default:
      return operation satisfies never;
  }
}

function add(patching: Patching, path: Pointer, value: Exact): void {
  const copy = bounded(patching, path, value);
  if (path.length === 0) {
    patching.document = copy;
    return;
  }
  const { parent, key } = writable(patching, path);
  if (!Array.isArray(parent)) {
    parent[key] = copy;
    return;
  }
  const index = key === '-' ? parent.length : arrayIndex(key);
  if (index === undefined || index > parent.length) {
    throw refused(
      patching,
      path,
      `is outside the list, which holds ${parent.length}; use an index up to that, or -`,
    );
  }
  parent.splice(index, 0, copy);
}

function remove(patching: Patching, path: Pointer): Exact {
  const value = existing(patching, path);
  if (path.length === 0) throw refused(patching, path, 'is the whole resource; use DELETE to delete it');
  const { parent, key } = writable(patching, path);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return value;
}

function replace(patching: Patching, path: Pointer, value: Exact): void {
  existing(patching, path);
  const copy = bounded(patching, path, value);
  if (path.length === 0) {
    patching.document = copy;
    return;
  }
  const { parent, key } = writable(patching, path);
  if (Array.isArray(parent)) parent[Number(key)] = copy;
  else parent[key] = copy;
}

function move(patching: Patching, from: Pointer, path: Pointer): void {
  existing(patching, from);
  const inside = from.every((token, index) => path[index] === token);
  if (inside && path.length === from.length) return;
  if (inside) throw refused(patching, path, 'lies within the value that is moved; move it elsewhere');
  add(patching, path, remove(patching, from));
}

/** The value at `path`, which must be there. */
function existing(patching: Patching, path: Pointer): Exact {
  const value = valueAt(patching.document, path);
  if (value === undefined)
    throw refused(patching, path, 'does not exist; read the resource and mend the path');
  return value;
}

/** The object or list that holds the target, which may be written. */
function writable(patching: Patching, path: Pointer): { parent: Exact[] | ExactObject; key: string } {
  if (isProtected(path)) throw refused(patching, path, 'is kept by the server and cannot be patched');
  const parent = valueAt(patching.document, path.slice(0, -1));
  const key = path.at(-1) as string;
  if (key === '__proto__') throw refused(patching, path, 'is not a name that FHIR knows');
  if (Array.isArray(parent) || isExactObject(parent)) return { parent, key };
  throw refused(patching, path, 'has no parent to hold it; add the parent first');
}

/** A copy of `value` for `path`, unless the document would grow beyond its bounds. */
function bounded(patching: Patching, path: Pointer, value: Exact): Exact {
  const { count, depth } = extent(value);
  patching.copied += count;
  if (patching.copied > maxCopied) {
    throw new Problem(
      'too-costly',
      `The patch writes more than ${maxCopied} values: send the resource by PUT.`,
    );
  }
  if (path.length + depth > maxDepth) throw refused(patching, path, `nests deeper than ${maxDepth} levels`);
  return copyExact(value);
}

function extent(value: Exact): { count: number; depth: number } {
  if (!Array.isArray(value) && !isExactObject(value)) return { count: 1, depth: 0 };
  let count = 1;
  let depth = 0;
  for (const item of Object.values(value)) {
    const inner = extent(item);
    count += inner.count;
    depth = Math.max(depth, inner.depth);
  }
  return { count, depth: depth + 1 };
}

const refused = ({ at, resourceType }: Patching, path: Pointer, why: string): Problem =>
  new Problem('unprocessable', {
    severity: 'error',
    expression: printExpression(resourceType, path),
    diagnostics: `Operation ${at} of the JSON Patch cannot be applied: ${printPointer(path) || 'the document'} ${why}.`,
  });
