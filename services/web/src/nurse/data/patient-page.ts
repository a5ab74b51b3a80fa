import { planOf, type SamordnadPlan } from '../../api/plan.ts';
import { ApiProblem } from '../../api/problem.ts';
import { noteOpened, vault, vaultState } from '../../offline/index.ts';
import { type OthersData, othersData } from './access.ts';
import { api, NoConnection } from './api.ts';
import { planPath, sinceUnknown, takeFirstPlan } from './first-asked.ts';
import { lastSeen, noteSeen } from './last-seen.ts';

export interface PlanPage {
  readonly kind: 'plan';
  readonly plan: SamordnadPlan;
  readonly fetchedAt: string;
  /** Whether it comes from the telephone. */
  readonly kept: boolean;
  /** When this user last looked at it, ISO; null when that is not known. */
  readonly lastSeen: string | null;
}

/** What there is to show about a patient, and why there is no more. */
export type PatientPage =
  | PlanPage
  /** The caller may not see the patient; `others` is null when even that may not be told. */
  | { readonly kind: 'denied'; readonly others: OthersData | null; readonly text: string }
  /** No network, and the patient is not on the telephone, or what is there has not been unlocked. */
  | { readonly kind: 'not-kept' | 'locked' }
  /** The service answers, but not with a plan: the text says what to do. */
  | { readonly kind: 'failed'; readonly text: string };

/** A plan older than this is shown with a warning; the contacts stay. */
export const staleMs = 4 * 3_600_000;

/** How long the service may take when there is a plan on the telephone to show instead. */
const keptPatienceMs = 3000;

/** For the store of the telephone; the service's log tells that it was fetched to be read without coverage. */
export const fetchForOffline = async (patient: string, signal?: AbortSignal): Promise<SamordnadPlan> =>
  planOf(await api.get(planPath(patient, { offline: true }), { ...(signal && { signal }) }));

/** One request; without network, or when the service is down, what the telephone keeps. */
export async function openPatient(patient: string, now: number, signal?: AbortSignal): Promise<PatientPage> {
  const seenBefore = await lastSeen(patient);
  const isKept = (await vault.patient(patient).catch(() => null)) !== null;
  const patience = isKept ? { timeoutMs: keptPatienceMs, once: true } : {};
  const since = seenBefore ?? sinceUnknown(now);
  const asked = takeFirstPlan(patient);
  try {
    const plan = planOf(
      await api.get(planPath(patient, { since }), {
        ...patience,
        ...(signal && { signal }),
        ...(asked && seenBefore === null && { asked }),
      }),
    );
    await noteSeen(patient, seenBefore);
    const page: PlanPage = { kind: 'plan', plan, fetchedAt: plan.at, kept: false, lastSeen: seenBefore };
    shown.set(patient, page);
    return page;
  } catch (cause) {
    if (cause instanceof NoConnection) return keptPage(patient, now);
    if (!(cause instanceof ApiProblem) || cause.status === 401) throw cause;
    if (cause.status === 403 || cause.status === 404) return denied(patient, cause, signal);
    if (cause.status < 500 && cause.status !== 429) return { kind: 'failed', text: cause.text };
    const kept = await keptPage(patient, now);
    return kept.kind === 'plan' ? kept : { kind: 'failed', text: cause.text };
  }
}

/** Pages of this run of the app: what has been read stays when the network goes, also without a vault. */
const shown = new Map<string, PlanPage>();

/** The newest that is kept. Reading what lies in the vault is told to the log afterwards; the others were told when they came. */
async function keptPage(patient: string, now: number): Promise<PatientPage> {
  const before = shown.get(patient);
  const kept = await vault.patient<SamordnadPlan>(patient).catch(() => null);
  if (before && (!kept || before.fetchedAt >= kept.fetchedAt)) return { ...before, kept: true };
  if (!kept) return { kind: (await vaultState()) === 'locked' ? 'locked' : 'not-kept' };
  await noteOpened(patient, new Date(now).toISOString());
  return { kind: 'plan', plan: planOf(kept.plan), fetchedAt: kept.fetchedAt, kept: true, lastSeen: null };
}

async function denied(patient: string, cause: ApiProblem, signal?: AbortSignal): Promise<PatientPage> {
  shown.delete(patient);
  await vault.dropPatient(patient).catch(() => undefined);
  try {
    return { kind: 'denied', others: await othersData(patient, signal), text: cause.text };
  } catch (reason) {
    if (reason instanceof ApiProblem) return { kind: 'denied', others: null, text: reason.text };
    if (reason instanceof NoConnection) return { kind: 'denied', others: null, text: cause.text };
    throw reason;
  }
}

/**
 * What is shown after one more reading. A worse one takes nothing from under what is being written: only a plan, or that the
 * caller may not see it, takes the place of either.
 */
export function standing(before: PatientPage, now: PatientPage): PatientPage {
  if (now.kind === 'plan' || (before.kind !== 'plan' && before.kind !== 'denied')) return now;
  if (now.kind === 'denied') return before.kind === 'denied' && now.others === null ? before : now;
  return before.kind === 'plan' ? { ...before, kept: true } : before;
}
