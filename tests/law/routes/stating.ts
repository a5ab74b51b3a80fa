import {
  ageExceptionOf,
  careRelation,
  childFoundUnable,
  emergencyOpening,
  type Facts,
  insatsInvestigation,
  type LegalActor,
  lastingIncapacityFound,
  representativeOf,
  sameActor,
  sipConsent,
  svodConsent,
  svodInformationGiven,
  teamOf,
  workNeed,
} from '@naravard/access';
import { centre, homeHelp, homeNurse, kommun, region } from '../decisions/build.ts';
import { blocked } from './blocks.ts';
import { type Hand, unitHands } from './cast.ts';
import {
  docOf,
  type Fate,
  isReadable,
  limitedTo,
  limits,
  type Statement,
  saidAt,
  whole,
} from './statement.ts';
import type { Doc, Told } from './told.ts';

const answerLabel = 'https://naravard.se/fhir/CodeSystem/access|answer';

/**
 * The resources that state what of some facts can be stated: whatever is unreadable or lacks what its section asks for is
 * left out, for nobody can write it. `fates` tells which of them still stand.
 */
export function statements(patient: string, facts: Facts, fates: readonly Fate[]): Doc[] {
  const all = [
    ...relations(patient, facts),
    ...answers(patient, facts),
    ...findings(patient, facts),
    ...emergencies(patient, facts),
    ...persons(patient, facts),
    ...informed(patient, facts),
  ];
  return [
    ...all.map((each, index) => docOf(patient, each, index, fates[index] ?? 'stands')),
    ...facts.blocks.flatMap((block, index) =>
      blocked(patient, block, index, fates[fates.length - 1 - index]),
    ),
  ];
}

function relations(patient: string, facts: Facts): Statement[] {
  return facts.relations
    .filter(({ during }) => isReadable(during))
    .flatMap((relation, index): Statement[] => {
      const { kind, organisation, unit, during } = relation;
      const isCare = organisation.as === 'vardgivare';
      const by: Hand = index % 2 ? { organisation, unit } : whole(organisation);
      const of = { patient, ...(index % 2 === 0 && unit !== null && { unit }), ...limits(during) };
      const told = (person: string | null): Told => ({ relations: [{ ...relation, person }] });
      const common = { type: 'EpisodeOfCare', by, time: during.start, tells: told(null) };
      switch (kind) {
        case 'care':
          return isCare ? [{ ...common, make: (id) => careRelation({ id, ...of }) }] : [];
        case 'insats':
          return isCare ? [] : [{ ...common, make: (id) => careRelation({ id, insats: 'HTJ', ...of }) }];
        case 'investigation':
          return isCare ? [] : [{ ...common, make: (id) => insatsInvestigation({ id, ...of }) }];
        case 'need': {
          const days = limitedTo(367, during);
          return days ? [{ ...common, make: (id) => workNeed({ id, ...of, ...days }) }] : [];
        }
        case 'participation': {
          const person = relation.person ?? employeeAt(organisation);
          const make = (id: string) =>
            teamOf({ id, members: [person], ...of, ...(unit !== null && { unit }) });
          return [{ ...common, type: 'CareTeam', tells: told(person), make }];
        }
        default:
          return kind satisfies never;
      }
    });
}

const employeeAt = (organisation: LegalActor): string =>
  (organisation === region ? centre : organisation === kommun ? homeNurse : homeHelp).commission.employee;

function answers(patient: string, facts: Facts): Statement[] {
  return facts.consents
    .filter(({ during }) => isReadable(during))
    .map((consent) => {
      const { kind, answer, organisation, unit, person, during } = consent;
      const reach = {
        ...(unit === null && { organisation: organisation.hsaId }),
        ...(unit !== null && { unit }),
        ...(person !== null && { person }),
      };
      const make = (id: string) =>
        (kind === 'svod' ? svodConsent : sipConsent)({
          id,
          patient,
          answer,
          at: saidAt,
          ...reach,
          ...limits(during),
        });
      return {
        type: 'Consent',
        by: { organisation, unit },
        time: saidAt,
        labels: [answerLabel],
        tells: { consents: [consent] },
        make,
      };
    });
}

function findings(patient: string, facts: Facts): Statement[] {
  return facts.unableToConsent
    .filter(({ during }) => isReadable(during))
    .flatMap((found) => {
      const { kind, organisation, during } = found;
      const days = limitedTo(367, during);
      if (!days) return [];
      if (kind === 'child' && organisation.as !== 'vardgivare') return [];
      if (kind === 'lasting-incapacity' && !(found.attitudeExplored && found.noReasonToThinkOpposed))
        return [];
      const make = (id: string) =>
        (kind === 'child' ? childFoundUnable : lastingIncapacityFound)({
          id,
          patient,
          at: saidAt,
          ...days,
        });
      const common = { type: 'Consent', by: whole(organisation), time: saidAt };
      return [{ ...common, tells: { unableToConsent: [found] }, make }];
    });
}

function emergencies(patient: string, facts: Facts): Statement[] {
  return facts.emergencies
    .filter(({ during }) => isReadable(during))
    .flatMap((opened) => {
      const { organisation, unit, person, reason, dangerStated, relationAttested, during } = opened;
      const { start, end } = limits(during);
      const isStated = dangerStated && reason !== '' && start !== undefined && end !== undefined;
      if (organisation.as !== 'vardgivare' || !isStated) return [];
      const make = (id: string) =>
        emergencyOpening({ id, patient, at: saidAt, start, end, reason, attested: relationAttested });
      const common = { type: 'Consent', by: { organisation, unit }, employee: person, time: saidAt };
      return [{ ...common, tells: { emergencies: [opened] }, make }];
    });
}

function persons(patient: string, facts: Facts): Statement[] {
  return [
    ...facts.representatives
      .filter(({ during }) => isReadable(during))
      .map((told): Statement => {
        const as = told.as === 'guardian' ? 'vardnadshavare' : 'ombud';
        const make = (id: string) =>
          representativeOf({ id, patient, person: told.person, as, ...limits(told.during) });
        return { type: 'RelatedPerson', by: whole(region), tells: { representatives: [told] }, make };
      }),
    ...facts.ageExceptions
      .filter(({ during }) => isReadable(during))
      .flatMap((told): Statement[] => {
        const by = unitHands.find(
          ({ organisation, unit }) => unit === told.unit && sameActor(organisation, told.organisation),
        );
        const make = (id: string) =>
          ageExceptionOf({ id, patient, as: told.kind, at: saidAt, ...limits(told.during) });
        return by ? [{ type: 'Consent', by, time: saidAt, tells: { ageExceptions: [told] }, make }] : [];
      }),
  ];
}

const informed = (patient: string, facts: Facts): Statement[] =>
  facts.informed
    .filter(({ at }) => !Number.isNaN(Date.parse(at)))
    .map((told) => ({
      type: 'Consent',
      by: whole(told.organisation),
      time: told.at,
      tells: { informed: [told] },
      make: (id) => svodInformationGiven({ id, patient, at: told.at }),
    }));
