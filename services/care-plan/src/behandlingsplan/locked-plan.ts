import type { CarePlan } from '@medplum/fhirtypes';
import { headOf, isBehandlingsplan } from '@naravard/care';
import { Problem } from '@naravard/fhir';
import { refused, textOf } from '@naravard/rest';
import type { Stored, Transaction } from '@naravard/store';

/** A behandlingsplan as it lies, until the end of the transaction: nobody else changes it meanwhile. */
export interface LockedPlan {
  readonly stored: Stored;
  readonly plan: CarePlan;
  /** `Patient/id`. */
  readonly patient: string;
}

/** @throws Problem 'not-found' where there is none or the caller does not see it, 'deleted', 'unprocessable' for other plans */
export async function lockPlan(transaction: Transaction, id: string): Promise<LockedPlan> {
  const [stored] = await transaction.current([{ type: 'CarePlan', id }]);
  return readPlan(stored);
}

/** @throws as `lockPlan` */
export function readPlan(stored: Stored | undefined): LockedPlan {
  if (!stored) throw new Problem('not-found');
  if (stored.deleted) throw new Problem('deleted');
  const plan = JSON.parse(textOf(stored)) as object;
  const patient = isBehandlingsplan(plan) ? plan.subject?.reference : undefined;
  if (isBehandlingsplan(plan) && patient !== undefined) return { stored, plan, patient };
  throw refused(
    'unprocessable',
    'This is for a CarePlan of category behandlingsplan.',
    'Detta gäller bara behandlingsplaner.',
    'CarePlan.category',
  );
}

/** @throws Problem 'unprocessable' for a part */
export function checkHead({ plan }: LockedPlan): void {
  const head = headOf(plan);
  if (head === undefined) return;
  throw refused(
    'unprocessable',
    `This is a part: ask for ${head}, the plan that it belongs to. Its own organisation puts a part in force by writing it with status active.`,
    'Detta är en del av en plan. Gör det i stället för hela planen.',
    'CarePlan.partOf',
  );
}

/** @throws Problem 'stale-version' when the version that was read is not the current one */
export function checkVersion({ stored }: LockedPlan, read: number): void {
  if (stored.version === read) return;
  throw refused(
    'stale-version',
    `The plan is at version ${stored.version}: read that one, and send its number.`,
    'Planen har ändrats sedan du läste den. Läs den igen.',
    "Parameters.parameter.where(name = 'version')",
  );
}

/**
 * Only its own organisation signs and changes a plan (HFD 2017:67). Asked of a plan that is locked, so that the log of the
 * refusal has whose it is. @throws Problem 'forbidden' where another organisation keeps it
 */
export async function checkKept(
  transaction: Transaction,
  { stored: { type, id } }: LockedPlan,
): Promise<void> {
  const keepers = await transaction.keepers([{ type, id }]);
  if (keepers.get(`${type}/${id}`)?.writable) return;
  throw refused(
    'forbidden',
    'Another organisation keeps this plan, or your unit has no current care relation to the patient: sign and change your own part.',
    'En annan organisation ansvarar för planen. Signera och ändra din egen del.',
  );
}
