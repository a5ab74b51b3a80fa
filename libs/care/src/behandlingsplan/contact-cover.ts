import type { CareTeam, PractitionerRole } from '@medplum/fhirtypes';
import { type Found, parseDateRange } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import { contactPathsOf } from '../contact/contact-path.ts';
import { firstGap } from '../contact/gap.ts';
import { extensionOf } from '../extension-reader.ts';
import { keysOf } from '../reference-key.ts';
import type { Behandlingsplan } from './plan.ts';

/**
 * What the contact paths of a plan are reached by, as far as it has been found: the teams and services, those that answer for a
 * person, and the posts of the persons. Asked again with what was found, it names them all.
 */
export const contactNeeds = (contacts: readonly string[], found: Found): string[] => [
  ...new Set(contacts.flatMap((key) => [key, ...referredBy(key, found)])),
];

function referredBy(key: string, found: Found): string[] {
  const { participant = [] } = (found(key) ?? {}) as Partial<CareTeam>;
  const members = keysOf(participant.flatMap(({ member }) => member ?? []));
  const teams = keysOf(
    participant.flatMap((each) => extensionOf(each, extensions.viaTeam)?.valueReference ?? []),
  );
  const roles = members.filter((each) => each.startsWith('PractitionerRole/'));
  const services = roles.flatMap((role) =>
    keysOf((found(role) as PractitionerRole | undefined)?.healthcareService),
  );
  return [...roles, ...services, ...teams];
}

/**
 * The first instant (ISO) from `at` on at which nobody answers while the plan is in force; null when there is none. A plan
 * without end is looked at for two years from its start, and none for more than ten. Of a plan that the patient sees, only numbers that the patient may be
 * given count.
 */
export function firstHourWithoutAnswer(
  { period, contacts, forPatient }: Pick<Behandlingsplan, 'period' | 'contacts' | 'forPatient'>,
  at: string,
  found: Found,
): string | null {
  const span = spanOf(period);
  if (!span) return null;
  const from = span.start > at ? span.start : at;
  if (from >= span.end) return null;
  const resources = contactNeeds(contacts, found).flatMap((key) => {
    const resource = found(key);
    return resource ? [{ ...resource, id: key.split('/')[1] }] : [];
  });
  const paths = contactPathsOf(resources, from, span.end);
  return firstGap(paths, from, span.end, forPatient ? 'patient' : 'personal');
}

/** Years that a plan without end, and any plan, is looked at. */
const years = 2;
const mostYears = 10;

/** First and last instant that is looked at; undefined without a start. */
function spanOf({ start, end }: Behandlingsplan['period']): { start: string; end: string } | undefined {
  const from = start === undefined ? null : (parseDateRange(start)?.start ?? null);
  if (from === null) return undefined;
  const to = end === undefined ? null : (parseDateRange(end)?.end ?? null);
  const latest = later(from, to === null ? years : mostYears);
  return { start: from, end: to !== null && to < latest ? to : latest };
}

function later(from: string, by: number): string {
  const date = new Date(from);
  date.setUTCFullYear(date.getUTCFullYear() + by);
  return date.toISOString();
}
