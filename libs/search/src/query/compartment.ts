// http://hl7.org/fhir/R4/compartmentdefinition.html
import type { Definitions } from '@naravard/fhir';
import type { Parameter } from '../catalog/parameter.ts';
import type { Reading } from '../parse/parse-condition.ts';
import { type Condition, faceOf } from './condition.ts';

/** The resource that a search stays around: everything that refers to it in one of the ways that R4 lists. */
export interface Compartment {
  /** Patient, Practitioner, RelatedPerson, Encounter or Device. */
  readonly name: string;
  readonly id: string;
}

/** Those of the types that can be in the compartment. */
export const typesWithin = (definitions: Definitions, name: string, types: Iterable<string>): string[] =>
  [...types].filter((type) => definitions.compartment(name, type).length > 0);

/**
 * The condition that a resource of `type` is in the compartment. Whether the resource that it is of exists or may be
 * seen is not asked: its compartment is then empty to the caller, or holds what the caller may see anyway.
 */
export function compartmentCondition(reading: Reading, { name, id }: Compartment, type: string): Condition {
  const { catalog } = reading;
  const parameters = catalog.definitions
    .compartment(name, type)
    .map((code) => catalog.parameter(type, code))
    .filter((parameter) => parameter !== undefined);
  const conditions = distinct(parameters).map((parameter) =>
    faceOf(parameter).parse(parameter, null, [parameter.code === '_id' ? id : `${name}/${id}`], reading),
  );
  const [only, ...others] = conditions;
  return only && !others.length ? only : { kind: 'any', conditions };
}

/** `patient` and `subject` share their edges: one of them is enough. */
const distinct = (parameters: readonly Parameter[]): Parameter[] => [
  ...new Map(parameters.map((parameter) => [parameter.stored, parameter])).values(),
];
