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

/** Canonical URL of the definition of an operation (as `operationOn` tells it); `$match` is R4's own. */
export const canonicalOf = ({ name, type }: NonNullable<ReturnType<typeof operationOn>>): string =>
  name === 'match'
    ? 'http://hl7.org/fhir/OperationDefinition/Patient-match'
    : `https://naravard.se/fhir/OperationDefinition/${type === null ? '' : `${type}-`}${name}`;

/** The definition of an operation among those of a guide; undefined where it has none. */
export function definitionOf(route: string, definitions: readonly object[]): OperationDefinition | undefined {
  const operation = operationOn({ route });
  const canonical = operation && canonicalOf(operation);
  return (definitions as readonly OperationDefinition[]).find(({ url }) => url === canonical);
}
