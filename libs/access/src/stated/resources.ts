import { identifierSystems } from '@naravard/fhir';
import type { LegalActor } from '../caller.ts';
import {
  insatsCodes,
  legalActorCodes,
  networkCodes,
  relationCodes,
  representativeCodes,
  systems,
} from './codes.ts';
import type { CodeableConcept, Coding, Period, Reference } from './elements.ts';

/** A resource that states facts, to be written like any other. */
export interface Made<Type extends string = string> {
  readonly resourceType: Type;
  readonly [element: string]: unknown;
}

/** Limits as FHIR dates or instants; an end date is inclusive, a limit left out is open. */
export interface During {
  readonly start?: string;
  readonly end?: string;
}

/** `id`: of the resource, for who may choose it. `patient`: id of the Patient. */
export interface AboutPatient {
  readonly id?: string;
  readonly patient: string;
}

export const periodOf = ({ start, end }: During): { period?: Period } =>
  start === undefined && end === undefined
    ? {}
    : { period: { ...(start !== undefined && { start }), ...(end !== undefined && { end }) } };

/** A reference to a unit, an organisation or an employee by HSA-id. */
export const byHsaId = (value: string): Reference => ({
  identifier: { system: identifierSystems.hsaId, value },
});

export const aboutPatient = (patient: string): Reference => ({ reference: `Patient/${patient}` });

export function codingOf<Code extends string>(
  system: string,
  displays: Readonly<Record<Code, string>>,
  code: Code,
): Coding {
  return { system, code, display: displays[code] };
}

const conceptOf = (...coding: Coding[]): CodeableConcept => ({ coding });

/** For a system without a unit of its own, or to say it; staff relate the unit of their commission. */
interface OfUnit {
  readonly unit?: string;
}

const episode = (
  { id, patient, unit, ...during }: AboutPatient & OfUnit & During,
  status: string,
  type?: Coding,
): Made<'EpisodeOfCare'> => ({
  resourceType: 'EpisodeOfCare',
  ...(id !== undefined && { id }),
  status,
  ...(type && { type: [conceptOf(type)] }),
  patient: aboutPatient(patient),
  ...(unit !== undefined && { managingOrganization: byHsaId(unit) }),
  ...periodOf(during),
});

/** Patientrelation with a vårdgivare, or an insats of an omsorgsgivare, by who writes it. */
export const careRelation = ({
  insats,
  ...of
}: AboutPatient & OfUnit & During & { insats?: keyof typeof insatsCodes }): Made<'EpisodeOfCare'> =>
  episode(of, 'active', insats && codingOf(systems.insats, insatsCodes, insats));

/** The person is assessed for insatser (SVOD 2022:913 3 kap. 2 §). */
export const insatsInvestigation = (of: AboutPatient & OfUnit & During): Made<'EpisodeOfCare'> =>
  episode(of, 'active', codingOf(systems.relation, relationCodes, 'utredning'));

/** The work of a unit needs the record though it takes no part in the care (PDL 2008:355 4 kap. 1 §). */
export const workNeed = (of: AboutPatient & OfUnit & Required<During>): Made<'EpisodeOfCare'> =>
  episode(of, 'active', codingOf(systems.relation, relationCodes, 'need'));

/** Staff of the own organisation who take part in the care: `members` by employeeHsaId, `unit` where they do so. */
export const teamOf = ({
  id,
  patient,
  members,
  unit,
  ...during
}: AboutPatient & OfUnit & During & { members: readonly string[] }): Made<'CareTeam'> => ({
  resourceType: 'CareTeam',
  ...(id !== undefined && { id }),
  status: 'active',
  subject: aboutPatient(patient),
  ...periodOf(during),
  participant: members.map((member) => ({
    member: byHsaId(member),
    ...(unit !== undefined && { onBehalfOf: byHsaId(unit) }),
  })),
});

/** `person`: the `sub` of the token that the guardian or ombud logs in by. */
export const representativeOf = ({
  id,
  patient,
  person,
  as,
  ...during
}: AboutPatient &
  During & { person: string; as: keyof typeof representativeCodes }): Made<'RelatedPerson'> => ({
  resourceType: 'RelatedPerson',
  ...(id !== undefined && { id }),
  identifier: [{ system: systems.person, value: person }],
  active: true,
  patient: aboutPatient(patient),
  relationship: [conceptOf(codingOf(systems.representative, representativeCodes, as))],
  ...periodOf(during),
});

/** A legal actor takes part in SVOD (2022:913 2 kap. 4 §). */
export const svodMembership = ({
  id,
  organisation,
  ...during
}: During & { id?: string; organisation: LegalActor }): Made<'OrganizationAffiliation'> => ({
  resourceType: 'OrganizationAffiliation',
  ...(id !== undefined && { id }),
  active: true,
  ...periodOf(during),
  participatingOrganization: byHsaId(organisation.hsaId),
  code: [
    conceptOf(codingOf(systems.network, networkCodes, 'svod')),
    conceptOf(codingOf(systems.legalActor, legalActorCodes, organisation.as)),
  ],
});
