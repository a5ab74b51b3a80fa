import type {
  CareTeam,
  ContactPoint,
  HealthcareService,
  Practitioner,
  PractitionerRole,
} from '@medplum/fhirtypes';
import { extensions, systems } from '../codes.ts';
import {
  type Available,
  closedOfAvailable,
  type Hours,
  type OpenRange,
  rangesOfAvailable,
  rangesOfExtensions,
  type Span,
  spanOf,
} from './opening-hours.ts';

/** Whom a number is for: the patient, those close to the patient, the staff. */
export type Audience = 'patient' | 'narstaende' | 'personal';

/** A number or address of a contact. */
export interface ContactNumber {
  /** phone, sms, email, url, ...; only a phone is called. */
  readonly system: string;
  readonly value: string;
  /** Empty = everybody. */
  readonly audience: readonly Audience[];
  readonly hours: Hours;
  /** Date (YYYY-MM-DD) when somebody last tried it. */
  readonly checked: string | null;
}

/** A way to reach somebody: a fast kontakt, the team that answers for several, or a service of a unit (`tjanst`). */
export interface ContactPath {
  /** `CareTeam/id` or `HealthcareService/id`. */
  readonly id: string;
  readonly kind: 'fast-kontakt' | 'team' | 'tjanst';
  /** kv_typ_av_fast_kontakt of a fast kontakt: '1'-'4', or a code that has been added since. */
  readonly typ: string | null;
  /** Of the person, the team or the service; '' where it is not told. */
  readonly name: string;
  /** What this contact is there for, in a sentence to the patient. */
  readonly uppdrag: string | null;
  /** `Organization/id` of the unit. */
  readonly organisation: string | null;
  readonly numbers: readonly ContactNumber[];
  /** `CareTeam/id` of the team that answers when the person does not. */
  readonly viaTeam: string | null;
  /** As it was written: a date, or a part of one. */
  readonly started: string | null;
  /** When it holds. */
  readonly during: Span;
}

/**
 * The contact paths of a patient that hold at an instant, or at some time of [at, until): active CareTeams of category
 * fast-kontakt and team, and HealthcareServices. A CareTeam without telecom of its own is reached by that of its member's
 * PractitionerRole; team and service of a person's unit are paths of their own. All else among the resources is looked at
 * only for what these refer to.
 */
export function contactPathsOf(resources: readonly object[], at: string, until: string = at): ContactPath[] {
  const known = new Map<string, object>();
  for (const each of resources) {
    const { resourceType, id } = each as { resourceType?: string; id?: string };
    known.set(`${resourceType}/${id}`, each);
  }
  const [from, to] = [Date.parse(at), Date.parse(until)];
  return [...known]
    .flatMap(([key, resource]) => pathOf(key, resource, known) ?? [])
    .filter(({ during }) => (during.start <= from || during.start < to) && from < during.end);
}

type Known = ReadonlyMap<string, object>;

function pathOf(id: string, resource: object, known: Known): ContactPath | undefined {
  const [type] = id.split('/');
  if (type === 'CareTeam') return careTeamPath(id, resource as CareTeam, known);
  if (type === 'HealthcareService') return servicePath(id, resource as HealthcareService);
  return undefined;
}

function careTeamPath(id: string, team: CareTeam, known: Known): ContactPath | undefined {
  const { status, name = '', period = {}, participant = [], managingOrganization = [], telecom = [] } = team;
  const kind = kindOf(team);
  if (status !== 'active' || kind === undefined) return undefined;
  const during = spanOf(period) ?? always;
  const roles = participant.flatMap(({ member }) => roleOf(member?.reference, known) ?? []);
  const own = telecom.flatMap((point) => numberOf(point, during));
  const [first] = participant;
  const personal = kind === 'fast-kontakt';
  return {
    id,
    kind,
    typ: personal ? codeOf(first?.role, systems.fastKontakt) : null,
    name: (personal && (first?.member?.display ?? practitionerName(roles[0], known))) || name,
    uppdrag: team.extension?.find(({ url }) => url === extensions.uppdrag)?.valueString ?? null,
    organisation: managingOrganization[0]?.reference ?? null,
    numbers: own.length ? own : roles.flatMap((role) => roleNumbers(role, during)),
    viaTeam:
      participant.flatMap(({ extension = [] }) => extension).find(({ url }) => url === extensions.viaTeam)
        ?.valueReference?.reference ?? null,
    started: period.start ?? null,
    during,
  };
}

function kindOf({ category = [] }: CareTeam): 'fast-kontakt' | 'team' | undefined {
  const code = codeOf(category, systems.careTeamType);
  return code === 'fast-kontakt' || code === 'team' ? code : undefined;
}

const codeOf = (concepts: CareTeam['category'] = [], system: string): string | null =>
  concepts.flatMap(({ coding = [] }) => coding).find((each) => each.system === system)?.code ?? null;

/** The PractitionerRole of a member, while it is in use. */
function roleOf(reference = '', known: Known): PractitionerRole | undefined {
  const role = reference.startsWith('PractitionerRole/') && known.get(reference);
  return role && (role as PractitionerRole).active !== false ? (role as PractitionerRole) : undefined;
}

function practitionerName({ practitioner }: PractitionerRole = {} as PractitionerRole, known: Known): string {
  const person = known.get(practitioner?.reference ?? '') as Practitioner | undefined;
  const { text, given = [], family } = person?.name?.[0] ?? {};
  return practitioner?.display ?? text ?? [...given, family].filter(Boolean).join(' ');
}

const roleNumbers = (role: PractitionerRole, during: Span): ContactNumber[] =>
  (role.telecom ?? []).flatMap((point) => numberOf(point, during, role));

function servicePath(id: string, service: HealthcareService): ContactPath | undefined {
  const { active, name, providedBy, telecom = [] } = service;
  if (active === false) return undefined;
  return {
    id,
    kind: 'tjanst',
    typ: null,
    name: name ?? providedBy?.display ?? '',
    uppdrag: null,
    organisation: providedBy?.reference ?? null,
    numbers: telecom.flatMap((point) => numberOf(point, always, service)),
    viaTeam: null,
    started: null,
    during: always,
  };
}

const always: Span = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };

/** Hours of its own go before those of who has it. It answers while it is in use and its path holds. */
function numberOf(point: ContactPoint, during: Span, of: Available = {}): ContactNumber[] {
  const { system = '', value, use, extension = [], period = {} } = point;
  if (value === undefined || use === 'old') return [];
  const own: OpenRange[] = rangesOfExtensions(extension);
  const codes = extension.filter(({ url }) => url === extensions.malgrupp).map(({ valueCode }) => valueCode);
  const closed = [...closedOfAvailable(of), ...outside(during), ...outside(spanOf(period) ?? always)];
  return [
    {
      system,
      value,
      audience: audiences.filter((each) => codes.includes(each)),
      hours: { ranges: own.length ? own : rangesOfAvailable(of), closed },
      checked: extension.find(({ url }) => url === extensions.senastKontrollerat)?.valueDate ?? null,
    },
  ];
}

const audiences: readonly Audience[] = ['patient', 'narstaende', 'personal'];

const outside = ({ start, end }: Span): Span[] =>
  [
    { start: always.start, end: start },
    { start: end, end: always.end },
  ].filter((span) => span.start < span.end);

/** Whether a number may be given to a reader; the staff are given all. */
export const isFor = ({ audience }: ContactNumber, reader: Audience): boolean =>
  reader === 'personal' || audience.length === 0 || audience.includes(reader);

/** Whether a number is for the staff, and neither for the patient nor for those close to the patient. */
export const isStaffOnly = ({ audience }: ContactNumber): boolean =>
  audience.length > 0 && audience.every((each) => each === 'personal');
