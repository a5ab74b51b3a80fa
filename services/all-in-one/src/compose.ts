import { loadDefinitions } from '@naravard/fhir';
import {
  buildApp,
  createHealth,
  createIdentity,
  type Hardening,
  type Health,
  type IssuerConfig,
} from '@naravard/rest';
import { migrate, openStore, type Sealer } from '@naravard/store';
import type { App } from './app.ts';
import { CannotStart } from './cannot-start.ts';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './database.ts';
import { allModules, ownGuide } from './modules.ts';
import { type SandboxIssuer, sandboxIssuer } from './sandbox/issuer.ts';
import { type KeptSecrets, keptSecrets } from './sandbox/kept-secrets.ts';
import { registerLogin } from './sandbox/login.ts';
import { registerSandbox } from './sandbox/routes.ts';
import { createSealing } from './sealing.ts';
import { registerWeb } from './web-clients.ts';

/** An assembled service that does not listen yet. `app.close()` closes the store and stops an embedded database. */
export interface Service {
  app: App;
  /** Turned red by whoever stops the process. */
  health: Health;
  /** Seals the audit; whoever serves requests starts it. */
  sealing: Sealer;
  /** Where the data is, for people. */
  place: string;
  /** Only in the sandbox. */
  issuer?: SandboxIssuer;
}

/**
 * Wires a process from its configuration: database, schema (migrated in the sandbox, only checked in production),
 * store, identity, modules and routes. Fails with the reason, and leaves nothing running.
 */
export async function compose(config: Config, log: (line: string) => void = () => {}): Promise<Service> {
  const database = await openDatabase(config, log);
  try {
    return await assemble(config, database);
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function assemble(config: Config, database: Database): Promise<Service> {
  const sandbox = config.MODE === 'sandbox' ? await keptSecrets(config.DATA_DIR) : undefined;
  if (sandbox) await migrate(database.url);
  const store = await openStore({
    url: database.url,
    connections: config.DATABASE_CONNECTIONS,
    statementTimeout: config.STATEMENT_TIMEOUT_MS,
    rowSecurity: config.ROW_LEVEL_SECURITY === 'on',
  });
  const definitions = loadDefinitions();
  const issuer = sandbox && sandboxIssuer(sandbox.signingKey, config.BASE_URL);
  const server = issuer?.server ?? config.AUTHORIZATION_SERVER;
  const health = createHealth();
  const app = buildApp({
    store,
    definitions,
    modules: allModules(definitions),
    guide: ownGuide(),
    mount: config.MOUNT,
    base: config.BASE_URL,
    identity: (lookups) =>
      createIdentity({
        ...lookups,
        issuers: issuersOf(config, issuer),
        base: config.BASE_URL,
        replays: store,
      }),
    ...(server && { authorizationServer: server }),
    logger: { level: config.LOG_LEVEL },
    pageKey: pageKeyOf(config, sandbox),
    health,
    fullText: config.SEARCH_FULL_TEXT === 'on',
    showStaffNames: config.AUDIT_SHOW_STAFF_NAMES === 'on',
    emergencyMinutes: config.EMERGENCY_MINUTES,
    jobHours: config.JOB_HOURS,
    references: { policy: config.REFERENCE_POLICY, bases: config.REFERENCE_BASES ?? [] },
    hardening: hardeningOf(config),
    limits: {
      bodyBytes: config.MAX_BODY_BYTES,
      entries: config.MAX_BUNDLE_ENTRIES,
      depth: config.MAX_JSON_DEPTH,
      chain: config.MAX_SEARCH_CHAIN,
      included: config.MAX_SEARCH_INCLUDED,
    },
  });
  const sealing = createSealing(config, database.url, app.log);
  app.addHook('onClose', async () => {
    await sealing.stop();
    await store.close();
    await database.stop();
  });
  if (issuer && sandbox) {
    registerSandbox(app, issuer);
    registerLogin(app, issuer, sandbox, store);
  }
  await registerWeb(app, config, issuer);
  return { app, health, sealing, place: database.place, ...(issuer && { issuer }) };
}

/** The sandbox is its only issuer: config.ts refuses others beside it. */
function issuersOf(config: Config, sandbox: SandboxIssuer | undefined): IssuerConfig[] {
  if (sandbox) return [{ issuer: sandbox.issuer, audience: sandbox.audience, keys: { set: sandbox.jwks } }];
  return (config.ISSUERS ?? []).map(({ jwks, audience, ...issuer }) => ({
    ...issuer,
    audience: audience ?? config.BASE_URL,
    keys: { url: jwks },
  }));
}

function hardeningOf(config: Config): Hardening {
  const { TLS_CERT: cert, TLS_KEY: key } = config;
  return {
    hstsSeconds: config.HSTS_SECONDS,
    allowedOrigins: config.ALLOWED_ORIGINS ?? [],
    requestsPerMinute: config.RATE_LIMIT_PER_MINUTE,
    trustedProxies: config.TRUSTED_PROXIES ?? [],
    tls: cert !== undefined && key !== undefined ? { cert, key } : undefined,
  };
}

function pageKeyOf(config: Config, sandbox: KeptSecrets | undefined): Uint8Array {
  const key = config.PAGE_KEY ?? sandbox?.pageKey;
  if (!key) throw new CannotStart('PAGE_KEY is required in production.');
  return key;
}
