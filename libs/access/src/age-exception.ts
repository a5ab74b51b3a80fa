import { sameActor } from './caller.ts';
import type { AgeException, Facts } from './facts.ts';
import { holds } from './period.ts';
import type { Row } from './row.ts';

/**
 * Whether the unit that wrote a row has documented an exception at 13-15 years (PDL (2008:355) 5 kap 5 § as 1177 applies it).
 * A unit of an HSA-id is one within its legal actor, so that nobody opens another's rows by the name of their unit.
 */
export const hasAgeException = (
  kind: AgeException['kind'],
  { ageExceptions }: Facts,
  { custodian, unit }: Row,
  at: string,
): boolean =>
  custodian !== null &&
  ageExceptions.some(
    (each) =>
      each.kind === kind &&
      each.unit === unit &&
      sameActor(each.organisation, custodian) &&
      holds(each.during, at),
  );
