import { outcomeOf, Problem } from '@naravard/fhir';
import type { Store } from '@naravard/store';
import type { FastifyInstance } from 'fastify';
import { fhirJson } from './media.ts';

/** Whether the process takes new work; set to draining before it closes. */
export interface Health {
  readonly draining: boolean;
  drain(): void;
}

export function createHealth(): Health {
  let draining = false;
  return {
    get draining() {
      return draining;
    },
    drain() {
      draining = true;
    },
  };
}

/** How long a good answer of /readyz holds, so that asking often does not cost a connection each time. */
const goodForMs = 1_000;

/**
 * /livez: the process answers. /readyz: it can serve, which takes a new database connection and a known schema, and it
 * is not about to stop. Both need no token.
 */
export function registerHealth(app: FastifyInstance, store: Store, health: Health): void {
  let good = 0;
  let asking: Promise<void> | undefined;
  const probe = () => {
    asking ??= store
      .ready()
      .then(() => {
        good = Date.now();
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  app.get('/livez', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      if (health.draining) throw new Problem('unavailable', 'The process is about to stop.');
      if (Date.now() - good > goodForMs) await probe();
      return { status: 'ready' };
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem('unavailable', [], { cause: error });
      reply.code(503).header('Content-Type', `${fhirJson}; charset=utf-8`).header('Retry-After', '1');
      return JSON.stringify(outcomeOf(problem));
    }
  });
}
