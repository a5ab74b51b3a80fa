import { type Caller, type Commission, sameActor } from '../caller.ts';
import { allow, type Decision, deny } from '../decision.ts';
import { isDirectory } from '../directory-type.ts';
import { severalPatients } from '../marks.ts';
import { identityMask } from '../protected-identity.ts';
import { carePurpose } from '../purpose.ts';
import type { Row } from '../row.ts';

/** What a unit plans, counts and writes to itself without a patient: meetings, times, work, groups, figures, routines. */
export const ownUnitTypes: readonly string[] = [
  'Appointment',
  'Communication',
  'DocumentReference',
  'Group',
  'List',
  'MeasureReport',
  'Schedule',
  'Slot',
  'Task',
];

/**
 * Outside PDL and SVOD, which are about data on patients: the directory is open to every caller, staff with protected
 * identity masked; some types to the unit that wrote them, and all to the systems of the organisation. What is about
 * several patients has no one whose relations could open it, and stays with the systems.
 */
export function aboutNobody(caller: Caller, row: Row): Decision {
  const mask = identityMask(row, null, false);
  if (isDirectory(row.type) && !isAboutSeveral(row)) return allow('directory', mask);
  switch (caller.kind) {
    case 'staff':
      return isOfUnit(row, caller.commission) ? allow('own-unit-no-patient', mask) : deny('no-patient');
    case 'system':
      return caller.onBehalfOf === null && row.custodian && sameActor(row.custodian, caller.organisation)
        ? allow('system-own-organisation', mask)
        : deny('no-patient');
    case 'patient':
    case 'guardian':
    case 'administrator':
      return deny('no-patient');
    default:
      return caller satisfies never;
  }
}

const isAboutSeveral = (row: Row): boolean => row.labels.includes(severalPatients);

const isOfUnit = (row: Row, { organisation, unit, purpose }: Commission): boolean =>
  purpose === carePurpose &&
  ownUnitTypes.includes(row.type) &&
  row.custodian !== null &&
  sameActor(row.custodian, organisation) &&
  row.unit === unit &&
  !isAboutSeveral(row);
