import { type Definitions, loadDefinitions } from '@naravard/fhir';
import { type AppOptions, buildApp, type Module } from '@naravard/rest';
import { openStore, type Store } from '@naravard/store';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTestIssuer, type TestIssuer } from './issuer.ts';
import type { PersonaId } from './personas.ts';

export interface TestRequest {
  /** Who asks; null = without a token. Default: the system client, which may choose ids. */
  as?: PersonaId | null;
  /** Sent as it is when a string, as JSON otherwise. */
  body?: unknown;
  /** Default application/fhir+json when there is a body. */
  type?: string;
  headers?: Record<string, string>;
}

export interface TestResponse {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
  /** Parsed body; undefined when empty or not JSON. Tests look into it freely. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
  json: any;
}

export interface TestApp {
  app: ReturnType<typeof buildApp>;
  store: Store;
  database: TestDatabase;
  issuer: TestIssuer;
  base: string;
  /** `path` below the base: `/CareTeam?status=active`. An absolute URL below the base is asked as well. */
  ask(method: string, path: string, request?: TestRequest): Promise<TestResponse>;
  close(): Promise<void>;
}

const base = 'http://localhost:8080/fhir';

/** The built app over its own clone of the database, with every R4 type mounted. Call `close` in afterAll. */
export async function createTestApp(options: Partial<AppOptions> = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const store = await openStore({ url: database.url });
  const definitions = loadDefinitions();
  const issuer = await createTestIssuer();
  const app = buildApp({
    store,
    definitions,
    modules: [everyType(definitions)],
    base,
    identity: issuer.identity,
    pageKey: new Uint8Array(32).fill(7),
    ...options,
  });
  await app.ready();
  return {
    app,
    store,
    database,
    issuer,
    base,
    ask: (method, path, request = {}) => ask(app, issuer, method, path, request),
    close: async () => {
      await app.close();
      await store.close();
      await database.drop();
    },
  };
}

/** All types that are stored, with no rules but R4's. */
export const everyType = ({ resourceTypes }: Definitions): Module => ({
  name: 'everything',
  resources: [...resourceTypes].filter((type) => !unstored.has(type)).map((type) => ({ type })),
});

const unstored = new Set(['Bundle', 'Parameters', 'OperationOutcome', 'Binary', 'Subscription']);

async function ask(
  app: TestApp['app'],
  issuer: TestIssuer,
  method: string,
  path: string,
  { as = 'journalsystem', body, type, headers }: TestRequest,
): Promise<TestResponse> {
  const token = as === null ? undefined : await tokenOf(issuer, as);
  const response = await app.inject({
    method: method as 'GET',
    url: path.startsWith(base) ? path.slice(base.length - 5) : `/fhir${path}`,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': type ?? 'application/fhir+json' }),
      ...headers,
    },
    ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: response.statusCode,
    headers: response.headers as TestResponse['headers'],
    text: response.body,
    json:
      response.body && /\bjson\b/.test(String(response.headers['content-type']))
        ? JSON.parse(response.body)
        : undefined,
  };
}

const tokens = new WeakMap<TestIssuer, Map<PersonaId, Promise<string>>>();

function tokenOf(issuer: TestIssuer, persona: PersonaId): Promise<string> {
  const known = tokens.get(issuer) ?? new Map<PersonaId, Promise<string>>();
  tokens.set(issuer, known);
  const token = known.get(persona) ?? issuer.token(persona);
  known.set(persona, token);
  return token;
}
