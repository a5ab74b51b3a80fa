import { ApiProblem } from '../../api/problem.ts';
import { connection, vault } from '../../offline/index.ts';
import { NoConnection } from './api.ts';
import { fetchTodaysList, type TodaysList } from './todays-list.ts';

export interface ReadList {
  /** Null when nothing answers and nothing is kept. */
  readonly list: TodaysList | null;
  /** Whether it comes from the telephone. */
  readonly kept: boolean;
}

/** Of this run of the app, for a telephone without a vault. */
let last: TodaysList | null = null;

/** The answer of the service, which is kept; without an answer what is kept. */
export async function readList(unitHsaId: string): Promise<ReadList> {
  try {
    last = await fetchTodaysList(unitHsaId, Date.now());
    connection.refreshed(last.at);
    await keepList();
    return { list: last, kept: false };
  } catch (cause) {
    const isDown =
      cause instanceof NoConnection ||
      (cause instanceof ApiProblem && (cause.status === 429 || cause.status >= 500));
    if (!isDown) throw cause;
    const list = last ?? (await vault.list<TodaysList>().catch(() => null));
    if (!list && cause instanceof ApiProblem) throw cause;
    return { list, kept: true };
  }
}

/** Puts what was read before there was an open vault into it. */
export async function keepList(): Promise<void> {
  // Without a vault there is nowhere to keep it.
  if (last) await vault.saveList(last).catch(() => undefined);
}
