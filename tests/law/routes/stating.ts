import {
  ageExceptionOf,
  careRelation,
  childFoundUnable,
  emergencyOpening,
  type Facts,
  type InformationTypeCode,
  insatsInvestigation,
  type LegalActor,
  lastingIncapacityFound,
  type Period,
  representativeOf,
  sipConsent,
  sparr,
  sparrLift,
  svodConsent,
  svodInformationGiven,
  teamOf,
  workNeed,
} from '@naravard/access';
import { centre, homeHelp, homeNurse, kommun, region } from '../decisions/build.ts';
import { type Hand, unitHands } from './cast.ts';
import type { Doc, Told, Version } from './told.ts';

/** What becomes of a resource that states something: it stands, is taken back by a change, or is deleted. */
export type Fate = 'stands' | 'taken back' | 'deleted';

const showsBlock = 'https://naravard.se/fhir/CodeSystem/access|shows-block';
const saidAt = '2026-10-15T08:00:00.000Z';

const isReadable = ({ start, end }: Period): boolean =>
  [start, end].every((limit) => limit === null || !Number.isNaN(Date.parse(limit)));

/** A FHIR Period includes its end. */
const limits = ({ start, end }: Period) => ({
  ...(start !== null && { start }),
  ...(end !== null && { end: new Date(Date.parse(end) - 1).toISOString() }),
});

const limited = ({ end }: Period): boolean => end !== null;

const whole = (organisation: LegalActor): Hand => ({ organisation, unit: null });

interface Statement {
  readonly type: string;
  readonly by: Hand;
  readonly employee?: string;
  readonly time?: string | null;
  readonly labels?: readonly string[];
  readonly tells: Told;
  make(id: string): object;
}

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

function docOf(patient: string, statement: Statement, index: number, fate: Fate): Doc {
  const { type, by, employee, time = null, labels = [], tells } = statement;
  const id = `${patient}-${type.toLowerCase()}-${index}`;
  const resource = statement.make(id) as Record<string, unknown>;
  const first: Version = { resource, labels };
  const stands = fate === 'stands' || employee !== undefined;
  return {
    type,
    id,
    by,
    ...(employee !== undefined && { employee }),
    patient,
    time,
    versions: stands
      ? [first]
      : [first, fate === 'deleted' ? { resource: null, labels } : { resource: takenBack(resource), labels }],
    ...(stands && { tells }),
  };
}

function takenBack(resource: Record<string, unknown>): Record<string, unknown> {
  switch (resource.resourceType) {
    case 'EpisodeOfCare':
      return { ...resource, status: 'finished' };
    case 'RelatedPerson':
      return { ...resource, active: false };
    default:
      return { ...resource, status: 'inactive' };
  }
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
          const { end } = of;
          return end === undefined ? [] : [{ ...common, make: (id) => workNeed({ id, ...of, end }) }];
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
      const { end, ...start } = limits(during);
      if (!limited(during) || end === undefined) return [];
      if (kind === 'child' && organisation.as !== 'vardgivare') return [];
      if (kind === 'lasting-incapacity' && !(found.attitudeExplored && found.noReasonToThinkOpposed))
        return [];
      const make = (id: string) =>
        (kind === 'child' ? childFoundUnable : lastingIncapacityFound)({
          id,
          patient,
          at: saidAt,
          ...start,
          end,
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
        const by = unitHands.find(({ unit }) => unit === told.unit);
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

/** A spärr and its lifts. The third lift is by another organisation, and lifts nothing. */
function blocked(
  patient: string,
  block: Facts['blocks'][number],
  index: number,
  fate: Fate = 'stands',
): Doc[] {
  const { reach, organisation, unit, information, excludedTypes, during, lifts } = block;
  if (!isReadable(information) || !isReadable(during)) return [];
  const made = lifts.flatMap((lift, at) =>
    lifted(patient, `${index}-${at}`, index, organisation, lift, at === 2),
  );
  const statement: Statement = {
    type: 'Consent',
    by: { organisation, unit: index % 2 ? unit : null },
    time: saidAt,
    labels: [showsBlock],
    tells: { blocks: [{ ...block, lifts: made.flatMap(({ lift }) => lift ?? []) }] },
    make: (id) =>
      sparr({
        id,
        patient,
        at: saidAt,
        reach,
        ...(unit !== null && { unit }),
        information: limits(information),
        spares: excludedTypes as InformationTypeCode[],
        ...limits(during),
      }),
  };
  const named = { ...docOf(patient, statement, index, fate), id: blockId(patient, index) };
  const versions = named.versions.map(({ resource, ...each }) => ({
    ...each,
    resource: resource && { ...resource, id: named.id },
  }));
  return [{ ...named, versions: versions as unknown as Doc['versions'] }, ...made.map(({ doc }) => doc)];
}

const blockId = (patient: string, index: number): string => `${patient}-sparr-${index}`;

type Lift = Facts['blocks'][number]['lifts'][number];

function lifted(
  patient: string,
  name: string,
  block: number,
  organisation: LegalActor,
  lift: Lift,
  byAnother: boolean,
): { doc: Doc; lift: Lift | undefined }[] {
  const { unit, person, during, ground, officer, relevantTypes } = lift;
  const { end, ...start } = limits(during);
  if (!isReadable(during) || end === undefined) return [];
  const by = byAnother ? (organisation === kommun ? region : kommun) : organisation;
  const mayBeIndispensable = officer !== null && by.as === 'vardgivare' && relevantTypes.length > 0;
  if (ground === 'indispensable' && !mayBeIndispensable) return [];
  const hand: Hand = {
    organisation: by,
    unit: officer === null ? null : `${by.hsaId}-S`,
    ...(officer !== null && { officer }),
  };
  const relevant = ground === 'indispensable' ? relevantTypes : [];
  const resource = sparrLift({
    id: `${patient}-havning-${name}`,
    patient,
    at: saidAt,
    sparr: blockId(patient, block),
    ground,
    unit,
    ...(person !== null && { person }),
    relevant,
    ...start,
    end,
  });
  const doc: Doc = {
    type: 'Consent',
    id: `${patient}-havning-${name}`,
    by: hand,
    patient,
    time: saidAt,
    versions: [{ resource, labels: [showsBlock] }],
  };
  return [{ doc, lift: byAnother ? undefined : lift }];
}
