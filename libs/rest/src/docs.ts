import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Interaction } from './call.ts';
import type { Engine } from './engine.ts';
import { apiPage, apiPagePolicy, documentPath, scriptPath } from './openapi/api-page.ts';
import { pageScript } from './openapi/api-page-script.ts';
import { openApiDocument } from './openapi/document.ts';
import { pageDocument } from './openapi/page-document.ts';
import { rulesPage, rulesPolicy } from './rules/rules-page.ts';
import { statedRules } from './rules/stated-rules.ts';
import type { ServiceModule } from './service-module.ts';

/**
 * /openapi.json: what this process serves, as OpenAPI; /docs is the same as a page on which it can be tried. /docs/rules: what
 * is checked at every write, as a page, or as JSON where Accept asks for that. None needs a token.
 * @param modules all that are loaded
 * @param ofModules operations of those that are mounted
 */
export function registerDocs(
  app: FastifyInstance,
  engine: Engine,
  modules: readonly ServiceModule[],
  ofModules: readonly Interaction[],
): void {
  const json = 'application/json; charset=utf-8';
  const document = () => documentOf(engine, modules, ofModules);
  app.get('/openapi.json', async (_request, reply) => reply.type(json).send(document()));
  app.get(documentPath, async (_request, reply) =>
    reply
      .type(json)
      .send(kept(engine, 'openapi-page', () => JSON.stringify(pageDocument(JSON.parse(document()))))),
  );
  registerApiPage(app);
  const rules = statedRules(modules);
  app.get('/docs/rules', async ({ headers: { accept = '' } }, reply) => {
    reply.header('Vary', 'Accept');
    if (/json/.test(accept) && !accept.includes('text/html')) return { rules };
    reply.header('Content-Security-Policy', rulesPolicy());
    return reply.type('text/html; charset=utf-8').send(rulesPage(rules));
  });
}

function registerApiPage(app: FastifyInstance): void {
  const script = pageScript();
  app.get('/docs', async (_request, reply) => {
    reply.header('Content-Security-Policy', apiPagePolicy);
    return reply.type('text/html; charset=utf-8').send(apiPage());
  });
  app.get(scriptPath, async ({ headers }, reply) => {
    const { etag, compressed } = await script();
    // Nobody's data: a browser may keep it, and asks whether it is still the same.
    reply.headers({ ETag: etag, 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' });
    if (headers['if-none-match'] === etag) return reply.code(304).send();
    reply.type('text/javascript; charset=utf-8');
    if (/\bgzip\b/.test(headers['accept-encoding'] ?? ''))
      return reply.header('Content-Encoding', 'gzip').send(compressed);
    return reply.send(Readable.from([compressed]).pipe(createGunzip()));
  });
}

const documentOf = (
  engine: Engine,
  modules: readonly ServiceModule[],
  ofModules: readonly Interaction[],
): string =>
  kept(engine, 'openapi', () => {
    const { mounted, authorizationServer } = engine;
    const served = modules.flatMap((module) => {
      const resources = module.resources.filter(({ type }) => mounted.has(type));
      return resources.length ? [{ ...module, resources }] : [];
    });
    const isDiscovered = authorizationServer !== undefined;
    return JSON.stringify(openApiDocument({ ...engine, modules: served, ofModules, isDiscovered }));
  });

/** Made when it is first asked for after something has changed. */
function kept({ documents }: Engine, name: string, make: () => string): string {
  const made = documents.get(name) ?? make();
  documents.set(name, made);
  return made;
}
