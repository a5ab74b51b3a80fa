import type { Exact, ExactObject } from './exact-json.ts';
import { isExactNumber, isExactObject } from './exact-json.ts';
import { Problem } from './outcome.ts';

/** One operation of a FHIRPath Patch; `value` is its `value` part, read in patch-value.ts. */
export type PathOperation =
  | { type: 'add'; path: string; name: string; value: ExactObject }
  | { type: 'insert'; path: string; index: number; value: ExactObject }
  | { type: 'delete'; path: string }
  | { type: 'replace'; path: string; value: ExactObject }
  | { type: 'move'; path: string; source: number; destination: number };

/**
 * The operations of a Parameters resource: one parameter `operation` each, its fields as parts
 * (http://hl7.org/fhir/R4/fhirpatch.html#concept).
 * @throws Problem 'structure' that names the parameter.
 */
export function readOperations(parameters: Exact): PathOperation[] {
  const list =
    isExactObject(parameters) && parameters.resourceType === 'Parameters' ? parameters.parameter : undefined;
  if (!Array.isArray(list)) {
    throw new Problem(
      'structure',
      'A FHIRPath Patch is a Parameters resource with a parameter named operation; a JSON Patch is sent as application/json-patch+json, a merge patch as application/merge-patch+json.',
    );
  }
  return list.map((parameter, index) => {
    const at = `Parameters.parameter[${index}]`;
    const parts = isExactObject(parameter) && parameter.name === 'operation' ? parameter.part : undefined;
    if (!Array.isArray(parts))
      throw malformed(at, 'is not an operation', 'name it operation and give it parts');
    return readOperation(partsByName(parts, at), at);
  });
}

function partsByName(parts: readonly Exact[], at: string): ReadonlyMap<string, ExactObject> {
  const found = new Map<string, ExactObject>();
  for (const part of parts) {
    if (!isExactObject(part) || typeof part.name !== 'string')
      throw malformed(at, 'has a part without name', 'name it');
    if (found.has(part.name)) throw malformed(at, 'has two parts of one name', 'send each part once');
    found.set(part.name, part);
  }
  return found;
}

function readOperation(parts: ReadonlyMap<string, ExactObject>, at: string): PathOperation {
  const type = parts.get('type')?.valueCode;
  const path = text(parts, 'path', at);
  switch (type) {
    case 'add':
      return { type, path, name: text(parts, 'name', at), value: value(parts, at) };
    case 'insert':
      return { type, path, index: index(parts, 'index', at), value: value(parts, at) };
    case 'delete':
      return { type, path };
    case 'replace':
      return { type, path, value: value(parts, at) };
    case 'move':
      return { type, path, source: index(parts, 'source', at), destination: index(parts, 'destination', at) };
    default:
      throw malformed(at, 'has no known type', 'send valueCode add, insert, delete, replace or move');
  }
}

function text(parts: ReadonlyMap<string, ExactObject>, name: string, at: string): string {
  const found = parts.get(name)?.valueString;
  if (typeof found !== 'string' || found === '')
    throw malformed(at, `has no ${name}`, `send ${name} as valueString`);
  return found;
}

function index(parts: ReadonlyMap<string, ExactObject>, name: string, at: string): number {
  const found = parts.get(name)?.valueInteger;
  const number = found !== undefined && isExactNumber(found) ? Number(found.rawJSON) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < 0) {
    throw malformed(at, `has no ${name}`, `send ${name} as valueInteger, 0 or more`);
  }
  return number;
}

function value(parts: ReadonlyMap<string, ExactObject>, at: string): ExactObject {
  const found = parts.get('value');
  if (!found) throw malformed(at, 'has no value', 'send a part named value');
  return found;
}

const malformed = (expression: string, what: string, remedy: string): Problem =>
  new Problem('structure', {
    severity: 'error',
    expression,
    diagnostics: `The FHIRPath Patch is not understood: ${expression} ${what}; ${remedy}.`,
  });
