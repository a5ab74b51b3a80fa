import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiProblem } from '../api/problem.ts';

/** Milliseconds since 1970, again at every full `everyMs` and when the page is looked at again. */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tell = () => setNow(Date.now());
    const timer = setInterval(tell, everyMs);
    const seen = () => document.visibilityState === 'visible' && tell();
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [everyMs]);
  return now;
}

export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly value: T }
  | { readonly kind: 'failed'; readonly cause: unknown };

/**
 * What `load` gives, once for each `key`, and when the network comes back; `again` keeps what is shown until the next answer is
 * there. That the session has ended is no answer: what is shown then is covered, and there again afterwards.
 *
 * @param standing what is to be shown after one more reading: for who must not lose what is shown to a worse answer
 */
export function useLoaded<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  standing: (before: T, now: T) => T = (_before, now) => now,
): readonly [loaded: Loaded<T>, again: () => void] {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Keyed<T>>({ key, loaded: loading });
  useEffect(() => {
    const ending = new AbortController();
    const settle = (loaded: Loaded<T>) => {
      if (ending.signal.aborted) return;
      setState((before) => {
        const shown = before.key === key ? before.loaded : loading;
        if (shown.kind !== 'loaded') return { key, loaded };
        if (isSessionEnd(loaded)) return before;
        const isAnswer = loaded.kind === 'loaded';
        return { key, loaded: isAnswer ? { ...loaded, value: standing(shown.value, loaded.value) } : loaded };
      });
    };
    load(ending.signal).then(
      (value) => settle({ kind: 'loaded', value }),
      (cause: unknown) => settle({ kind: 'failed', cause }),
    );
    return () => ending.abort();
  }, [key, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  useEffect(() => {
    const events = ['online', refresh];
    for (const each of events) addEventListener(each, again);
    return () => {
      for (const each of events) removeEventListener(each, again);
    };
  }, [again]);
  return [state.key === key ? state.loaded : loading, again];
}

const loading = { kind: 'loading' } as const;

interface Keyed<T> {
  readonly key: string;
  readonly loaded: Loaded<T>;
}

const isSessionEnd = (loaded: Loaded<unknown>): boolean =>
  loaded.kind === 'failed' && loaded.cause instanceof ApiProblem && loaded.cause.status === 401;

const refresh = 'nv-refresh';

/** What is shown is asked for again. */
export const refreshAll = (): void => void dispatchEvent(new Event(refresh));

/** True while the browser believes that there is a network. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const tell = () => setOnline(navigator.onLine);
    addEventListener('online', tell);
    addEventListener('offline', tell);
    return () => {
      removeEventListener('online', tell);
      removeEventListener('offline', tell);
    };
  }, []);
  return online;
}
