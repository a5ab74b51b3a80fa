import { type Actor, actorOfKey, factsOf, lastingIncapacity, marks } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { PutWrite, Write } from '@naravard/store';
import type { AskedByGuard } from './guarded-writes.ts';

/**
 * SVOD (2022:913) 2 kap 6 §: what is labelled as made available without information is so where the organisation of the writer
 * has found that the person lastingly cannot take a stand. @throws Problem 'forbidden'
 */
export async function checkAvailableBy26(
  { actor, at }: { readonly actor: Actor; readonly at: string },
  writes: readonly Write[],
  { facts }: AskedByGuard,
): Promise<void> {
  const puts = writes.filter((write) => write.kind === 'put');
  const labelled = puts.filter(({ rows }) => rows.labels.includes(marks.availableBy26));
  const organisation = actorOfKey(actor.organisation);
  for (const patient of new Set(labelled.map(({ rows }) => rows.patient))) {
    const stated = patient === null ? [] : [...((await facts(patient)) ?? []), ...statedIn(puts, patient)];
    if (!organisation || patient === null) throw noFinding();
    if (!lastingIncapacity(factsOf(patient, stated), organisation, at)) throw noFinding();
  }
}

/** The finding may come with what it is about, in one transaction. */
const statedIn = (puts: readonly PutWrite[], patient: string) =>
  puts.flatMap(({ facts = [] }) => facts.filter((fact) => fact.patient === patient));

const noFinding = (): Problem =>
  new Problem('forbidden', {
    severity: 'error',
    expression: 'meta.security',
    diagnostics:
      'The label available-by-2-6 is for who has found that the person lastingly cannot take a stand (Patient/$samtycke, SVOD 2022:913 2 kap 6 §): leave it out, or record the finding first.',
  });
