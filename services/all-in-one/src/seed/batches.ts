import type { Resource } from '@medplum/fhirtypes';
import { membershipOf } from '../sandbox/demo/membership.ts';
import type { Claims } from '../sandbox/personas.ts';
import type { Writer } from './case.ts';
import {
  careActor,
  GROUP,
  healthActor,
  hsaOf,
  type Municipality,
  municipalities,
  municipalityOf,
  REGION,
  unitIds,
} from './halland.ts';
import { patientRecords, unitsOf } from './patient-records.ts';
import { register, teams } from './register.ts';

/** What one organisation sends in one transaction. */
export interface Batch {
  writer: Claims;
  resources: Resource[];
  /** Patients that are whole with this batch. */
  patients: number;
}

/** Units, staff, teams and who has joined SVOD: to be stored before any patient. */
export function* registerBatches(seed: number): Generator<Batch> {
  const all = [...register(seed), ...memberships()];
  for (let at = 0; at < all.length; at += 200) {
    yield { writer: administrator, resources: all.slice(at, at + 200), patients: 0 };
  }
  for (const town of municipalities) {
    for (const [at, team] of teams(town).entries()) {
      const unit = unitIds.hemsjukvard(town, at + 1);
      yield { writer: writerOf(town, 'halsoOchSjukvard', unit), resources: [team], patients: 0 };
    }
  }
}

/** As `patientGroups`, one batch after the other. */
export function* patientBatches(seed: number, count: number, anchor: string): Generator<Batch> {
  for (const group of patientGroups(seed, count, anchor)) yield* group;
}

/**
 * Patients 0 to `count` - 1 in groups of ten with the same units, hence at most three writers a group: the first registers the
 * patients, whom the others then write about.
 */
export function* patientGroups(seed: number, count: number, anchor: string): Generator<Batch[]> {
  for (let from = 0; from < count; from += GROUP) {
    const size = Math.min(GROUP, count - from);
    const records = Array.from({ length: size }, (_, at) => patientRecords(seed, from + at, anchor));
    yield (['region', 'halsoOchSjukvard', 'omsorg'] as const).flatMap((writer) => {
      const resources = records.flatMap((record) => record[writer]);
      const patients = writer === 'region' ? size : 0;
      return resources.length ? [{ writer: journalOf(seed, from, writer), resources, patients }] : [];
    });
  }
}

/** The journal system that writes about patient `n` for one of the three. */
export const journalOf = (seed: number, n: number, writer: Writer): Claims =>
  writerOf(municipalityOf(n), writer, unitsOf(seed, n)[writer]);

/** The legal actor that a unit is of. */
export function actorOf(town: Municipality, writer: Writer): string {
  switch (writer) {
    case 'region':
      return REGION;
    case 'halsoOchSjukvard':
      return healthActor(town);
    case 'omsorg':
      return careActor(town);
    default:
      return writer satisfies never;
  }
}

const memberships = (): Resource[] =>
  [
    membershipOf(REGION, hsaOf(REGION), 'vardgivare'),
    ...municipalities.flatMap((town) => [
      membershipOf(healthActor(town), hsaOf(healthActor(town)), 'vardgivare'),
      membershipOf(careActor(town), hsaOf(careActor(town)), 'omsorgsgivare'),
    ]),
  ] as unknown as Resource[];

/** Keeps the directory. */
const administrator: Claims = {
  sub: 'seed-administrator',
  kind: 'administrator',
  name: 'Testdata',
  healthCareProviderHsaId: hsaOf(REGION),
  may_choose_ids: true,
};

function writerOf(town: Municipality, writer: Writer, unit: string): Claims {
  const organisation = hsaOf(actorOf(town, writer));
  return {
    sub: `seed-${unit}`,
    kind: 'system',
    name: 'Testdata',
    ...(writer === 'omsorg'
      ? { socialCareProviderHsaId: organisation, socialCareUnitHsaId: hsaOf(unit) }
      : { healthCareProviderHsaId: organisation, healthCareUnitHsaId: hsaOf(unit) }),
    may_choose_ids: true,
  };
}
