import { type Commission, sameActor } from './caller.ts';
import type { Block, Facts, Lift } from './facts.ts';
import { holds, position } from './period.ts';
import type { Row } from './row.ts';

/** `lifted`: blocks hit the row, and each of them is lifted for the reader. */
type BlockState = 'open' | 'lifted' | 'blocked';

/**
 * PDL 4 kap 4 § (inner) and SVOD 2 kap 3 § (outer): whether a spärr of this reach keeps the row from the reader. That the
 * two are on different sides of it is for the caller to know.
 */
export function blockState(
  reach: Block['reach'],
  commission: Commission,
  facts: Facts,
  row: Row,
  at: string,
): BlockState {
  const hits = facts.blocks.filter((block) => block.reach === reach && hit(block, row, at));
  if (hits.length === 0) return 'open';
  return hits.every((block) => block.lifts.some((each) => lifts(each, block, commission, row, at)))
    ? 'lifted'
    : 'blocked';
}

/** What is not known of the row or the block counts as hit. */
const hit = (block: Block, row: Row, at: string): boolean =>
  !(block.reach === 'inner' && isPersonsAnswer(row)) &&
  (row.custodian === null || sameActor(block.organisation, row.custodian)) &&
  (block.unit === null || row.unit === null || block.unit === row.unit) &&
  (row.informationType === null || !block.excludedTypes.includes(row.informationType)) &&
  position(block.information, row.time) !== 'outside' &&
  position(block.during, at) !== 'outside';

/**
 * What the person has answered to the whole organisation is no information from the care of a unit (PDL 4 kap 4 §). One that
 * a unit has taken down, or was given, tells of that unit.
 */
const isPersonsAnswer = (row: Row): boolean => row.answer && row.unit === null;

/**
 * An inner block is lifted by an authorised officer: with the patient's consent, or as indispensable and then for what is
 * relevant only (PDL 4 kap 5 §). An outer one by the patient or, at
 * request, by an authorised officer of who holds the data (SVOD 2 kap 3 §, 3 kap 5 §).
 */
function lifts(lift: Lift, block: Block, commission: Commission, row: Row, at: string): boolean {
  const forReader =
    lift.unit === commission.unit && (lift.person === null || lift.person === commission.employee);
  if (!forReader || !holds(lift.during, at)) return false;
  switch (lift.ground) {
    case 'consent':
      return block.reach === 'outer' || lift.officer !== null;
    case 'blocker':
      return block.reach === 'outer' && lift.officer !== null;
    case 'indispensable':
      return block.reach === 'inner' && lift.officer !== null && lift.relevantTypes.includes(row.type);
    default:
      return lift.ground satisfies never;
  }
}
