import type { CarePlan, Provenance } from '@medplum/fhirtypes';
import { type PlanVersion, planKey, signersOf } from '@naravard/care';
import { type Engine, textOf } from '@naravard/rest';
import type { Transaction } from '@naravard/store';
import { findAll } from '../found.ts';

/**
 * The Provenances of some plans that their own organisations wrote: another's word for who signed does not count. Whole, since
 * the names of staff with protected identity are hidden in what is read.
 */
export async function provenancesOf(
  engine: Engine,
  transaction: Transaction,
  plans: readonly CarePlan[],
): Promise<ReadonlyMap<string, readonly Provenance[]>> {
  const keys = plans.map(planKey);
  const rows = await findAll<Provenance>(engine, transaction, 'Provenance', [['target', keys.join(',')]]);
  const written = rows.map(({ stored: { type, id } }) => ({ type, id }));
  const whole = (await transaction.current(written)).filter((each) => each !== undefined);
  const keepers = await transaction.keepers([
    ...written,
    ...keys.map((key) => ({ type: 'CarePlan', id: key.slice('CarePlan/'.length) })),
  ]);
  const custodian = (key: string) => keepers.get(key)?.custodian;
  return new Map(
    keys.map((key) => [
      key,
      whole
        .filter((each) => custodian(`Provenance/${each.id}`) === custodian(key))
        .map((each) => JSON.parse(textOf(each)) as Provenance)
        .filter(({ target = [] }) => target.some(({ reference }) => reference?.startsWith(`${key}/`))),
    ]),
  );
}

/** HSA-ids of those who have signed a version of a plan. */
export const signersAt = (
  provenances: ReadonlyMap<string, readonly Provenance[]>,
  signed: PlanVersion,
): string[] => signersOf(provenances.get(signed.plan) ?? [], signed);
