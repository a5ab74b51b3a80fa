import {
  type Actor,
  factsOf,
  holds,
  isDeceased,
  keyOfActor,
  type LegalActor,
  sameActor,
} from '@naravard/access';
import { canonicalIdentifier, identifierSystems, Problem } from '@naravard/fhir';
import type { MergingPatient } from '@naravard/store';
import { textOf } from '../reply.ts';
import { careCommission } from './callers.ts';
import { refused } from './refusal.ts';

/** Who merges: staff for the care, or a system of the organisation. */
interface MergingParty {
  readonly kind: 'staff' | 'system';
  readonly organisation: LegalActor;
}

/** @throws Problem 'forbidden' for who is neither */
export function mergingParty(actor: Actor): MergingParty {
  const { caller } = actor;
  if (caller.kind === 'system' && caller.onBehalfOf === null) {
    return { kind: 'system', organisation: caller.organisation };
  }
  return { kind: 'staff', organisation: careCommission(actor).organisation };
}

/**
 * The organisation that registered a person without a number knows who the person is, and may say so; which of two
 * registrations of one number is right, who registered both. What the caller does not see is as if it were not there.
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
  if (party.kind === 'staff' && !source.related) throw notRelated();
  if (!target || !knows(party, target, at)) throw noTarget();
  if (target.stored.id === source.stored.id) throw itself();
  if (isReplaced(source)) throw isReplacedAlready();
  checkTarget(target);
  checkNumbers(source, target, own);
  checkSaid(source, target, at);
}

/** Staff who may read the target; a system whose organisation registered the person, or has to do with the person now. */
function knows({ kind, organisation }: MergingParty, target: MergingPatient, at: string): boolean {
  if (target.visible || kind === 'staff') return target.visible;
  return factsOf(target.stored.id, target.facts).relations.some(
    (each) => sameActor(each.organisation, organisation) && holds(each.during, at),
  );
}

const isReplaced = ({ stored, facts }: MergingPatient): boolean =>
  facts.some(({ kind, patient }) => kind === 'replaced' && patient === stored.id);

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

function checkTarget(target: MergingPatient): void {
  if (isReplaced(target) || personOf(target).active === false) {
    throw unfit(
      'The target is not in use: find the Patient that is with Patient/$match.',
      'Den andra registreringen används inte längre.',
    );
  }
  if (numbersOf(target).length === 0) {
    throw unfit(
      'The target has neither personnummer nor samordningsnummer: nothing tells who it is.',
      'Den registrering som ska vara kvar saknar personnummer och samordningsnummer.',
    );
  }
}

function checkNumbers(source: MergingPatient, target: MergingPatient, own: string): void {
  const numbers = numbersOf(source);
  if (numbers.length === 0) return;
  const known = numbersOf(target);
  if (!numbers.every((each) => known.includes(each))) {
    throw unfit(
      'The source has a personnummer or samordningsnummer that the target has not: they are different persons, or one Patient carries both numbers.',
      'Registreringarna har olika personnummer. Har personen bytt nummer ska båda stå på samma registrering.',
    );
  }
  if (target.custodian !== own) {
    throw unfit(
      'Both have the same number, and another organisation registered the target: only who registered both may merge them.',
      'Båda har samma personnummer, och den ena är registrerad av en annan organisation.',
    );
  }
}

/** OSL (2009:400) 22 kap 1 §: what protects a person, or closes, must not end by a merge. */
function checkSaid(source: MergingPatient, target: MergingPatient, at: string): void {
  const [from, to] = [source, target].map(({ stored, facts }) => factsOf(stored.id, facts));
  if (!from || !to) return;
  const loses =
    (from.protectedIdentity && !to.protectedIdentity) || (isDeceased(from, at) && !isDeceased(to, at));
  if (!loses) return;
  throw unfit(
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
    'There is no such target that you may know of: find its id with Patient/$match, and register the relation to the person first.',
    'Den registrering som ska vara kvar finns inte, eller så har ni ingen relation till personen.',
    `Parameters.parameter.where(name = 'target-patient')`,
  );

const isReplacedAlready = () =>
  refused(
    'conflict',
    'The Patient has been merged already: find the one that remains with Patient/$match.',
    'Registreringen är redan ihopförd med en annan.',
  );
