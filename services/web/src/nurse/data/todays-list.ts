import { type Bundle, type BundleEntry, type Encounter, type Patient, resourcesOf } from '../../api/fhir.ts';
import { hsaSystem } from '../../api/hsa-id.ts';
import { ApiProblem } from '../../api/problem.ts';
import { api } from './api.ts';
import { type ListedPerson, listedPerson } from './person.ts';
import { daysAfter, swedishHour, swedishNow } from './swedish-day.ts';

/** What a nurse's shift is about: visits of the own unit, and those who may call at night. */
export interface TodaysList {
  /** ISO instant of the answer. */
  readonly at: string;
  readonly visits: readonly ListedVisit[];
  /** Each has a behandlingsplan in force and a contact at the own unit. */
  readonly risk: readonly ListedPerson[];
  /** False when there were more than the list holds. */
  readonly complete: boolean;
}

export interface ListedVisit {
  readonly reference: string;
  readonly person: ListedPerson;
  readonly start: string;
  readonly end: string | null;
  /** `Hemsjukvårdsbesök`. */
  readonly kind: string;
  readonly status: string;
  readonly reason: string | null;
}

const mostVisits = 40;
const mostRisk = 60;
const planType = 'https://naravard.se/fhir/CodeSystem/plantyp|behandlingsplan';

/** One request for both lists, of the unit with this HSA-id. */
export async function fetchTodaysList(unitHsaId: string, now: number): Promise<TodaysList> {
  const unit = `${hsaSystem}|${unitHsaId}`;
  const { from, to } = shiftAround(now);
  const batch = await api.send<Bundle>('POST', '', {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [
      searching('Encounter', [
        ['service-provider.identifier', unit],
        ['date', `ge${from}`],
        ['date', `lt${to}`],
        ['status:not', 'cancelled,entered-in-error'],
        ['_include', 'Encounter:patient'],
        ['_sort', 'date'],
        ['_count', String(mostVisits)],
      ]),
      searching('CarePlan', [
        ['category', planType],
        ['status', 'active'],
        ['part-of:missing', 'true'],
        ['patient._has:CareTeam:patient:organization.identifier', unit],
        ['_include', 'CarePlan:patient'],
        ['_elements', 'subject'],
        ['_count', String(mostRisk)],
      ]),
    ],
  });
  const [visits, plans] = (batch.entry ?? []).map(answered);
  if (!visits || !plans) throw new ApiProblem(502, null);
  const people = new Map(resourcesOf<Patient>(visits, 'Patient').map((each) => [each.id ?? '', each]));
  return {
    at: new Date(now).toISOString(),
    visits: resourcesOf<Encounter>(visits, 'Encounter').flatMap((each) => visitOf(each, people)),
    risk: peopleOf(plans).toSorted((one, other) => one.name.localeCompare(other.name, 'sv')),
    complete: [visits, plans].every(({ link = [] }) => !link.some(({ relation }) => relation === 'next')),
  };
}

/**
 * The day, with the night that it begins or ends with: who works at 02.15 plans from the evening before, and who begins at 21
 * until the morning after.
 */
export function shiftAround(now: number): { readonly from: string; readonly to: string } {
  const { date, hour } = swedishNow(now);
  const from = hour < 7 ? swedishHour(daysAfter(date, -1), 17) : swedishHour(date, 0);
  const to = hour >= 17 ? swedishHour(daysAfter(date, 1), 9) : swedishHour(daysAfter(date, 1), 0);
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** Who is still to be visited, who has been, and who else may call: nobody is both waited for and told to be ready for. */
export function partsOf({ visits, risk }: TodaysList, now: number) {
  const coming = visits.filter((visit) => !isPast(visit, now));
  const expected = new Set(coming.map(({ person }) => person.id));
  return {
    coming,
    earlier: visits.filter((visit) => isPast(visit, now)),
    risk: risk.filter(({ id }) => !expected.has(id)),
  };
}

/**
 * A visit that should have begun an hour ago is looked for among the earlier ones, not first. A day without a time of day is to
 * come until it is over.
 */
function isPast({ start, end }: ListedVisit, now: number): boolean {
  const last = end ?? start;
  if (!last.includes('T')) return last < swedishNow(now).date.slice(0, last.length);
  return Date.parse(last) < now - 3_600_000;
}

/** Ids of everybody on the list, those with visits first: what is downloaded for the day. */
export const idsOf = ({ visits, risk }: TodaysList): readonly string[] => [
  ...new Set([...visits.map(({ person }) => person.id), ...risk.map(({ id }) => id)]),
];

const searching = (type: string, query: readonly [name: string, value: string][]) => ({
  request: {
    method: 'GET',
    url: `${type}?${new URLSearchParams(query.map(([name, value]) => [name, value]))}`,
  },
});

/** A part of the list that was refused is a list that failed: half of it must not look like all of it. */
function answered({ resource, response }: BundleEntry): Bundle {
  if (resource?.resourceType === 'Bundle') return resource as Bundle;
  throw new ApiProblem(Number.parseInt(response?.status ?? '', 10) || 502, resource ?? response?.outcome);
}

const peopleOf = (found: Bundle): ListedPerson[] =>
  resourcesOf<Patient>(found, 'Patient')
    .map(listedPerson)
    .filter(({ deceased }) => !deceased);

function visitOf(
  { id, status, type = [], subject, period, reasonCode = [] }: Encounter,
  people: ReadonlyMap<string, Patient>,
): ListedVisit[] {
  const patient = people.get(subject?.reference?.replace('Patient/', '') ?? '');
  if (!patient || !period?.start) return [];
  return [
    {
      reference: `Encounter/${id}`,
      person: listedPerson(patient),
      start: period.start,
      end: period.end ?? null,
      kind: type[0]?.text ?? type[0]?.coding?.[0]?.display ?? 'Besök',
      status,
      reason: reasonCode[0]?.text ?? null,
    },
  ];
}
