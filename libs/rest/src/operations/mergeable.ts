import {
  type Actor,
  type Commission,
  factsOf,
  holds,
  isDeceased,
  keyOfActor,
  type LegalActor,
  mayState,
  sameActor,
} from '@naravard/access';
import { canonicalIdentifier, identifierSystems, Problem } from '@naravard/fhir';
import type { MergingPatient, MovingResource } from '@naravard/store';
import { textOf } from '../reply.ts';
import { careCommission } from './callers.ts';
import { refused } from './refusal.ts';

/** Who merges: staff for the care, or a system of the organisation. */
type MergingParty =
  | { readonly kind: 'staff'; readonly organisation: LegalActor; readonly commission: Commission }
  | { readonly kind: 'system'; readonly organisation: LegalActor };

/** @throws Problem 'forbidden' for who is neither */
export function mergingParty(actor: Actor): MergingParty {
  const { caller } = actor;
  if (caller.kind === 'system' && caller.onBehalfOf === null) {
    return { kind: 'system', organisation: caller.organisation };
  }
  const commission = careCommission(actor);
  return { kind: 'staff', organisation: commission.organisation, commission };
}

/**
 * The organisation that registered a person without a number knows who the person is, and may say so; which of two
 * registrations of one number is right, who registered both. What the caller does not see is as if it were not there, and
 * of a target that it does not read it learns no more than that it is not the one.
 * @throws Problem 'not-found', 'forbidden', 'conflict' or 'unprocessable'
 */
export function checkMergeable(
  party: MergingParty,
  source: MergingPatient | undefined,
  target: MergingPatient | undefined,
  at: string,
): void {
  const own = keyOfActor(party.organisation);
  if (!source?.visible) throw new Problem('not-found');
  if (source.custodian !== own) throw notYours();
  if (!mayTell(party, source, at)) throw notRelated();
  if (!target || !knows(party, target, at)) throw noTarget();
  if (target.stored.id === source.stored.id) throw itself();
  if (isReplaced(source) && !isReplaced(source, target.stored.id)) throw isReplacedAlready();
  const why = unfitTarget(target) ?? otherNumbers(source, target, own) ?? lostBy(source, target, at);
  if (why) throw target.visible ? why : noTarget();
}

/**
 * PDL (2008:355) 4 kap 1 §: a merge states relations and answers about both persons, so that staff must be who may state
 * them. A need of the work or a nödöppning lets read, and makes nothing that lasts.
 */
const mayTell = (party: MergingParty, { stored, facts }: MergingPatient, at: string): boolean =>
  party.kind === 'system' || mayState('care', party.commission, factsOf(stored.id, facts), at);

/** Staff who may read the target; a system whose organisation registered the person, or has to do with the person now. */
function knows(party: MergingParty, target: MergingPatient, at: string): boolean {
  if (party.kind === 'staff') return target.visible && mayTell(party, target, at);
  return (
    target.visible ||
    factsOf(target.stored.id, target.facts).relations.some(
      (each) => sameActor(each.organisation, party.organisation) && holds(each.during, at),
    )
  );
}

/**
 * PDL (2008:355) 5 kap 5 §: who acts for a person is registered by the organisation that registered the person, and by no
 * other through a merge. `registrar` registered the target. @throws Problem 'unprocessable'
 */
export function checkRepresentatives(moved: readonly MovingResource[], registrar: string | null): void {
  const acts = ({ kind }: MovingResource['facts'][number]) => kind === 'guardian' || kind === 'adult-proxy';
  if (!moved.some(({ custodian, facts }) => custodian !== registrar && facts.some(acts))) return;
  throw unfit(
    'Who acts for a person is registered by the organisation that registered the Patient which remains: end the RelatedPerson of the source with the code of a vårdnadshavare or ombud first.',
    'Vårdnadshavare och ombud registreras av den organisation som har registrerat personen. Avsluta dem på den registrering som ska bort först.',
  );
}

/** Whether it has been merged, into `other` where that is given: what came to it since can be moved there. */
const isReplaced = ({ stored, facts }: MergingPatient, other?: string): boolean =>
  facts.some(
    ({ kind, patient, about }) =>
      kind === 'replaced' && patient === stored.id && (other === undefined || about === other),
  );

interface Person {
  active?: boolean;
  identifier?: { system?: string; value?: string }[];
}

const personOf = ({ stored }: MergingPatient): Person => JSON.parse(textOf(stored)) as Person;

/** Personnummer and samordningsnummer as `system|value`, in canonical form; reservnummer are not of the person alone. */
const numbersOf = (patient: MergingPatient): string[] =>
  (personOf(patient).identifier ?? []).flatMap(({ system: given, value: number = '' }) => {
    const { system, value } = canonicalIdentifier(given, number);
    return system === identifierSystems.personnummer || system === identifierSystems.samordningsnummer
      ? [`${system}|${value}`]
      : [];
  });

function unfitTarget(target: MergingPatient): Problem | undefined {
  if (isReplaced(target) || personOf(target).active === false) {
    return unfit(
      'The target is not in use: find the Patient that is with Patient/$match.',
      'Den andra registreringen används inte längre.',
    );
  }
  if (numbersOf(target).length > 0) return undefined;
  return unfit(
    'The target has neither personnummer nor samordningsnummer: nothing tells who it is.',
    'Den registrering som ska vara kvar saknar personnummer och samordningsnummer.',
  );
}

function otherNumbers(source: MergingPatient, target: MergingPatient, own: string): Problem | undefined {
  const numbers = numbersOf(source);
  if (numbers.length === 0) return undefined;
  const known = numbersOf(target);
  if (!numbers.every((each) => known.includes(each))) {
    return unfit(
      'The source has a personnummer or samordningsnummer that the target has not: they are different persons, or one Patient carries both numbers.',
      'Registreringarna har olika personnummer. Har personen bytt nummer ska båda stå på samma registrering.',
    );
  }
  if (target.custodian === own) return undefined;
  return unfit(
    'Both have the same number, and another organisation registered the target: only who registered both may merge them.',
    'Båda har samma personnummer, och den ena är registrerad av en annan organisation.',
  );
}

/**
 * OSL (2009:400) 22 kap 1 §: what protects a person, or closes, must not end by a merge. A target that the caller does not
 * read counts as unmarked, since the answer would tell.
 */
function lostBy(source: MergingPatient, target: MergingPatient, at: string): Problem | undefined {
  const from = factsOf(source.stored.id, source.facts);
  const to = factsOf(target.stored.id, target.visible ? target.facts : []);
  const loses =
    (from.protectedIdentity && !to.protectedIdentity) || (isDeceased(from, at) && !isDeceased(to, at));
  if (!loses) return undefined;
  return unfit(
    'The source is marked with protected identity, or as dead, and the target is not: correct one of them first.',
    'Den ena registreringen har skyddade personuppgifter eller är registrerad som avliden, men inte den andra. Rätta först.',
  );
}

const unfit = (diagnostics: string, sv: string) => refused('unprocessable', diagnostics, sv);

const itself = () => unfit('A Patient is not merged with itself.', 'Det är samma registrering.');

const notYours = () =>
  refused(
    'forbidden',
    'Another organisation registered this Patient: it may merge it.',
    'En annan organisation har registrerat personen. Kontakta den.',
  );

const notRelated = () =>
  refused(
    'forbidden',
    'Your unit has no current relation to the person.',
    'Du behöver ha en pågående vård- eller omsorgsrelation till personen.',
  );

const noTarget = () =>
  refused(
    'unprocessable',
    'There is no such target that you may know of, or the source does not go with it: find its id with Patient/$match, register the relation of your unit to the person first, and otherwise ask the organisation that registered the target.',
    'Den registrering som ska vara kvar finns inte, passar inte, eller så har ni ingen relation till personen.',
    `Parameters.parameter.where(name = 'target-patient')`,
  );

const isReplacedAlready = () =>
  refused(
    'conflict',
    'The Patient has been merged into another already: find that one with Patient/$match.',
    'Registreringen är redan ihopförd med en annan.',
  );
