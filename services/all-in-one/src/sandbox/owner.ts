import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../cannot-start.ts';

/**
 * Takes a data folder for this process by a file with the process's id and start time (a pid alone may be reused).
 * Throws when a living process holds it; a file left by a killed one is replaced.
 */
export function takeFolder(dataDir: string): { release(): void } {
  const file = join(dataDir, 'owner.pid');
  const mine = `${process.pid} ${startTime(process.pid) ?? ''}`.trim();
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, `${mine}\n`, { flag: 'wx', mode: 0o644 });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 3) throw error;
    }
    const holder = livingHolder(file);
    if (holder) {
      const who = holder === process.pid ? 'this process' : `process ${holder}`;
      throw new CannotStart(
        `The data folder ${dataDir} is in use by ${who}: stop it first, or set DATA_DIR to another folder.`,
      );
    }
    rmSync(file, { force: true });
  }
}

function livingHolder(file: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const [pid = 0, started] = text.trim().split(' ').map(Number);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  const now = startTime(pid);
  return started === undefined || now === undefined || started === now ? pid : undefined;
}

/** Whether a process exists, ours or another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Clock ticks since boot (proc(5), field 22); undefined where there is no /proc. */
function startTime(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return undefined;
  }
}
