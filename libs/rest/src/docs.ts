import type { FastifyInstance } from 'fastify';
import type { Engine } from './engine.ts';
import { openApiDocument } from './openapi/document.ts';
import { rulesPage, rulesPolicy } from './rules/rules-page.ts';
import { statedRules } from './rules/stated-rules.ts';
import type { ServiceModule } from './service-module.ts';

/**
 * /openapi.json: what this process serves, as OpenAPI; /docs leads there. /docs/rules: what is checked at every write, as a
 * page, or as JSON where Accept asks for that. None needs a token.
 */
export function registerDocs(app: FastifyInstance, engine: Engine, modules: readonly ServiceModule[]): void {
  app.get('/openapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(documentOf(engine, modules)),
  );
  app.get('/docs', async (_request, reply) => reply.redirect('/openapi.json', 302));
  const rules = statedRules(modules);
  app.get('/docs/rules', async ({ headers: { accept = '' } }, reply) => {
    reply.header('Vary', 'Accept');
    if (/json/.test(accept) && !accept.includes('text/html')) return { rules };
    reply.header('Content-Security-Policy', rulesPolicy());
    return reply.type('text/html; charset=utf-8').send(rulesPage(rules));
  });
}

function documentOf(
  { definitions, catalog, documents, mounted, base, guide }: Engine,
  modules: readonly ServiceModule[],
) {
  const made = documents.get('openapi');
  if (made !== undefined) return made;
  const served = modules.flatMap((module) => {
    const resources = module.resources.filter(({ type }) => mounted.has(type));
    return resources.length ? [{ ...module, resources }] : [];
  });
  const text = JSON.stringify(openApiDocument({ definitions, catalog, modules: served, base, guide }));
  documents.set('openapi', text);
  return text;
}
