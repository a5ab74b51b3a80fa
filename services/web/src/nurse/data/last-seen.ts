import { seen, setSeen } from '../../offline/index.ts';

/** Of this run of the app; the vault remembers it longer where there is one. Nothing of it is on disk in clear. */
const opened = new Map<string, { readonly before: string | null; readonly at: number }>();

/** A page that is opened again within the hour tells the same changes as the first time. */
const sameShiftMs = 3_600_000;

const isSameShift = (known: { readonly at: number } | undefined): boolean =>
  known !== undefined && Date.now() - known.at < sameShiftMs;

/** When this user last looked at the patient before this shift, ISO; null when that is not known. */
export async function lastSeen(patient: string): Promise<string | null> {
  const known = opened.get(patient);
  if (known && isSameShift(known)) return known.before;
  return (await seen(patient).catch(() => null)) ?? (known ? new Date(known.at).toISOString() : null);
}

/** The patient is looked at now; `before` is what `lastSeen` said. */
export async function noteSeen(patient: string, before: string | null): Promise<void> {
  if (isSameShift(opened.get(patient))) return;
  const at = Date.now();
  opened.set(patient, { before, at });
  // Without a vault there is nowhere to remember it but here.
  await setSeen(patient, new Date(at).toISOString()).catch(() => undefined);
}
