import {
  contactFollow,
  measuredCodes,
  noteKinds,
  servicesOfUnits,
  systems,
  utfordAktivitet,
} from '@naravard/care';
import type { Call } from '@naravard/rest';
import { type Engine, searchTogether, textOf } from '@naravard/rest';

/** Matches, and what they refer to: many times what a person with much care has. */
const most = 300;
const mostIncluded = 500;
/** Planned visits are looked for so far ahead: hemsjukvård may come every day. */
const daysOfVisits = 14;
const daysOfAppointments = 366;
const DAY = 86_400_000;

/** Of what is read for the compact plan alone; measured every day by several means in all that time. */
const daysBack = { visits: 14, done: 7, measurements: 90, notes: 366 };
const mostCompact = 1000;

/** What is asked for: a patient's id, the instant that it is for and, to tell changes, one to look back to; ISO. */
interface Window {
  readonly id: string;
  readonly at: string;
  readonly since: string | null;
  /** With what else the compact plan holds. */
  readonly isCompact: boolean;
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
 * person are read for the compact plan alone, with who is close to the person, warnings, notes, what was done and measured.
 *
 * Where there is more than an answer holds, what changed last is found, and then less is asked for as well: it is never who the
 * person is, whom to call and what is planned that is left out.
 */
export async function aroundPatient(
  engine: Engine,
  context: Call['context'],
  window: Window,
): Promise<Around> {
  const plan = searchesOf(window);
  const whole = window.isCompact ? [[...plan, ...furtherSearches(window)]] : [];
  const known = new Map<string, string>();
  let isWhole = true;
  for (const searches of [...whole, plan, plan.slice(0, core)]) {
    const { texts, complete } = await found(engine, context, window, searches);
    for (const [key, text] of texts) known.set(key, text);
    if (complete) break;
    isWhole = false;
  }
  const texts = new Map([...known.values()].map((text) => [JSON.parse(text) as object, text]));
  return {
    resources: [...texts.keys()],
    complete: isWhole,
    textOf: (resource) => texts.get(resource) ?? JSON.stringify(resource),
  };
}

type Searches = Parameters<typeof searchTogether>[2]['searches'];

/** By `Type/id`. */
async function found(
  engine: Engine,
  context: Call['context'],
  { id, isCompact }: Window,
  searches: Searches,
): Promise<{ texts: Map<string, string>; complete: boolean }> {
  const { resources, complete } = await searchTogether(engine, context, {
    around: id,
    searches,
    follow,
    back: servicesOfUnits,
    most: isCompact ? mostCompact : most,
    mostIncluded,
  });
  const texts = new Map(resources.map((stored) => [`${stored.type}/${stored.id}`, textOf(stored)]));
  return { texts, complete };
}

const follow = [
  ...contactFollow,
  ...['Goal', 'PractitionerRole', 'RelatedPerson', 'Organization'].map((to) => ({ from: 'CarePlan', to })),
  { from: 'PractitionerRole', to: 'Organization' },
  ...['Appointment', 'Encounter'].map((from) => ({ from, to: 'PractitionerRole' })),
  { from: 'Encounter', to: 'Organization' },
  { from: 'Task', to: 'Organization' },
];

/** What is asked for where the person is met, and not of the printed plan. */
function furtherSearches({ id, at }: Window): Searches {
  const since = (days: number) => `ge${new Date(Date.parse(at) - days * DAY).toISOString()}`;
  const of = (type: string, ...pairs: readonly (readonly [string, string])[]) => ({
    type,
    pairs: [['patient', id] as const, ...pairs],
  });
  const kinds = noteKinds.map((kind) => `${systems.communication}|${kind}`).join(',');
  return [
    of('RelatedPerson'),
    of('Flag'),
    of('AllergyIntolerance', ['clinical-status', 'active']),
    of('Encounter', ['date', since(daysBack.visits)], ['date', `le${at}`], ['status', begun]),
    of('Communication', ['category', kinds], ['sent', since(daysBack.notes)]),
    of('Task', ['code', `${systems.task}|${utfordAktivitet}`], ['period', since(daysBack.done)]),
    of('Observation', ['code', measuredCodes.join(',')], ['date', since(daysBack.measurements)]),
  ];
}

const begun = 'arrived,triaged,in-progress,onleave,finished';

/** Of these the first: the Patient, contacts and plans. */
const core = 3;

function searchesOf({ id, at, since }: Window): Searches {
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
