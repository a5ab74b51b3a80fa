import { directoryTypes } from '../directory-type.ts';
import { severalPatients } from '../marks.ts';
import { ownUnitTypes } from '../paths/no-patient.ts';
import { hasCode } from './labels.ts';
import { words } from './literal.ts';
import type { Reader } from './reader.ts';

const directory = words(...directoryTypes);
const ofUnit = words(...ownUnitTypes);

/** As paths/no-patient.ts: the ground on a row about nobody. `reader`: staff with care as their purpose. */
export const noPatient = (row: string, reader?: Reader): string =>
  `case when ${hasCode(row, severalPatients)} then null
when ${row}.type = any(${directory}) then 'directory'${reader ? ownUnit(row, reader) : ''} end`;

const ownUnit = (row: string, { organisation, unit }: Reader): string => `
when ${row}.custodian = ${organisation} and ${row}.author_unit = ${unit} and ${row}.type = any(${ofUnit}) then 'own-unit-no-patient'`;
