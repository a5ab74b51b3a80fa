import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import pg from 'pg';
import { inject } from 'vitest';
import { compose } from '../../services/all-in-one/src/compose.ts';
import { readConfig } from '../../services/all-in-one/src/config.ts';
import { loadDemo } from '../../services/all-in-one/src/sandbox/demo/load.ts';
import { freePort, temporaryFolder, tokenFor } from '../services/service-process.ts';

export interface Answer {
  status: number;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
  json: any;
}

/** The built sandbox with its demo story, clients and login, on a port of its own. */
export interface WebService {
  origin: string;
  database: TestDatabase;
  /** What a persona is answered by the API; `path` is below the FHIR base. A body makes it a POST. */
  ask(persona: string, path: string, body?: object, method?: string): Promise<Answer>;
  /** Takes the database away and gives it back. */
  loseDatabase(): Promise<void>;
  findDatabase(): Promise<void>;
  close(): Promise<void>;
}

export async function startWeb(): Promise<WebService> {
  const folder = temporaryFolder();
  const database = await createTestDatabase();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const { app, issuer } = await compose(
    readConfig({
      DATABASE_URL: database.url,
      DATA_DIR: folder.path,
      LOG_LEVEL: 'fatal',
      PORT: String(port),
      BASE_URL: `${origin}/fhir`,
    }),
  );
  if (!issuer) throw new Error('no sandbox');
  await loadDemo(app, issuer);
  await app.listen({ host: 'localhost', port });
  return {
    origin,
    database,
    ask: async (persona, path, body, method = body ? 'POST' : 'GET') => {
      const answer = await fetch(`${origin}/fhir/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await tokenFor(origin, persona)}`,
          ...(body && { 'content-type': 'application/fhir+json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, text, json: text.startsWith('{') ? JSON.parse(text) : undefined };
    },
    ...outage(database.url),
    close: async () => {
      // Browsers keep their connections open.
      app.server.closeAllConnections();
      await app.close();
      await database.drop();
      folder.remove();
    },
  };
}

/** A database that lets nobody in; a superuser of the cluster's own database turns the key. */
function outage(url: string): Pick<WebService, 'loseDatabase' | 'findDatabase'> {
  const name = new URL(url).pathname.slice(1);
  const run = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: inject('cluster').url });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  return {
    loseDatabase: () =>
      run(
        `alter database ${name} with allow_connections false`,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      ),
    findDatabase: () => run(`alter database ${name} with allow_connections true`),
  };
}
