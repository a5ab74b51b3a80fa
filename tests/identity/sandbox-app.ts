import type { AddressInfo } from 'node:net';
import { loadDefinitions } from '@naravard/fhir';
import { buildApp, createIdentity, type ReplayGuard, registerSmartConfiguration } from '@naravard/rest';
import { openStore } from '@naravard/store';
import { createTestDatabase } from '@naravard/testkit';
import { allModules } from '../../services/all-in-one/src/modules.ts';
import { type SandboxIssuer, sandboxIssuer } from '../../services/all-in-one/src/sandbox/issuer.ts';
import { type KeptSecrets, keptSecrets } from '../../services/all-in-one/src/sandbox/kept-secrets.ts';
import { registerLogin } from '../../services/all-in-one/src/sandbox/login.ts';
import { registerSandbox } from '../../services/all-in-one/src/sandbox/routes.ts';
import { freePort, temporaryFolder } from '../services/service-process.ts';

export interface SandboxApp {
  origin: string;
  issuer: SandboxIssuer;
  secrets: KeptSecrets;
  /** Another process of the same sandbox: another memory, the same keys, address and replay guard. */
  second(): Promise<{ origin: string; close(): Promise<void> }>;
  close(): Promise<void>;
}

/** The service with the sandbox's login, listening. */
export async function startSandboxApp(replays: ReplayGuard): Promise<SandboxApp> {
  const database = await createTestDatabase();
  const folder = temporaryFolder();
  const secrets = await keptSecrets(folder.path);
  const store = await openStore({ url: database.url });
  const port = await freePort();
  const issuer = sandboxIssuer(secrets.signingKey, `http://localhost:${port}/fhir`);
  const start = async (at: number) => {
    const definitions = loadDefinitions();
    const { issuer: name, audience, jwks } = issuer;
    const issuers = [{ issuer: name, audience, keys: { set: jwks } }];
    const app = buildApp({
      store,
      definitions,
      modules: allModules(definitions),
      base: audience,
      identity: createIdentity({ issuers, base: audience, replays }),
      pageKey: secrets.pageKey,
    });
    registerSandbox(app, issuer);
    registerLogin(app, issuer, secrets, replays);
    registerSmartConfiguration(app, '/fhir', issuer.server);
    await app.listen({ host: 'localhost', port: at });
    return app;
  };
  const app = await start(port);
  return {
    origin: `http://localhost:${port}`,
    issuer,
    secrets,
    second: async () => {
      const other = await start(0);
      const { port: at } = other.server.address() as AddressInfo;
      return { origin: `http://localhost:${at}`, close: () => other.close() };
    },
    close: async () => {
      await app.close();
      await store.close();
      await database.drop();
      folder.remove();
    },
  };
}
