import type { Interaction } from './call.ts';
import { operationOn } from './operation-name.ts';

/** What is read of an OperationDefinition. http://hl7.org/fhir/R4/operationdefinition.html */
export interface OperationDefinition {
  readonly url: string;
  readonly description?: string;
  readonly parameter?: readonly {
    readonly name: string;
    readonly use: 'in' | 'out';
    readonly min: number;
    readonly max: string;
    readonly type?: string;
    readonly documentation?: string;
  }[];
}

const r4 = (id: string): string => `http://hl7.org/fhir/OperationDefinition/${id}`;
const bulkData = (id: string): string => `http://hl7.org/fhir/uv/bulkdata/OperationDefinition/${id}`;

/**
 * The operations that R4, or Bulk Data Access, has defined: canonical URL by name, with the type before it where it is on one.
 * http://hl7.org/fhir/R4/operationslist.html, https://hl7.org/fhir/uv/bulkdata/STU2/operations.html
 */
export const standardOperations: ReadonlyMap<string, string> = new Map([
  ['validate', r4('Resource-validate')],
  ['meta', r4('Resource-meta')],
  ['meta-add', r4('Resource-meta-add')],
  ['meta-delete', r4('Resource-meta-delete')],
  ...[
    'Patient-match',
    'Patient-everything',
    'CodeSystem-lookup',
    'CodeSystem-validate-code',
    'CodeSystem-subsumes',
    'ValueSet-expand',
    'ValueSet-validate-code',
    'ConceptMap-translate',
  ].map((name) => [name, r4(name)] as const),
  ['export', bulkData('export')],
  ['Patient-export', bulkData('patient-export')],
  ['Group-export', bulkData('group-export')],
]);

/** Canonical URL of the definition of an operation (as `operationOn` tells it): that of the standard, or else ours. */
export function canonicalOf({ name, type }: NonNullable<ReturnType<typeof operationOn>>): string {
  const key = `${type === null ? '' : `${type}-`}${name}`;
  return standardOperations.get(key) ?? `https://naravard.se/fhir/OperationDefinition/${key}`;
}

/** The definition of an operation among some; undefined where it has none. */
export function definitionOf(route: string, definitions: readonly object[]): OperationDefinition | undefined {
  const operation = operationOn({ route });
  const canonical = operation && canonicalOf(operation);
  return (definitions as readonly OperationDefinition[]).find(({ url }) => url === canonical);
}

/** The definitions among some of the operations that are served, each once: those of standards are stored beside ours. */
export function definitionsOf(
  operations: readonly Pick<Interaction, 'route'>[],
  definitions: readonly object[],
): readonly object[] {
  return [...new Set(operations.flatMap(({ route }) => definitionOf(route, definitions) ?? []))];
}
