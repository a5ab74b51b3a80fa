import type { Kept } from './kept.ts';

/** Today's list holds 40 patients and the night area's risk patients are 60: more is not carried about. */
export const mostPatients = 100;

export interface DownloadOptions {
  readonly ids: readonly string[];
  /** Asks for the plan with `offline=true`, so that the log says it was fetched to be carried along. */
  readonly fetchPlan: (id: string, signal: AbortSignal) => Promise<unknown>;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number;
}

export interface Downloaded {
  readonly saved: number;
  /** Those the user may not read; what was kept of them is deleted. */
  readonly refused: readonly string[];
  /** Those that did not come; what was kept of them stays. */
  readonly failed: readonly string[];
}

const atATime = 3;
/** A round trip of 400 ms and 25 kB at 50 kB/s: what a poor connection takes for one plan. */
const slowPlan = 900;

/** Seconds that `count` plans take, by the pace of the last time. @param pace milliseconds of one plan */
export const downloadEstimate = (count: number, pace: number = slowPlan): number =>
  Math.ceil((Math.min(count, mostPatients) * pace) / atATime / 1000);

/** Fetches the plans into the vault; those that are not asked for any more are deleted when it comes to its end. */
export async function downloadInto(
  kept: Kept,
  { ids, fetchPlan, onProgress, signal = new AbortController().signal }: DownloadOptions,
  now: () => number = Date.now,
): Promise<Downloaded> {
  const wanted = [...new Set(ids)].slice(0, mostPatients);
  const left = wanted.values();
  const refused: string[] = [];
  const failed: string[] = [];
  const started = now();
  let done = 0;
  const tell = () => {
    const secondsLeft = done
      ? Math.ceil((((now() - started) / done) * (wanted.length - done)) / 1000)
      : downloadEstimate(wanted.length);
    onProgress?.({ done, total: wanted.length, secondsLeft });
  };

  const work = async () => {
    for (const id of left) {
      signal.throwIfAborted();
      const fetchedAt = new Date(now()).toISOString();
      try {
        await kept.savePatient(id, await fetchPlan(id, signal), fetchedAt);
      } catch (cause) {
        signal.throwIfAborted();
        const { status = 0, name } = cause as { status?: number; name?: string };
        if (name === 'VaultClosed' || name === 'QuotaExceededError' || status === 401) throw cause;
        const denied = status === 403 || status === 404 || status === 410;
        if (denied) await kept.dropPatient(id);
        (denied ? refused : failed).push(id);
      }
      done += 1;
      tell();
    }
  };
  tell();
  await Promise.all(Array.from({ length: atATime }, work));
  const gone = (await kept.patients()).filter(({ id }) => !wanted.includes(id));
  await Promise.all(gone.map(({ id }) => kept.dropPatient(id)));
  return { saved: wanted.length - refused.length - failed.length, refused, failed };
}
