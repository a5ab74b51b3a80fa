import { type Caller, type Facts, svodMembership } from '@naravard/access';
import fc from 'fast-check';
import { baseFacts, centre, region } from '../decisions/build.ts';
import { colleagues, facts, mostly } from '../decisions/generated.ts';
import { callersAbout, type Hand } from './cast.ts';
import { leaning, type Person, person } from './person.ts';
import { docOfRecord, type Links, type Record } from './records.ts';
import { statements } from './stating.ts';
import { type Doc, factsTold, keyOf, several, type Version } from './told.ts';

/** Who asks, when, and about whom. */
export interface Asked {
  readonly caller: Caller;
  readonly at: string;
  readonly patient: string;
}

/** Everything that one database holds, and who asks. */
export interface World {
  readonly docs: readonly Doc[];
  readonly facts: ReadonlyMap<string, Facts>;
  readonly joined: Facts['joined'];
  readonly asked: readonly Asked[];
}

/** The instants lean to the one at which periods begin and end. */
const at = mostly('2026-11-05T12:00:00.000Z', '2026-11-05T11:59:59.999Z', '2026-12-24T15:00:00.000Z');

export const world = (people: number, callersEach: number): fc.Arbitrary<World> =>
  fc
    .record({
      people: fc.array(person, { minLength: people, maxLength: people }),
      joined: facts.map((each) => each.joined.filter(({ during }) => isReadable(during))),
      all: mostly(true, false),
      at: fc.array(at, { minLength: people * callersEach, maxLength: people * callersEach }),
      callers: fc.array(fc.nat(), { minLength: people * callersEach, maxLength: people * callersEach }),
    })
    .map(({ people: told, joined: some, all, at: instants, callers: picks }) => {
      const joined = all ? baseFacts.joined : some;
      const ids = told.map((_, index) => `p${index}`);
      const docs = [...directory(joined), ...linked(told, ids)];
      return {
        docs,
        joined,
        facts: new Map(ids.map((id) => [id, factsTold(id, docs, joined)])),
        asked: ids.flatMap((patient, index) => {
          const kinds = callersAbout(patient, ids[(index + 1) % ids.length] ?? patient);
          return Array.from({ length: callersEach }, (_, n) => {
            const among = kinds[n % kinds.length] ?? colleagues;
            const caller = among[(picks[index * callersEach + n] ?? 0) % among.length] ?? centre;
            return { patient, caller, at: instants[index * callersEach + n] ?? '' };
          });
        }),
      };
    });

const isReadable = ({ start, end }: Facts['joined'][number]['during']): boolean =>
  [start, end].every((limit) => limit === null || !Number.isNaN(Date.parse(limit)));

/** The records of all, each with references to others of the same person and, now and then, of the next one. */
function linked(told: readonly Person[], ids: readonly string[]): Doc[] {
  const stated = told.map((each, index) => {
    const id = ids[index] ?? '';
    return [patientOf(id, each), ...statements(id, leaning(each, id), each.fates)];
  });
  const named = told.map(({ records }, index) =>
    records.map((each, at) => ({ each, id: `${ids[index]}-${each.kind.toLowerCase()}-r${at}` })),
  );
  return told.flatMap((each, index) => {
    const id = ids[index] ?? '';
    const own = named[index] ?? [];
    const next = named[(index + 1) % named.length] ?? [];
    return [
      ...(stated[index] ?? []),
      ...own.map(({ each, id: record }) =>
        docOfRecord(each, record, id, linksOf(each, record, own, next, stated[index] ?? [])),
      ),
      ...withoutPatient(id, each.others, ids[(index + 1) % ids.length] ?? ''),
    ];
  });
}

type Named = readonly { readonly each: Record; readonly id: string }[];

function linksOf({ to, also }: Record, self: string, own: Named, next: Named, stated: readonly Doc[]): Links {
  const pick = (list: readonly string[], at: number | null): string | undefined =>
    at === null || !list.length ? undefined : list[at % list.length];
  const of = (list: Named, kind: string) =>
    list.filter(({ each, id }) => each.kind === kind && id !== self).map(({ id }) => `${kind}/${id}`);
  const told = (type: string) => stated.filter((doc) => doc.type === type).map(keyOf);
  const foreign = to !== null && to % 7 === 0;
  return {
    encounter: pick(of(foreign ? next : own, 'Encounter'), to),
    plan: pick(of(foreign ? next : own, 'CarePlan'), also),
    episode: pick(told('EpisodeOfCare'), to),
    team: pick(told('CareTeam'), also),
    any: pick(
      [...own, ...next].map(({ each, id }) => `${each.kind}/${id}`),
      also,
    ),
  };
}

const protectedLabel = 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel|sekretessmarkering';

/** The person; marked with protected identity in a second version, when all that is to be changed has been. */
function patientOf(id: string, { told, born, death, isDeleted }: Person): Doc {
  const resource = {
    resourceType: 'Patient',
    id,
    identifier: [{ system: 'urn:lead', value: id }],
    active: true,
    name: [{ family: 'Testberg', given: [id] }],
    ...(born !== null && { birthDate: born }),
    ...death?.said,
  };
  const first: Version = { resource, labels: [] };
  const security = [{ system: protectedLabel.split('|')[0], code: 'sekretessmarkering' }];
  const versions: [Version, ...Version[]] = isDeleted
    ? [first, { resource: null, labels: [] }]
    : told.protectedIdentity
      ? [first, { resource: { ...resource, meta: { security } }, labels: [protectedLabel] }]
      : [first];
  return {
    type: 'Patient',
    id,
    by: { organisation: region, unit: null },
    patient: id,
    time: null,
    versions,
    ...(!isDeleted && {
      tells: {
        born: born?.length === 10 ? born : null,
        protectedIdentity: told.protectedIdentity,
        deceased: death?.during ?? null,
      },
    }),
  };
}

/** What a unit has about nobody, what is about two persons, and what was so and is about one. */
function withoutPatient(id: string, by: Hand, other: string): Doc[] {
  const doc = (type: string, name: string, body: object): Doc => ({
    type,
    id: `${id}-${name}`,
    by,
    patient: null,
    time: null,
    versions: [
      {
        resource: { resourceType: type, id: `${id}-${name}`, ...body },
        labels: name === 'group' ? [several] : [],
      },
    ],
  });
  return [
    doc('Task', 'task-own', { status: 'requested', intent: 'order' }),
    doc('Group', 'group', {
      type: 'person',
      actual: true,
      member: [{ entity: { reference: `Patient/${id}` } }, { entity: { reference: `Patient/${other}` } }],
    }),
    {
      ...doc('Appointment', 'meeting', {}),
      patient: id,
      versions: [
        { resource: meeting(`${id}-meeting`, [other, id]), labels: [several] },
        { resource: meeting(`${id}-meeting`, [id]), labels: [] },
      ],
    },
  ];
}

const meeting = (id: string, patients: readonly string[]) => ({
  resourceType: 'Appointment',
  id,
  status: 'proposed',
  participant: patients.map((each) => ({
    actor: { reference: `Patient/${each}` },
    status: 'needs-action',
  })),
});

/** Who takes part in SVOD, which everybody may see. */
const directory = (joined: Facts['joined']): Doc[] =>
  joined.map(
    ({ organisation, during: { start, end } }, index): Doc => ({
      type: 'OrganizationAffiliation',
      id: `joined-${index}`,
      by: { organisation: region, unit: null },
      employee: 'administrator',
      patient: null,
      time: start,
      versions: [
        {
          labels: [],
          resource: svodMembership({
            id: `joined-${index}`,
            organisation,
            ...(start !== null && { start }),
            ...(end !== null && { end: new Date(Date.parse(end) - 1).toISOString() }),
          }),
        },
      ],
    }),
  );
