import type { Resource } from '@medplum/fhirtypes';
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
} from './halland.ts';
import { patientRecords } from './patient-records.ts';
import { register, teams } from './register.ts';

/** What one organisation sends in one transaction. */
export interface Batch {
  writer: Claims;
  resources: Resource[];
  /** Patients that are whole with this batch. */
  patients: number;
}

/** Units, staff and teams: to be stored before any patient. */
export function* registerBatches(seed: number): Generator<Batch> {
  const all = register(seed);
  for (let at = 0; at < all.length; at += 200) yield batch(REGION, all.slice(at, at + 200));
  for (const town of municipalities) yield batch(healthActor(town), teams(town));
}

/** Patients 0 to `count` - 1 in groups of ten from one municipality, hence at most three writers a group. */
export function* patientBatches(seed: number, count: number, anchor: string): Generator<Batch> {
  for (let from = 0; from < count; from += GROUP) {
    const size = Math.min(GROUP, count - from);
    const records = Array.from({ length: size }, (_, at) => patientRecords(seed, from + at, anchor));
    const town = municipalityOf(from);
    for (const writer of ['region', 'halsoOchSjukvard', 'omsorg'] as const) {
      const resources = records.flatMap((record) => record[writer]);
      if (resources.length) yield batch(actorOf(town, writer), resources, writer === 'region' ? size : 0);
    }
  }
}

function actorOf(town: Municipality, writer: Writer): string {
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

function batch(actor: string, resources: Resource[], patients = 0): Batch {
  const hsaId = hsaOf(actor);
  const writer: Claims = {
    sub: `seed-${actor}`,
    kind: 'system',
    name: 'Testdata',
    healthCareProviderHsaId: hsaId,
    healthCareUnitHsaId: hsaId,
    may_choose_ids: true,
  };
  return { writer, resources, patients };
}
