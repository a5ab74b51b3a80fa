import { contactFollow, servicesOfUnits } from '@naravard/care';
import type { Call } from '@naravard/rest';
import { type Engine, searchTogether, textOf } from '@naravard/rest';

/** Matches, and what they refer to: many times what a person with much care has. */
const most = 300;
const mostIncluded = 500;
/** Planned visits are looked for so far ahead: hemsjukvård may come every day. */
const daysOfVisits = 14;
const daysOfAppointments = 366;
const DAY = 86_400_000;

/** What is asked for: a patient's id, the instant that it is for and, to tell changes, one to look back to; ISO. */
interface Window {
  readonly id: string;
  readonly at: string;
  readonly since: string | null;
}

/** What was found, parsed, and the text of each as it is sent. */
export interface Around {
  readonly resources: readonly object[];
  readonly complete: boolean;
  textOf(resource: object): string;
}

/**
 * Everything that a coherent plan is composed of, as far as the caller may see it, in one statement: the Patient, contacts and
 * plans that are active, times to come, what has changed or ended since, and who and where these refer to. The past visits of a
 * person are not read.
 */
export async function aroundPatient(
  engine: Engine,
  context: Call['context'],
  window: Window,
): Promise<Around> {
  const { resources, complete } = await searchTogether(engine, context, {
    around: window.id,
    searches: searchesOf(window),
    follow,
    back: servicesOfUnits,
    most,
    mostIncluded,
  });
  const texts = new Map(
    resources.map((stored) => {
      const text = textOf(stored);
      return [JSON.parse(text) as object, text];
    }),
  );
  return {
    resources: [...texts.keys()],
    complete,
    textOf: (resource) => texts.get(resource) ?? JSON.stringify(resource),
  };
}

const follow = [
  ...contactFollow,
  ...['Goal', 'PractitionerRole', 'RelatedPerson', 'Organization'].map((to) => ({ from: 'CarePlan', to })),
  { from: 'PractitionerRole', to: 'Organization' },
  ...['Appointment', 'Encounter'].map((from) => ({ from, to: 'PractitionerRole' })),
  { from: 'Encounter', to: 'Organization' },
];

function searchesOf({ id, at, since }: Window): Parameters<typeof searchTogether>[2]['searches'] {
  const later = (days: number) => new Date(Date.parse(at) + days * DAY).toISOString();
  const filtered = (type: string, filter: string) => ({
    type,
    pairs: [
      ['patient', id],
      ['_filter', filter],
    ] as const,
  });
  const oneOf = (...statuses: readonly string[]) =>
    `(${statuses.map((each) => `status eq ${each}`).join(' or ')})`;
  // `and` and `or` bind alike, from left to right.
  const changed = (...statuses: readonly string[]) =>
    since === null ? '' : ` or (${oneOf(...statuses)} and _lastUpdated gt ${since})`;
  return [
    { type: 'Patient', pairs: [['_id', id]] },
    filtered('CareTeam', `status eq active${changed('inactive', 'suspended')}`),
    filtered('CarePlan', `status eq active${changed('on-hold', 'revoked', 'completed')}`),
    filtered(
      'Appointment',
      `(${oneOf('booked', 'pending')} and date ge ${at} and date le ${later(daysOfAppointments)})${changed('cancelled')}`,
    ),
    filtered(
      'Encounter',
      `(status eq planned and date ge ${at} and date le ${later(daysOfVisits)})${changed('cancelled')}`,
    ),
  ];
}
