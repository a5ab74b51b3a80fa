import {
  type Actor,
  actorOfKey,
  allows,
  type Commission,
  carePurpose,
  deciding,
  emergencyOpen,
  type Facts,
  type GrantLetter,
  hasTurned,
  isDeceased,
  keyOfActor,
  type LegalActor,
  relatedWithin,
  sameActor,
  takesPartInCare,
} from '@naravard/access';
import { Problem } from '@naravard/fhir';
import { refused } from './refusal.ts';

/**
 * The chosen commission of staff, or of the staff that a system client names: for care alone (PDL 2008:355 4 kap 2 §, SVOD
 * 2022:913 4 kap 3 §). @throws Problem 'forbidden'
 */
export function careCommission(actor: Actor): Commission {
  const who = deciding(actor.caller);
  if (who.kind !== 'staff') {
    throw refused(
      'forbidden',
      'Only staff may do this: log in with a commission, or name the end user.',
      'Bara vård- och omsorgspersonal får göra detta.',
    );
  }
  if (who.commission.purpose !== carePurpose) {
    throw refused(
      'forbidden',
      `Choose a commission with the purpose "${carePurpose}".`,
      `Välj ett uppdrag med ändamålet "${carePurpose}".`,
    );
  }
  return who.commission;
}

/** A system client for itself, as the system of its organisation, or an administrator. */
export function actsForItself({ caller }: Actor): boolean {
  const who = deciding(caller);
  return who.kind === 'administrator' || (who.kind === 'system' && who.onBehalfOf === null);
}

/** Who speaks for the patient of an operation: the person, or staff who take down what the person says. */
export type Speaker =
  | { readonly kind: 'patient'; readonly patient: string }
  | { readonly kind: 'staff'; readonly commission: Commission };

/**
 * @throws Problem 'not-found' for a person who asks about another, who learns nothing of whether there is one; 'forbidden'
 * for everybody else but staff
 */
export function speakerOf(actor: Actor, patient: string): Speaker {
  const { caller } = actor;
  if (caller.kind === 'patient') {
    if (caller.patient !== patient) throw new Problem('not-found');
    return caller;
  }
  if (caller.kind === 'guardian') {
    throw refused(
      'forbidden',
      'Who acts for another may not do this: ask the unit that gives the care.',
      'Ombud och vårdnadshavare kan inte göra detta här. Kontakta mottagningen.',
    );
  }
  return { kind: 'staff', commission: careCommission(actor) };
}

/**
 * A person speaks by the own log-in from 16, as he or she reads (PDL 5 kap 5 §, 1177); before that with the staff. In the
 * name of who is registered as dead nobody does. @throws Problem 'forbidden'
 */
export function checkPerson(facts: Facts, at: string): void {
  if (isDeceased(facts, at)) {
    throw refused(
      'forbidden',
      'The person is registered as dead: if that is wrong, the organisation that registered the person corrects it.',
      'Personen är registrerad som avliden. Kontakta mottagningen om det är fel.',
    );
  }
  if (hasTurned(16, facts.born, at)) return;
  throw refused(
    'forbidden',
    'By own log-in this is for who has turned 16: the staff can record what a younger person says.',
    'Du som är under 16 år kan göra detta tillsammans med personalen.',
  );
}

/**
 * Who may not read who a person is does not learn either that there is such a person (PDL 4 kap 1 §).
 * @throws Problem 'not-found'
 */
export function checkKnows(facts: Facts, commission: Commission, at: string): void {
  if (relatedWithin(facts, commission, at) || emergencyOpen(commission, facts, at)) return;
  throw new Problem('not-found');
}

/**
 * @throws Problem 'forbidden' for staff who know the person and do not take part in the care (PDL 4 kap 1 §, SVOD 3 kap
 * 1-2 §§), 'not-found' for others
 */
export function checkTakesPart(facts: Facts, commission: Commission, at: string): void {
  if (takesPartInCare(facts, commission, at)) return;
  checkKnows(facts, commission, at);
  throw refused(
    'forbidden',
    'Only who takes part in the care or omsorg of the person may do this: the relation is registered by your unit.',
    'Du behöver ha en pågående vård- eller omsorgsrelation till personen.',
  );
}

export const isBlockOfficer = ({ rights }: Actor): boolean => rights.includes('block-officer');

/**
 * Before whom a spärr may be ended: the person, an officer, staff of who keeps it; an inner one only at the unit whose
 * information it is about, since it is the others that it keeps out (PDL 4 kap 4-5 §§).
 */
export const mayEnd = (
  speaker: Speaker,
  actor: Actor,
  { kind, unit }: { readonly kind: string; readonly unit: string | null },
): boolean =>
  speaker.kind === 'patient' ||
  isBlockOfficer(actor) ||
  kind === 'block-outer' ||
  unit === speaker.commission.unit;

/**
 * An operation is about no code in particular, so that a granular scope does not reach it.
 * @throws Problem 'forbidden' when the token's scopes do not reach what an operation does with a type
 */
export function checkScopes({ caller, grants }: Actor, type: string, letter: GrantLetter): void {
  if (allows(grants, type, letter, [])) return;
  const scope = `${caller.kind === 'system' ? 'system' : 'user'}/${type}.${letter}`;
  throw new Problem(
    'forbidden',
    allows(grants, type, letter)
      ? `A granular scope does not reach an operation: ask for ${scope} too, without the part from the question mark on.`
      : `Ask for a scope with the letter ${letter} for ${type}, as ${scope}.`,
  );
}

/** The legal actor that keeps what is recorded, and for whom. */
export interface Keeper {
  readonly organisation: LegalActor;
  readonly unit: string | null;
}

export const keeperOf = ({ organisation, unit }: Commission): Keeper => ({ organisation, unit });

/** The legal actor of a key that a fact is stated by; facts without one are never asked for here. */
export function actorOf(key: string | null): LegalActor {
  const actor = actorOfKey(key);
  if (!actor) throw new Problem('internal');
  return actor;
}

/**
 * A person names whom to speak to: one that takes part in SVOD or has to do with the person, so that nobody is left
 * believing that something was said to whom it never reached. @throws Problem 'unprocessable'
 */
export function checkKnown({ joined, relations, informed }: Facts, organisation: LegalActor): void {
  const known = [...joined, ...relations, ...informed];
  if (known.some((each) => sameActor(each.organisation, organisation))) return;
  throw refused(
    'unprocessable',
    `${keyOfActor(organisation)} is not known here as one that gives you care or omsorg, or takes part in the sharing: check the HSA-id and the role.`,
    'Organisationen är inte känd här. Kontrollera vilken vårdgivare eller omsorgsgivare det gäller.',
  );
}
