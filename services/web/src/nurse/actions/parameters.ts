import type { Parameters } from '../../api/fhir.ts';
import { api } from '../data/api.ts';

type Parameter = NonNullable<Parameters['parameter']>[number];

/** `POST Patient/[id]/$[operation]` with parameters; an operation that has none is given an empty resource. */
export const operate = (
  patient: string,
  operation: string,
  parameter: readonly Parameter[] = [],
): Promise<Parameters> =>
  api.send<Parameters>('POST', `Patient/${patient}/$${operation}`, {
    resourceType: 'Parameters',
    ...(parameter.length > 0 && { parameter }),
  });

/** The service's sentence about what has happened. */
export const textOf = ({ parameter = [] }: Parameters): string =>
  parameter.find(({ name }) => name === 'text')?.valueString ?? '';
