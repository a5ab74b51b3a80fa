import { Problem } from '@naravard/fhir';
import type { FastifyInstance } from 'fastify';
import { wishedFormat } from './asked-format.ts';
import type { Interaction } from './call.ts';
import type { Engine } from './engine.ts';
import { callerOf } from './identity/bearer.ts';
import type { Identity } from './identity/identity.ts';
import { everyInteraction } from './interactions/table.ts';
import { refusal } from './reply.ts';
import { send } from './send.ts';
import { wrongPlace } from './wrong-place.ts';

/** What no route answers: 405 where another method would, 404 elsewhere; below the FHIR base only to callers with a token. */
export function registerUnknownRoute(
  app: FastifyInstance,
  engine: Engine,
  identity: Identity,
  prefix: string,
  ofModules: readonly Interaction[],
): void {
  const all = everyInteraction(ofModules);
  app.setNotFoundHandler(async (request, reply) => {
    const path = (request.raw.url ?? '').split('?', 1)[0] ?? '';
    const isFhir = path === prefix || path.startsWith(`${prefix}/`);
    if (isFhir) await callerOf(identity, request.raw);
    const problem =
      (isFhir && wrongPlace(all, path.slice(prefix.length + 1))) ||
      new Problem('unknown-route', 'See /metadata below the FHIR base for what there is.');
    return send(reply, refusal(problem), engine.base, wishedFormat(engine, {}, request));
  });
}
