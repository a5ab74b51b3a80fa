import type { FastifyInstance } from 'fastify';
import type { Engine } from './engine.ts';
import type { Module } from './module.ts';
import { openApiDocument } from './openapi/document.ts';

/** /openapi.json: what this process serves, as OpenAPI; /docs leads there. Both need no token. */
export function registerDocs(app: FastifyInstance, engine: Engine, modules: readonly Module[]): void {
  app.get('/openapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(documentOf(engine, modules)),
  );
  app.get('/docs', async (_request, reply) => reply.redirect('/openapi.json', 302));
}

function documentOf({ definitions, catalog, documents, mounted, base }: Engine, modules: readonly Module[]) {
  const made = documents.get('openapi');
  if (made !== undefined) return made;
  const served = modules.map((module) => ({
    ...module,
    resources: module.resources.filter(({ type }) => mounted.has(type)),
  }));
  const text = JSON.stringify(openApiDocument({ definitions, catalog, modules: served, base }));
  documents.set('openapi', text);
  return text;
}
