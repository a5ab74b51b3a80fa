import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../services/all-in-one/src/main.ts', import.meta.url));

export interface ServiceProcess {
  origin: string;
  child: ChildProcess;
  /** Everything it has written to stdout and stderr. */
  output(): string;
  /** Sends a signal and waits for the end; the exit code, null when killed. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the service as its own process, as `npm start` does, and waits until /readyz is green. */
export async function startService(environment: Record<string, string>): Promise<ServiceProcess> {
  const port = environment.PORT ?? String(await freePort());
  const child = runScript(main, [], { ...environment, PORT: port });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => chunks.push(String(chunk)));
  const ended = once(child, 'exit');
  const service: ServiceProcess = {
    origin: `http://localhost:${port}`,
    child,
    output: () => chunks.join(''),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
  for (let wait = 0; wait < 300; wait++) {
    if (child.exitCode !== null) throw new Error(`The service ended at once:\n${service.output()}`);
    const ready = await fetch(`${service.origin}/readyz`).catch(() => undefined);
    if (ready?.ok) return service;
    await sleep(100);
  }
  await service.stop('SIGKILL');
  throw new Error(`The service was not ready in 30 s:\n${service.output()}`);
}

/** Runs a script of the checkout with a clean environment: only PATH and what is given. */
export function runScript(script: string, args: string[], environment: Record<string, string>): ChildProcess {
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment };
  return spawn(process.execPath, ['--conditions=source', script, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a script to its end. */
export async function runToEnd(script: string, args: string[], environment: Record<string, string>) {
  const child = runScript(
    fileURLToPath(new URL(`../../services/all-in-one/src/${script}`, import.meta.url)),
    args,
    environment,
  );
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}

/** An access token of a persona, as the sandbox gives it. */
export async function tokenFor(origin: string, persona: string): Promise<string> {
  const answer = await fetch(`${origin}/sandbox/token?persona=${persona}`, { method: 'POST' });
  return ((await answer.json()) as { access_token: string }).access_token;
}

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'naravard-service-'));
  // Run as root, PostgreSQL becomes another user, who must be able to reach the folder.
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
