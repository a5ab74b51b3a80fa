import { Problem } from '@naravard/fhir';
import type { FastifyInstance } from 'fastify';
import type { Engine } from './engine.ts';
import { callerOf } from './identity/bearer.ts';
import type { Identity } from './identity/identity.ts';
import { interactions } from './interactions/table.ts';
import { refusal } from './reply.ts';
import { methodsOf } from './route.ts';
import { plainFormat, send } from './send.ts';

/** What no route answers: 405 where another method would, 404 elsewhere; below the FHIR base only to callers with a token. */
export function registerUnknownRoute(
  app: FastifyInstance,
  engine: Engine,
  identity: Identity,
  prefix: string,
): void {
  app.setNotFoundHandler(async (request, reply) => {
    const path = (request.raw.url ?? '').split('?', 1)[0] ?? '';
    const isFhir = path === prefix || path.startsWith(`${prefix}/`);
    if (isFhir) await callerOf(identity, request.raw);
    const allowed = isFhir ? methodsOf(interactions, path.slice(prefix.length + 1)) : [];
    const problem = allowed.length
      ? new Problem('method-not-allowed', `Here the methods are ${allowed.join(', ')}.`)
      : new Problem('unknown-route', 'See /metadata below the FHIR base for what there is.');
    if (allowed.length) reply.header('Allow', allowed.join(', '));
    return send(reply, refusal(problem), engine.base, plainFormat);
  });
}
