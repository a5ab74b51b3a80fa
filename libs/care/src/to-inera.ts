import type {
  CareTeam,
  CareTeamParticipant,
  CodeableConcept,
  Coding,
  ContactPoint,
  Reference,
} from '@medplum/fhirtypes';
import { extensions, systems } from './codes.ts';
import { type IneraAvailability, ineraHours } from './inera-hours.ts';

const ig = 'https://fhir.inera.se/ig/careteam/StructureDefinition';
const availability = `${ig}/RIVContactPointAvailability`;

/** Profiles of Inera's CareTeam IG 0.9 by the category of a CareTeam. */
const profiles: Readonly<Record<string, string>> = {
  'fast-kontakt': `${ig}/RIVCareManager-careteam`,
  team: `${ig}/RIVManagingTeam-careteam`,
};

/** A ContactPoint as the IG has it; its extension carries a datatype that R4 does not have. */
export interface IneraContactPoint extends Omit<ContactPoint, 'extension'> {
  readonly extension?: readonly { readonly url: string; readonly valueAvailability: IneraAvailability }[];
}

/** http://hl7.org/fhir/R5/careteam.html as Inera's CareTeam IG 0.9 profiles it. */
export interface IneraCareTeam
  extends Pick<CareTeam, 'id' | 'identifier' | 'status' | 'name' | 'subject' | 'period' | 'note'> {
  readonly resourceType: 'CareTeam';
  readonly meta: object;
  readonly category: readonly [CodeableConcept];
  readonly participant?: readonly IneraParticipant[];
  readonly managingOrganization?: CareTeam['managingOrganization'];
  readonly telecom?: readonly IneraContactPoint[];
}

export interface IneraParticipant extends Pick<CareTeamParticipant, 'extension' | 'member' | 'onBehalfOf'> {
  readonly role?: CodeableConcept;
}

/**
 * A fast kontakt, or the team that it is reached through, as Inera's CareTeam IG 0.9 (FHIR R5) expects it; undefined for a
 * CareTeam of another category. What the IG does not know is left out: our extensions, numbers that are not for the patient,
 * narrative, contained resources, encounter and reason. `note` is for the patient and stays.
 */
export function toInera(team: CareTeam): IneraCareTeam | undefined {
  const [category, profile] = sortOf(team) ?? [];
  if (!category) return undefined;
  const { id, meta, identifier, status, name, period, note } = team;
  return compact<IneraCareTeam>({
    resourceType: 'CareTeam',
    id,
    meta: { ...meta, profile: [profile] },
    identifier,
    status,
    category: [{ coding: [category] }],
    name,
    subject: outside(team.subject),
    period,
    participant: team.participant?.map(participantOf),
    managingOrganization: team.managingOrganization?.flatMap((each) => outside(each) ?? []),
    telecom: team.telecom?.filter(isForPatient).map(contactPoint),
    note,
  });
}

/** The one coding that the IG allows, and the profile that goes with it. */
function sortOf({ category = [] }: CareTeam): [Coding, string] | undefined {
  for (const { system, code = '', display } of category.flatMap(({ coding = [] }) => coding)) {
    const profile =
      system === systems.careTeamType && Object.hasOwn(profiles, code) ? profiles[code] : undefined;
    if (profile) return [compact<Coding>({ system, code, display }), profile];
  }
  return undefined;
}

/** R5 has at most one role: the first that says what sort of fast kontakt it is, or the first of all. */
function participantOf({ extension, role = [], member, onBehalfOf }: CareTeamParticipant): IneraParticipant {
  const isType = ({ coding = [] }: CodeableConcept) =>
    coding.some(({ system }) => system === systems.fastKontakt);
  return compact<IneraParticipant>({
    extension: extension?.filter(({ url }) => url === extensions.viaTeam),
    role: role.find(isType) ?? role[0],
    member: outside(member),
    onBehalfOf: outside(onBehalfOf),
  });
}

/** The IG: telecom is for the patient. Without a stated audience a number is for all. */
function isForPatient({ extension = [] }: ContactPoint): boolean {
  const audience = extension.filter(({ url }) => url === extensions.malgrupp);
  return !audience.length || audience.some(({ valueCode }) => valueCode === 'patient');
}

function contactPoint({ system, value, use, rank, period, extension }: ContactPoint): IneraContactPoint {
  const valueAvailability = ineraHours(extension);
  return compact<IneraContactPoint>({
    extension: valueAvailability && [{ url: availability, valueAvailability }],
    system,
    value,
    use,
    rank,
    period,
  });
}

/** Contained resources are R4's and left out, and with them what refers to them but its words. */
function outside<Target extends Reference>(reference: Target | undefined): Target | undefined {
  if (!reference?.reference?.startsWith('#')) return reference;
  const { reference: _contained, ...words } = reference;
  return Object.keys(words).length ? (words as Target) : undefined;
}

/** Without what is undefined or an empty list, which JSON of FHIR may not have. */
function compact<Value extends object>(value: Value): Value {
  const there = Object.entries(value).filter(
    ([, each]) => each !== undefined && !(Array.isArray(each) && each.length === 0),
  );
  return Object.fromEntries(there) as Value;
}
