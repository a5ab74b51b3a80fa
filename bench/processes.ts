import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The servers of a bench. */
export interface Processes {
  /** Starts a file of this repository, by its path from here, as a process of its own. */
  start(file: string, env: Record<string, string>, args?: readonly string[]): ChildProcess;
  /** Ends those that still run. */
  stopAll(): Promise<void>;
}

export function createProcesses(): Processes {
  const children: ChildProcess[] = [];
  return {
    start(file, env, args = []) {
      const path = fileURLToPath(new URL(file, import.meta.url));
      const child = spawn(process.execPath, ['--conditions=source', path, ...args], {
        env: { ...process.env, LOG_LEVEL: 'warn', DEMO_DATA: 'false', RATE_LIMIT_PER_MINUTE: '0', ...env },
        stdio: ['ignore', 'ignore', process.env.BENCH_VERBOSE ? 'inherit' : 'ignore'],
      });
      children.push(child);
      return child;
    },
    async stopAll() {
      await Promise.all(children.splice(0).map(stop));
    },
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Waits, at most a minute, until something answers; with `ready`, until it says so. */
export async function until(url: string, ready = false): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const up = await fetch(url).then(
      ({ ok }) => ok || !ready,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}
