import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
}

/** Kills each process whose command holds `argument`, with all that it has started; their ids. */
export async function killedWith(argument: string): Promise<number[]> {
  const all = await processes();
  const ids = all
    .filter(({ command }) => command.includes(argument))
    .flatMap(({ id }) => withChildren(id, all));
  for (const id of ids) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It ended with its parent.
    }
  }
  return ids;
}

export const areGone = async (ids: readonly number[]): Promise<boolean> =>
  (await processes()).every(({ id }) => !ids.includes(id));

async function processes(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']);
  return [...stdout.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*)$/gm)].map(([, id, parent, command = '']) => ({
    id: Number(id),
    parent: Number(parent),
    command,
  }));
}

const withChildren = (id: number, all: readonly Process[]): number[] => [
  id,
  ...all.filter(({ parent }) => parent === id).flatMap((child) => withChildren(child.id, all)),
];
