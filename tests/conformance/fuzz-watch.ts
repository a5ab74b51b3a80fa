import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { TestResponse } from '@naravard/testkit';

/** Frames and files of a stack, names of tables in a message of the database, and personnummer of the requests. */
const secret = /\bat .{1,200}:\d+:\d+|node_modules|\.ts:\d+|\bselect .{1,200} from\b|19410314-?9805/i;

/** What is wrong with an answer, whatever was asked: nothing, if all is well. */
export function complaintsOf(answer: TestResponse, method: string): string[] {
  const { status, text, json, headers } = answer;
  const complaints: string[] = [];
  if (status >= 500) complaints.push(`answered ${status}`);
  for (const entry of json?.type?.endsWith('-response') ? (json.entry ?? []) : [])
    if (Number(entry.response.status.slice(0, 3)) >= 500) complaints.push('an entry answered 5xx');
  if (status < 400) return complaints;
  if (secret.test(text)) complaints.push('tells too much');
  if (method !== 'HEAD' && !isOutcome(text, String(headers['content-type'])))
    complaints.push('no OperationOutcome');
  return complaints;
}

const isOutcome = (text: string, type: string): boolean =>
  /xml/.test(type)
    ? /^(<\?xml[^>]*>\s*)?<OperationOutcome[\s>]/.test(text)
    : JSON.parse(text || '{}').resourceType === 'OperationOutcome';

/** Looks at each line of the log and keeps those that tell too much. */
export function watchedLog(): { stream: { write: (line: string) => void }; complaints: string[] } {
  const complaints: string[] = [];
  const write = (line: string) => {
    const { error, ...rest } = JSON.parse(line) as { error?: { at?: string[] } };
    // The frames of an error of the service itself may be in the log, and nowhere else.
    if (error) complaints.push(`failed: ${line}`);
    else if (secret.test(JSON.stringify(rest))) complaints.push(`logged: ${line}`);
  };
  return { stream: { write }, complaints };
}

/** Bytes of the heap that are in use, and of the process, once all garbage is gone. */
export function memory(): { heap: number; process: number } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, process: rss };
}
