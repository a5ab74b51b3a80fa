import type { TestApp } from '@naravard/testkit';
import fc from 'fast-check';
import { expect } from 'vitest';
import { bundle } from './resources.ts';

interface Made {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

/** Picks of one seed. */
interface Dice {
  of<T>(list: readonly T[]): T;
  /** One in so many. */
  one(many: number): boolean;
}

const directory = [
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'HealthcareService',
  'Location',
  'Medication',
];
const people = ['anna', 'bertil'] as const;

/** Two persons with records that refer to each other, to staff and units, and now and then to the other person's. */
export function generatedWorld(seed: number, size = 90): Map<string, Made> {
  const dice = diceOf(seed);
  const ids = (type: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${type}/${type.toLowerCase()}-${at}`);
  const all = {
    Organization: ids('Organization', 5),
    Practitioner: ids('Practitioner', 4),
    PractitionerRole: ids('PractitionerRole', 6),
    HealthcareService: ids('HealthcareService', 4),
    Location: ids('Location', 3),
    Medication: ids('Medication', 2),
  };
  const made: Made[] = [
    ...people.map((id) => ({
      resourceType: 'Patient',
      id,
      managingOrganization: ref(dice.of(all.Organization)),
    })),
    ...Object.entries(all).flatMap(([type, keys]) => keys.map((key) => directoryEntry(type, key, all, dice))),
  ];
  const kinds = Object.keys(records) as (keyof typeof records)[];
  const keys = people.flatMap((person) =>
    Array.from({ length: size / 2 }, (_, at) => {
      const type = dice.of(kinds);
      return { type, id: `${person}-${type.toLowerCase()}-${at}`, person };
    }),
  );
  for (const { type, id, person } of keys) {
    const to = (...types: readonly string[]) => {
      const own = keys.filter(
        (each) => types.includes(each.type) && each.id !== id && (each.person === person || dice.one(8)),
      );
      const others = types.flatMap((each) => (all as Record<string, readonly string[]>)[each] ?? []);
      const targets = [...own.map((each) => `${each.type}/${each.id}`), ...others];
      return targets.length && !dice.one(3) ? ref(dice.of(targets)) : undefined;
    };
    made.push({ resourceType: type, id, ...without(records[type](`Patient/${person}`, to)) });
  }
  return new Map(made.map((each) => [`${each.resourceType}/${each.id}`, each]));
}

function diceOf(seed: number): Dice {
  const numbers = fc.sample(fc.nat(10_000), { seed, numRuns: 5_000 });
  let at = 0;
  const next = (below: number) => (numbers[at++ % numbers.length] ?? 0) % below;
  return {
    of: (list) => list[next(list.length)] as (typeof list)[number],
    one: (many) => next(many) === 0,
  };
}

const ref = (reference: string) => ({ reference });

/** Lists and elements that refer to nothing are left out. */
const without = (resource: object): object =>
  JSON.parse(
    JSON.stringify(resource, (_name, value) => {
      if (!Array.isArray(value)) return value;
      const kept = value.filter((each) => JSON.stringify(each) !== '{}' && each !== undefined);
      return kept.length ? kept : undefined;
    }),
  );

function directoryEntry(type: string, key: string, all: Record<string, string[]>, dice: Dice): Made {
  const to = (of: string) => ref(dice.of((all[of] ?? []).filter((each) => each !== key)));
  const elements: Record<string, () => object> = {
    Organization: () => (dice.one(2) ? { name: key, partOf: to('Organization') } : { name: key }),
    Practitioner: () => ({ name: [{ text: key }] }),
    PractitionerRole: () => ({
      practitioner: to('Practitioner'),
      organization: to('Organization'),
      ...(dice.one(2) && { healthcareService: [to('HealthcareService')] }),
    }),
    HealthcareService: () => ({ name: key, providedBy: to('Organization'), location: [to('Location')] }),
    Location: () => ({ name: key, managingOrganization: to('Organization') }),
    Medication: () => ({ manufacturer: to('Organization') }),
  };
  return { resourceType: type, id: key.split('/')[1] ?? '', ...elements[type]?.() };
}

type To = (...types: readonly string[]) => { reference: string } | undefined;

/** References in elements with a search parameter, without one, and in extensions. */
const records = {
  CarePlan: (subject: string, to: To) => ({
    status: 'active',
    intent: 'plan',
    subject: ref(subject),
    partOf: [to('CarePlan')],
    replaces: [to('CarePlan')],
    careTeam: [to('CareTeam')],
    goal: [to('Goal')],
    addresses: [to('Condition')],
    author: to('PractitionerRole', 'Organization'),
    contributor: [to('Practitioner')],
    encounter: to('Encounter'),
    supportingInfo: [to('Observation', 'Communication')],
    activity: [{ reference: to('Task') }].filter(({ reference }) => reference),
    extension: [to('HealthcareService')].flatMap((each) =>
      each ? [{ url: 'urn:kontaktvag', valueReference: each }] : [],
    ),
  }),
  CareTeam: (subject: string, to: To) => ({
    status: 'active',
    subject: ref(subject),
    participant: [to('PractitionerRole', 'Organization', 'CareTeam'), to('Practitioner')].flatMap((member) =>
      member ? [{ member }] : [],
    ),
    encounter: to('Encounter'),
    reasonReference: [to('Condition')],
    managingOrganization: [to('Organization')],
  }),
  Goal: (subject: string, to: To) => ({
    lifecycleStatus: 'active',
    description: { text: 'Gå till brevlådan' },
    subject: ref(subject),
    addresses: [to('Condition')],
  }),
  Condition: (subject: string, to: To) => ({
    subject: ref(subject),
    encounter: to('Encounter'),
    asserter: to('Practitioner'),
  }),
  Task: (subject: string, to: To) => ({
    status: 'requested',
    intent: 'order',
    for: ref(subject),
    basedOn: [to('CarePlan')],
    focus: to('CarePlan', 'Condition'),
    owner: to('PractitionerRole', 'CareTeam'),
  }),
  Communication: (subject: string, to: To) => ({
    status: 'completed',
    subject: ref(subject),
    about: [to('CarePlan')],
    recipient: [to('Organization', 'Practitioner')],
  }),
  Encounter: (subject: string, to: To) => ({
    status: 'finished',
    class: { code: 'HH' },
    subject: ref(subject),
    serviceProvider: to('Organization'),
    location: [to('Location')].flatMap((location) => (location ? [{ location }] : [])),
  }),
  Observation: (subject: string, to: To) => ({
    status: 'final',
    code: { text: 'Vikt' },
    subject: ref(subject),
    performer: [to('PractitionerRole')],
    focus: [to('CarePlan')],
  }),
  MedicationRequest: (subject: string, to: To) => ({
    status: 'active',
    intent: 'order',
    subject: ref(subject),
    medicationReference: to('Medication') ?? ref('Medication/medication-0'),
    requester: to('Practitioner'),
  }),
};

/** Writes all of a world at once, so that it may refer in circles. */
export async function load(api: TestApp, world: ReadonlyMap<string, Made>): Promise<void> {
  const entry = [...world].map(([url, resource]) => ({ resource, request: { method: 'PUT', url } }));
  const { status, text } = await api.ask('POST', '/', { body: bundle('transaction', entry) });
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
}

/** What a resource refers to, in whatever element; of each whether that is `CarePlan.partOf`. */
export function referencesIn(resource: object, element = ''): { to: string; partOf: boolean }[] {
  return Object.entries(resource).flatMap(([name, value]) => {
    const within = /^\d+$/.test(name) ? element : name;
    if (name === 'reference' && typeof value === 'string')
      return [{ to: value, partOf: element === 'partOf' }];
    return typeof value === 'object' && value !== null ? referencesIn(value, within) : [];
  });
}

export const isOfDirectory = (key: string): boolean => directory.includes(key.split('/')[0] ?? '');

/** Keys of all that is about a person, the Patient too. */
export const recordOf = (world: ReadonlyMap<string, Made>, person: string): string[] =>
  [...world]
    .filter(([key, each]) => key === `Patient/${person}` || personOf(each) === person)
    .map(([key]) => key);

export function personOf({ resourceType, id, subject, for: about }: Made): string | null {
  if (resourceType === 'Patient') return id;
  const { reference } = (subject ?? about ?? {}) as { reference?: string };
  return reference?.split('/')[1] ?? null;
}

/** What some resources refer to, and so on, of the directory. */
export function directoryOf(world: ReadonlyMap<string, Made>, keys: readonly string[]): string[] {
  const found = new Set<string>();
  const todo = [...keys];
  for (const key of todo) {
    for (const { to } of referencesIn(world.get(key) ?? {})) {
      if (!isOfDirectory(to) || found.has(to)) continue;
      found.add(to);
      todo.push(to);
    }
  }
  return [...found];
}
