import type { App } from '../../app.ts';
import { CannotStart } from '../../cannot-start.ts';
import type { SandboxIssuer } from '../issuer.ts';
import { type Chapter, story } from './story.ts';
import { storyTime } from './story-time.ts';

/**
 * Sends the demo story through the service's own API, one transaction per organisation. What is there already stays as
 * it is, also when it has been changed or deleted since: a restart loads nothing twice. Returns the number of
 * resources written.
 */
export async function loadDemo(app: App, issuer: SandboxIssuer, now = new Date()): Promise<number> {
  let written = 0;
  for (const chapter of story(storyTime(now))) written += await send(app, issuer, chapter);
  return written;
}

async function send(app: App, issuer: SandboxIssuer, { writer, resources }: Chapter): Promise<number> {
  const base = new URL(issuer.audience).pathname;
  const headers = {
    authorization: `Bearer ${await issuer.sign(writer)}`,
    'content-type': 'application/fhir+json',
  };
  const first = resources[0];
  if (!first) return 0;
  const found = await app.inject({ url: `${base}/${first.resourceType}/${first.id}`, headers });
  if (found.statusCode === 200 || found.statusCode === 410) return 0;
  const answer = await app.inject({
    method: 'POST',
    url: base,
    headers,
    payload: JSON.stringify(bundle(resources)),
  });
  if (answer.statusCode !== 200)
    throw new CannotStart(`The demo data was refused (${answer.statusCode}): ${answer.body}`);
  return resources.length;
}

/** A transaction that puts each resource at its own id. */
export function bundle(resources: Chapter['resources']): object {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    })),
  };
}
