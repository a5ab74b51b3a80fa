import type { CareTeam, Organization } from '@medplum/fhirtypes';
import {
  type Audience,
  type ContactNumber,
  type ContactPath,
  contactPathsOf,
  isFor,
} from '../contact/contact-path.ts';
import { hoursInWords } from '../contact/contact-words.ts';
import { isFastKontakt, typeOf } from './care-team.ts';
import { contactType, LAKARKONTAKT, placeOfType } from './contact-types.ts';
import { meet, rangeOf } from './periods.ts';

/** Who is or was a fast kontakt of a patient, in the words that a reader is shown. */
export interface ContactAt {
  /** `CareTeam/id`. */
  readonly reference: string;
  /** Code of kv_typ_av_fast_kontakt and its name; the code itself where the name is not known. */
  readonly type: { readonly code: string; readonly display: string } | null;
  readonly name: string;
  readonly unit: string | null;
  readonly uppdrag: string | null;
  /** As written: FHIR dateTimes. */
  readonly start: string | null;
  readonly end: string | null;
  /** Ways to reach the contact, the team and the unit: one sentence or more each, in Swedish. */
  readonly paths: readonly string[];
  readonly notes: readonly string[];
  /** There is another fast läkarkontakt at the same time, at another vårdgivare. */
  readonly flerLakarkontakter: boolean;
}

/** Half-open, ISO instants. */
export interface Span {
  readonly start: string;
  readonly end: string;
}

/**
 * The fasta kontakter that a patient had at some time of a span: by their periods, so also those that have ended since, but
 * neither proposed ones nor what was entered in error. A period without start or end is open there; one that has ended and does
 * not say when is left out. In the order of types (2, 1, 4, 3, others), then the newest start first.
 * `resources`: the CareTeams of the patient with what they refer to; ways to reach somebody are told as they are now.
 */
export function contactsAt(
  resources: readonly object[],
  span: Span,
  readers: readonly Audience[],
): ContactAt[] {
  const held = resources.filter((each) => isFastKontakt(each)).filter((team) => isHeld(team, span));
  // Paths are made of what is active: what was so then is taken as if it were.
  const then = held.map((team): CareTeam => ({ ...team, status: 'active' }));
  const others = resources.filter((each) => !isFastKontakt(each));
  const paths = contactPathsOf([...others, ...then], span.start, span.end);
  return paths
    .flatMap((path): ContactAt[] => {
      const team = held.find(({ id }) => path.id === `CareTeam/${id}`);
      return team ? [contactOf(team, path, { paths, held, resources, readers })] : [];
    })
    .sort(inOrder);
}

function isHeld(team: CareTeam, { start, end }: Span): boolean {
  const { status, period } = team;
  if (status === 'entered-in-error' || status === 'proposed') return false;
  if (status === 'inactive' && period?.end === undefined) return false;
  return meet(rangeOf(period), { start, end });
}

interface Among {
  readonly paths: readonly ContactPath[];
  readonly held: readonly CareTeam[];
  readonly resources: readonly object[];
  readonly readers: readonly Audience[];
}

function contactOf(team: CareTeam, path: ContactPath, among: Among): ContactAt {
  const { typ: code, name, uppdrag } = path;
  return {
    reference: path.id,
    type: code === null ? null : { code, display: contactType(code)?.display ?? code },
    name,
    unit: unitOf(team, among.resources),
    uppdrag,
    start: team.period?.start ?? null,
    end: team.period?.end ?? null,
    paths: waysTo(path, among),
    notes: (team.note ?? []).flatMap(({ text }) => text ?? []),
    flerLakarkontakter: code === LAKARKONTAKT && among.held.some((other) => isAnother(team, other)),
  };
}

function unitOf(
  { managingOrganization: [unit] = [] }: CareTeam,
  resources: readonly object[],
): string | null {
  const found = (resources as readonly Organization[]).find(
    ({ resourceType, id }) => `${resourceType}/${id}` === unit?.reference,
  );
  return found?.name ?? unit?.display ?? null;
}

/** A fast läkarkontakt beside this one; who took over from it began when it ended. */
const isAnother = (team: CareTeam, other: CareTeam): boolean =>
  other !== team && typeOf(other) === LAKARKONTAKT && meet(rangeOf(team.period), rangeOf(other.period));

/** The contact's own numbers, those of the team behind, those of services at the unit. */
function waysTo(path: ContactPath, { paths, readers }: Among): string[] {
  const team = paths.filter(({ kind, id }) => kind === 'team' && id === path.viaTeam);
  const services = paths.filter(
    ({ kind, organisation }) =>
      kind === 'tjanst' && organisation !== null && organisation === path.organisation,
  );
  const shown = ({ numbers }: ContactPath) =>
    numbers.filter((number) => readers.some((reader) => isFor(number, reader)));
  return [
    ...shown(path).map((number) => wayInWords(number, '')),
    ...[...team, ...services].flatMap((each) => shown(each).map((number) => wayInWords(number, each.name))),
  ];
}

const kinds: Readonly<Record<string, string>> = {
  phone: 'telefon',
  sms: 'sms',
  email: 'e-post',
  url: 'webb',
  fax: 'fax',
  pager: 'sökare',
};

/** `Hemsjukvården Söder, telefon 031-390 06 24. Svarar dygnet runt. Numret kontrollerades 2026-11-18.` */
function wayInWords({ system, value, hours, audience, checked }: ContactNumber, of: string): string {
  const way = [kinds[system], value].filter(Boolean).join(' ');
  const said = of === '' ? way.charAt(0).toUpperCase() + way.slice(1) : `${of}, ${way}`;
  const isOnlyForStaff = audience.length > 0 && audience.every((each) => each === 'personal');
  return [
    `${said}.`,
    ...(hours.ranges.length ? [hoursInWords(hours)] : []),
    ...(isOnlyForStaff ? ['Bara för personal.'] : []),
    ...(checked === null ? [] : [`Numret kontrollerades ${checked}.`]),
  ].join(' ');
}

function inOrder(one: ContactAt, other: ContactAt): number {
  const [start, otherStart] = [one.start ?? '', other.start ?? ''];
  return (
    placeOfType(one.type?.code) - placeOfType(other.type?.code) ||
    (start === otherStart ? 0 : start < otherStart ? 1 : -1) ||
    (one.reference < other.reference ? -1 : 1)
  );
}
