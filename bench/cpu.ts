import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second of /proc/PID/stat on Linux. */
const ticks = 100;

interface Stat {
  parent: number;
  /** Milliseconds of CPU, children that ended included. */
  cpu: number;
}

function stat(pid: string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    return { parent: fields[1] ?? 0, cpu: ((user + system + endedUser + endedSystem) * 1000) / ticks };
  } catch {
    return undefined;
  }
}

/** CPU milliseconds that a process and its children have used; 0 where there is no /proc. */
export function cpuOf(pid: number): number {
  let total = stat(String(pid))?.cpu ?? 0;
  for (const name of pidsHere()) {
    const found = stat(name);
    if (found?.parent === pid) total += found.cpu;
  }
  return total;
}

function pidsHere(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Resident memory of a process in MB; 0 where there is no /proc. */
export function residentOf(pid: number): number {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.round(Number(line?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
