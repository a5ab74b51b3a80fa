import { type Actor, deciding, factsOf, mayState } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { KnownFact, PutWrite, Write } from '@naravard/store';
import type { AskedByGuard } from './guarded-writes.ts';

/**
 * What writes state for access, held against what is known of their writer: that nobody opens a record by stating what opens
 * it. An operation has asked for itself. @throws Problem 'forbidden'
 */
export async function checkStated(
  { actor, at }: { readonly actor: Actor; readonly at: string },
  writes: readonly Write[],
  asked: AskedByGuard,
): Promise<void> {
  const stating = writes.filter(isStating);
  if (!stating.length) return;
  await checkStanding(actor, at, stating, asked);
  await checkUnit(actor, stating, asked);
  await checkRegistrar(actor, stating, writes, asked);
}

type Stating = PutWrite & { facts: NonNullable<PutWrite['facts']> };

const isStating = (write: Write): write is Stating =>
  write.kind === 'put' && !write.operation && write.facts !== undefined && write.facts.length > 0;

const keyOf = ({ type, id }: { type: string; id: string }): string => `${type}/${id}`;

/** PDL (2008:355) 4 kap 1 §. */
async function checkStanding(
  { caller }: Actor,
  at: string,
  stating: readonly Stating[],
  { facts }: AskedByGuard,
): Promise<void> {
  const who = deciding(caller);
  if (who.kind !== 'staff') return;
  const all = stating.flatMap((write) => write.facts);
  for (const patient of new Set(all.map((fact) => fact.patient))) {
    if (patient === null) continue;
    const known: readonly KnownFact[] = (await facts(patient)) ?? [];
    const standing = factsOf(patient, known);
    const kinds = all.filter((fact) => fact.patient === patient).map(({ kind }) => kind);
    if (kinds.some((kind) => !mayState(kind, who.commission, standing, at))) throw noStanding();
  }
}

const noStanding = (): Problem =>
  new Problem(
    'forbidden',
    'A relation of your unit is registered where it has one already, and what else opens a record by who takes part in the care: the systems of your organisation register the first (PDL 2008:355 4 kap. 1 §).',
  );

/** A fact is of the unit that first wrote it, and is not moved by an edit. */
async function checkUnit(
  { unit }: Actor,
  stating: readonly Stating[],
  { keepers }: AskedByGuard,
): Promise<void> {
  const moving = stating.filter((write) => write.ofWritersUnit && write.mode !== 'create');
  const known = moving.length ? await keepers(moving) : new Map<string, never>();
  for (const write of moving) {
    const first = known.get(keyOf(write));
    if (first?.writable && first.unit !== unit) throw ofAnotherUnit(write.type);
  }
}

const ofAnotherUnit = (type: string): Problem =>
  new Problem('forbidden', {
    severity: 'error',
    expression: type,
    diagnostics:
      'Another unit of your organisation wrote this, and it names no unit, so that it is about that one: let that unit change it, or name the unit by HSA-id.',
  });

/**
 * PDL (2008:355) 5 kap 5 §: who acts for a person is registered by the organisation that registered the person. The refusal is
 * the same for a Patient of another and for none.
 */
async function checkRegistrar(
  { organisation }: Actor,
  stating: readonly Stating[],
  writes: readonly Write[],
  { keepers }: AskedByGuard,
): Promise<void> {
  const acted = stating
    .filter(({ type }) => type === 'RelatedPerson')
    .flatMap(({ facts }) => facts.flatMap(({ patient }) => (patient === null ? [] : [patient])));
  const patients = [...new Set(acted)].map((id) => ({ type: 'Patient', id }));
  if (!patients.length) return;
  const made = new Set(writes.filter(({ kind }) => kind === 'put').map(keyOf));
  const known = await keepers(patients);
  const isOwn = (key: string) => {
    const first = known.get(key);
    return first ? first.custodian === organisation : made.has(key);
  };
  if (patients.every((patient) => isOwn(keyOf(patient)))) return;
  throw new Problem('forbidden', {
    severity: 'error',
    expression: 'RelatedPerson.patient',
    diagnostics:
      'Vårdnadshavare and ombud are registered by the organisation that registered the Patient, from the population register: leave this code out.',
  });
}
