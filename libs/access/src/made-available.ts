import { blockState } from './blocked.ts';
import { type Commission, type LegalActor, sameActor } from './caller.ts';
import type { Facts } from './facts.ts';
import { holds } from './period.ts';
import type { Refusal } from './reasons.ts';
import type { Row } from './row.ts';

/**
 * SVOD (2022:913) 1 kap 3 § and 2 kap 2-6 §§: data crosses to another legal actor only when the law covers it, both have
 * joined, the person was informed (or could lastingly not be: 2 kap 6 §) and has not blocked it. Undefined when it does.
 */
export function notMadeAvailable(
  reader: Commission,
  custodian: LegalActor,
  facts: Facts,
  row: Row,
  at: string,
): Refusal | undefined {
  if (row.outsideSvod) return 'outside-svod';
  if (row.showsBlock) return 'shows-block';
  if (!joined(custodian, facts, at) || !joined(reader.organisation, facts, at)) return 'not-joined';
  if (!row.availableBy26 && !informed(custodian, facts, at)) return 'not-informed';
  return blockState('outer', reader, facts, row, at) === 'blocked' ? 'outer-blocked' : undefined;
}

const joined = (actor: LegalActor, facts: Facts, at: string): boolean =>
  facts.joined.some((each) => sameActor(each.organisation, actor) && holds(each.during, at));

const informed = (actor: LegalActor, facts: Facts, at: string): boolean =>
  facts.informed.some(
    (each) => sameActor(each.organisation, actor) && holds({ start: each.at, end: null }, at),
  );
