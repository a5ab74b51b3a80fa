import { Agent, request } from 'node:http';
import type { Requested } from './load.ts';

/** Milliseconds of each answer, in ascending order, to `callers` who ask one question after another for `seconds`. */
export async function latencies(
  base: string,
  callers: number,
  seconds: number,
  next: () => Requested,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const caller = async () => {
    while (performance.now() < end) times.push(await timed(agent, base, next()));
  };
  await Promise.all(Array.from({ length: callers }, caller));
  agent.destroy();
  return times.sort((a, b) => a - b);
}

/** Node's own client: fetch costs as much as the shorter questions. */
function timed(agent: Agent, base: string, { method, path, body, headers }: Requested): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(`${base}${path}`, { agent, method, headers: headers ?? {} }, (answer) => {
      const { statusCode = 0 } = answer;
      answer.resume();
      answer.on('error', reject);
      answer.on('end', () =>
        statusCode < 300
          ? resolve(performance.now() - start)
          : reject(new Error(`${path} answered ${statusCode}`)),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The value below which a share of ascending values lies. */
export const quantile = (values: readonly number[], share: number): number =>
  values[Math.floor(values.length * share)] ?? 0;

export const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
