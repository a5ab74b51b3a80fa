import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../engine.ts';
import { logBackground } from '../log-failure.ts';
import { type Reindexer, reindexerDefaults } from '../reindexer.ts';

/**
 * The reindexer with what else a process follows: profiles and terminology that others store, which hold here within two
 * seconds, and the CapabilityStatement, which is `published` anew when it has changed.
 */
export function followingGuide(
  reindexer: Reindexer,
  { loaded, log }: Pick<Engine, 'loaded' | 'log'>,
  published: () => Promise<void>,
  poll: number = reindexerDefaults.poll,
): Reindexer {
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    await loaded.refresh();
    await published();
  };
  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await look().catch((error: unknown) => logBackground(log, error, 'guide not refreshed'));
      await wait(poll, undefined, { signal }).catch(() => {});
    }
  };
  return {
    ...reindexer,
    async refresh() {
      await reindexer.refresh();
      await loaded.refresh();
    },
    start() {
      reindexer.start();
      running ??= run(stopping.signal);
    },
    async stop() {
      stopping.abort();
      await Promise.all([reindexer.stop(), running]);
    },
  };
}
