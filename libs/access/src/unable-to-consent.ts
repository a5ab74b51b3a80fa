import { hasTurned } from './age.ts';
import { type LegalActor, sameActor } from './caller.ts';
import type { Facts } from './facts.ts';
import { holdsUntil } from './period.ts';

/**
 * SVOD (2022:913) 3 kap 3-4 §§: the reader's organisation has documented that the person lastingly cannot take a stand,
 * explored the attitude as far as possible and found no reason to think that the person would oppose.
 */
export const lastingIncapacity = (facts: Facts, reader: LegalActor, at: string): boolean =>
  facts.unableToConsent.some(
    (each) =>
      each.kind === 'lasting-incapacity' &&
      sameActor(each.organisation, reader) &&
      each.attitudeExplored &&
      each.noReasonToThinkOpposed &&
      holdsUntil(each.during, at),
  );

/** SVOD (2022:913) 3 kap 1 §: for a child whom the reader's organisation found unable to consent, no consent is needed. */
export const childUnableToConsent = (facts: Facts, reader: LegalActor, at: string): boolean =>
  hasTurned(18, facts.born, at) === false &&
  facts.unableToConsent.some(
    (each) => each.kind === 'child' && sameActor(each.organisation, reader) && holdsUntil(each.during, at),
  );
