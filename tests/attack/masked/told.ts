import type { TestResponse } from '@naravard/testkit';
import { expect } from 'vitest';

const PER_BATCH = 200;

/** The answers of a service to GETs, in batches, as `told`; `post` sends a Bundle in the name of who asks. */
export async function answersTo(
  asked: readonly string[],
  post: (body: object) => Promise<Pick<TestResponse, 'status' | 'json'>>,
): Promise<string[]> {
  const found: string[] = [];
  for (let at = 0; at < asked.length; at += PER_BATCH) {
    const entry = asked.slice(at, at + PER_BATCH).map((url) => ({ request: { method: 'GET', url } }));
    const { status, json } = await post({ resourceType: 'Bundle', type: 'batch', entry });
    expect(status).toBe(200);
    for (const { resource, response } of json.entry) {
      expect(response.status).toMatch(/^[24]/);
      found.push([response.status, ...told(resource ?? response.outcome)].join('\n'));
    }
  }
  return found;
}

/** A Bundle or resource as two services can be compared by: without times and links, what is included in any order. */
// biome-ignore lint/suspicious/noExplicitAny: answers are of every type
function told({ entry = [], ...answer }: any): string[] {
  const of = (mode: string): string[] =>
    entry
      .filter(({ search }: { search?: { mode: string } }) => (search?.mode ?? 'match') === mode)
      .map(stable);
  return [stable(answer), ...of('match'), ...of('include').sort(), ...of('outcome')];
}

const unstable = ['lastUpdated', 'lastModified', 'timestamp', 'link', 'etag'];
const stable = (value: unknown): string =>
  JSON.stringify(value, (name, each) => {
    const isMade = name === 'id' && /^[0-9a-f]{8}-/.test(String(each));
    return unstable.includes(name) || isMade ? undefined : each;
  });
