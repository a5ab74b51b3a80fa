import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import { expect } from 'vitest';
import { compose } from '../../services/all-in-one/src/compose.ts';
import { readConfig } from '../../services/all-in-one/src/config.ts';
import { loadDemo } from '../../services/all-in-one/src/sandbox/demo/load.ts';
import { personas } from '../../services/all-in-one/src/sandbox/personas.ts';
import { temporaryFolder } from '../services/service-process.ts';

export interface Resource {
  id: string;
  resourceType: string;
  [element: string]: unknown;
}

/** The sandbox with its demo story, without a socket. */
export interface StoryService {
  database: TestDatabase;
  /** Resources written by the first load. */
  loaded: number;
  loadAgain(): Promise<number>;
  /** What a persona is answered; `path` is below the FHIR base. */
  ask(
    persona: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; text: string; json: Record<string, unknown> }>;
  /** The resources that a persona finds. */
  search(query: string, persona?: string): Promise<Resource[]>;
  close(): Promise<void>;
}

/** The last Thursday, on which the SIP meeting of the story was yesterday: what is stored is judged by today's date. */
export function lastThursday(): Date {
  const now = new Date();
  const since = (now.getUTCDay() + 3) % 7;
  return new Date(`${new Date(now.getTime() - since * 86_400_000).toISOString().slice(0, 10)}T08:00:00Z`);
}

export async function startStory(now = lastThursday()): Promise<StoryService> {
  const folder = temporaryFolder();
  const database = await createTestDatabase();
  const config = readConfig({ DATABASE_URL: database.url, DATA_DIR: folder.path, LOG_LEVEL: 'error' });
  const { app, issuer } = await compose(config);
  if (!issuer) throw new Error('no sandbox');
  const ask: StoryService['ask'] = async (persona, path, body) => {
    const claims = personas.find(({ id }) => id === persona)?.claims;
    if (!claims) throw new Error(`no persona ${persona}`);
    const answer = await app.inject({
      method: body ? 'POST' : 'GET',
      url: `/fhir/${path}`,
      headers: {
        authorization: `Bearer ${await issuer.sign(claims)}`,
        ...(body && { 'content-type': 'application/fhir+json' }),
      },
      ...(body && { payload: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, text: answer.body, json: JSON.parse(answer.body) };
  };
  return {
    database,
    loaded: await loadDemo(app, issuer, now),
    loadAgain: () => loadDemo(app, issuer, now),
    ask,
    search: async (query, persona = 'ssk-hemsjukvard') => {
      const { status, text, json } = await ask(persona, query);
      expect(status, text).toBe(200);
      return ((json.entry ?? []) as { resource: Resource }[]).map(({ resource }) => resource);
    },
    close: async () => {
      await app.close();
      await database.drop();
      folder.remove();
    },
  };
}

export const ids = (resources: readonly Resource[]): string[] => resources.map(({ id }) => id);
