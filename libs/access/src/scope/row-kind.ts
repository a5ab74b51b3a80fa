import { isDirectory } from '../directory-type.ts';
import { informationTypeOf } from '../information-type.ts';
import { ownUnitTypes } from '../paths/no-patient.ts';

/** What of a type the ground on a row depends on; a code of information-type.ts where a spärr can spare it. */
export type RowKind = 'patient' | 'directory' | 'of a unit' | 'other' | (string & {});

/** Types of one kind have one text. */
export const kindOf = (type: string): RowKind =>
  type === 'Patient'
    ? 'patient'
    : isDirectory(type)
      ? 'directory'
      : ownUnitTypes.includes(type)
        ? 'of a unit'
        : (informationTypeOf(type) ?? 'other');
