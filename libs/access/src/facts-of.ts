import { Problem } from '@naravard/fhir';
import type { LegalActor } from './caller.ts';
import type { Block, CareRelation, Facts, Lift, Reach } from './facts.ts';
import { actorOfKey } from './legal-actor-key.ts';
import type { StatedFact } from './stated-fact.ts';

type Draft = {
  -readonly [Name in keyof Facts]: Facts[Name] extends readonly (infer Item)[] ? Item[] : Facts[Name];
};

const nothing = (patient: string): Draft => ({
  patient,
  born: null,
  protectedIdentity: false,
  deceased: null,
  relations: [],
  consents: [],
  unableToConsent: [],
  blocks: [],
  emergencies: [],
  representatives: [],
  ageExceptions: [],
  informed: [],
  joined: [],
});

/**
 * The facts of a patient, as the decision takes them, from rows of table `fact`: those about the patient, and those on who
 * has joined. Rows about others are left out, and so is a permitting row that cannot be read.
 * @throws Problem 'internal' for a forbidding row that cannot be read: nothing is decided without it
 */
export function factsOf(patient: string, rows: readonly StatedFact[]): Facts {
  const facts = nothing(patient);
  const own = rows.filter((row) => row.patient === (row.kind === 'joined' ? null : patient));
  for (const row of own) add(facts, row, own);
  return facts;
}

function add(facts: Draft, row: StatedFact, own: readonly StatedFact[]): void {
  const { kind, unit, person, during } = row;
  const organisation = actorOfKey(row.organisation);
  switch (kind) {
    case 'born':
      facts.born = row.value;
      break;
    case 'protected':
      facts.protectedIdentity = true;
      break;
    case 'deceased':
      facts.deceased = during;
      break;
    case 'replaced':
      break;
    case 'guardian':
    case 'adult-proxy':
      if (person !== null) facts.representatives.push({ person, as: kind, during });
      break;
    case 'guardian-keeps-access':
    case 'young-person-has-access':
      if (unit !== null && organisation !== null) {
        facts.ageExceptions.push({ organisation, unit, kind, during });
      }
      break;
    case 'block-inner':
    case 'block-outer':
      facts.blocks.push(blockOf(row, forbidding(organisation), own));
      break;
    case 'lift':
      break;
    case 'consent-no':
      facts.consents.push({
        kind: 'svod',
        answer: 'no',
        ...reachOf(row, forbidding(organisation)),
        during,
      });
      break;
    default:
      if (organisation !== null) permit(facts, kind, row, organisation);
  }
}

type Permitting =
  | CareRelation['kind']
  | 'consent-yes'
  | 'sip-yes'
  | 'sip-no'
  | 'incapacity'
  | 'child-unable'
  | 'emergency'
  | 'informed'
  | 'joined';

/** What an organisation has to do with the patient, or with SVOD. */
function permit(facts: Draft, kind: Permitting, row: StatedFact, organisation: LegalActor): void {
  const { unit, person, during } = row;
  const reach = reachOf(row, organisation);
  switch (kind) {
    case 'care':
    case 'insats':
    case 'investigation':
    case 'participation':
    case 'need':
      facts.relations.push({ kind, ...reach, during });
      break;
    case 'consent-yes':
      facts.consents.push({ kind: 'svod', answer: 'yes', ...reach, during });
      break;
    case 'sip-yes':
    case 'sip-no':
      facts.consents.push({ kind: 'sip', answer: kind === 'sip-yes' ? 'yes' : 'no', ...reach, during });
      break;
    case 'incapacity':
      facts.unableToConsent.push({ ...found, kind: 'lasting-incapacity', organisation, during });
      break;
    case 'child-unable':
      facts.unableToConsent.push({ kind: 'child', organisation, during });
      break;
    case 'emergency':
      if (unit === null || person === null) break;
      facts.emergencies.push({
        ...stated,
        ...reach,
        unit,
        person,
        relationAttested: row.value === 'attested',
        during,
      });
      break;
    case 'informed':
      facts.informed.push({ organisation, at: during.start ?? FIRST });
      break;
    case 'joined':
      facts.joined.push({ organisation, during });
      break;
    default:
      kind satisfies never;
  }
}

/** What was asked for when the fact was stated (stated/consent): without it there is no row. */
const found = { attitudeExplored: true, noReasonToThinkOpposed: true } as const;
const stated = { dangerStated: true, reason: 'stated' } as const;

const FIRST = '0001-01-01T00:00:00.000Z';

const reachOf = ({ unit, person }: StatedFact, organisation: LegalActor): Reach => ({
  organisation,
  unit,
  person,
});

/** A lift of another organisation's block is none (SVOD 2022:913 2 kap. 3 §, PDL 2008:355 4 kap. 5 §). */
const blockOf = (row: StatedFact, organisation: LegalActor, own: readonly StatedFact[]): Block => ({
  reach: row.kind === 'block-inner' ? 'inner' : 'outer',
  organisation,
  unit: row.unit,
  information: row.information ?? { start: null, end: null },
  excludedTypes: row.types,
  during: row.during,
  lifts: own.flatMap((each) =>
    each.kind === 'lift' && each.about === row.about && each.organisation === row.organisation
      ? liftOf(each)
      : [],
  ),
});

function liftOf({ unit, person, during, value, author, types }: StatedFact): Lift[] {
  if (unit === null) return [];
  if (value !== 'consent' && value !== 'blocker' && value !== 'indispensable') return [];
  return [{ unit, person, during, ground: value, officer: author, relevantTypes: types }];
}

function forbidding(organisation: LegalActor | null): LegalActor {
  if (organisation) return organisation;
  throw new Problem('internal', [], { cause: new Error('a block or a no of no known organisation') });
}
