/**
 * The service as the bench composes it: by law, or with all rights for everybody, which the product has no switch for. The
 * two differ in nothing else, and neither seals the audit, which the one main does meanwhile for all. Administrators, who
 * may ask for plans, are shown those of the caller in `EXPLAIN_AS`: node composed.ts law|all ISSUER_BASE, with the
 * environment of the service.
 */
import { type Actor, type Rights, rightsOf, systemRights } from '@naravard/access';
import { allModules } from '@naravard/all-in-one';
import { sandboxIssuer } from '@naravard/all-in-one/sandbox';
import { loadDefinitions } from '@naravard/fhir';
import { buildApp, createHealth, createIdentity, serve } from '@naravard/rest';
import { openStore } from '@naravard/store';
import { readConfig } from '../services/all-in-one/src/config.ts';
import { keptSecrets } from '../services/all-in-one/src/sandbox/kept-secrets.ts';

const [kind, issuerBase = ''] = process.argv.slice(2);
const config = readConfig(process.env);
if (config.DATABASE_URL === undefined) throw new Error('give DATABASE_URL');
const { signingKey, pageKey } = await keptSecrets(config.DATA_DIR);
const { issuer, audience, jwks } = sandboxIssuer(signingKey, issuerBase);
const issuers = [{ issuer, audience, keys: { set: jwks } }];
const nurse = (JSON.parse(process.env.EXPLAIN_AS ?? 'null') as Actor | null) ?? undefined;
const definitions = loadDefinitions();
const health = createHealth();
const store = await openStore({ url: config.DATABASE_URL, connections: config.DATABASE_CONNECTIONS });

function rightsFor(actor: Actor): Rights {
  const at = new Date().toISOString();
  if (actor.kind === 'administrator' && nurse) return rightsOf(nurse, at);
  return kind === 'law' ? rightsOf(actor, at) : systemRights('bench without access');
}

const app = buildApp({
  store,
  definitions,
  modules: allModules(definitions),
  base: config.BASE_URL,
  identity: (lookups) => createIdentity({ ...lookups, issuers, base: config.BASE_URL }),
  logger: { level: config.LOG_LEVEL },
  pageKey,
  health,
  rights: rightsFor,
});
app.addHook('onClose', () => store.close());
await serve({ app, health, host: '127.0.0.1', port: config.PORT });
