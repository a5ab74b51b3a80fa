import { applyFhirPathPatch, loadDefinitions, Problem } from '@naravard/fhir';

export const definitions = loadDefinitions();

type Part = Record<string, unknown>;
export interface Operation {
  type: string;
  path?: string;
  name?: string;
  value?: Part;
  index?: number;
  source?: number;
  destination?: number;
}

/** The Parameters resource of a FHIRPath Patch. */
export const parameters = (operations: Operation[]): string =>
  JSON.stringify({
    resourceType: 'Parameters',
    parameter: operations.map(({ type, path, name, value, index, source, destination }) => ({
      name: 'operation',
      part: [
        { name: 'type', valueCode: type },
        ...(path === undefined ? [] : [{ name: 'path', valueString: path }]),
        ...(name === undefined ? [] : [{ name: 'name', valueString: name }]),
        ...(value === undefined ? [] : [{ name: 'value', ...value }]),
        ...(index === undefined ? [] : [{ name: 'index', valueInteger: index }]),
        ...(source === undefined ? [] : [{ name: 'source', valueInteger: source }]),
        ...(destination === undefined ? [] : [{ name: 'destination', valueInteger: destination }]),
      ],
    })),
  });

/** The resource after the operations. */
export const patched = (resource: object, ...operations: Operation[]): unknown =>
  JSON.parse(applyFhirPathPatch(JSON.stringify(resource), parameters(operations), definitions));

/** The problem that `work` throws. */
export const problemOf = (work: () => unknown): Problem => {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

export const patient = (members: object = {}): object => ({ resourceType: 'Patient', id: '1', ...members });
export const identifiers = (...values: string[]): object => ({
  identifier: values.map((value) => ({ system: 'http://example.org', value })),
});
