import { directoryTypes } from '../directory-type.ts';
import { severalPatients } from '../marks.ts';
import { ownUnitTypes } from '../paths/no-patient.ts';
import { hasCode } from './labels.ts';
import { words } from './literal.ts';
import type { Reader } from './reader.ts';
import type { RowKind } from './row-kind.ts';

const directory = words(...directoryTypes);
const ofUnit = words(...ownUnitTypes);

/** As paths/no-patient.ts: the ground on a row about nobody. `reader`: staff with care as their purpose. `kind`: where it is known. */
export function noPatient(row: string, reader?: Reader, kind?: RowKind): string {
  const grounds = [
    ...(kind === undefined || kind === 'directory'
      ? [`when ${isOf(row, directory, kind)} then 'directory'`]
      : []),
    ...(reader && (kind === undefined || kind === 'of a unit') ? [ownUnit(row, reader, kind)] : []),
  ];
  return grounds.length
    ? `case when ${hasCode(row, severalPatients)} then null\n${grounds.join('\n')} end`
    : 'null';
}

const isOf = (row: string, types: string, kind: RowKind | undefined): string =>
  kind === undefined ? `${row}.type = any(${types})` : 'true';

const ownUnit = (row: string, { organisation, unit }: Reader, kind: RowKind | undefined): string =>
  `when ${row}.custodian = ${organisation} and ${row}.author_unit = ${unit} and ${isOf(row, ofUnit, kind)} then 'own-unit-no-patient'`;
