import { Problem } from '@naravard/fhir';
import type { App } from '../app.ts';
import type { SandboxIssuer } from './issuer.ts';
import { personas } from './personas.ts';
import { tour } from './tour.ts';

/**
 * The sandbox's own addresses, open to all: `/` (the tour), `/sandbox/personas`, `/sandbox/jwks` and
 * `/sandbox/token?persona=ID`, which gives a token to whoever asks.
 */
export function registerSandbox(app: App, issuer: SandboxIssuer): void {
  app.get('/', (_request, reply) => reply.type('text/plain; charset=utf-8').send(tour(issuer.audience)));
  app.get('/sandbox/personas', (_request, reply) =>
    reply.send(
      personas.map(({ id, about, claims }) => ({ id, name: claims.name, kind: claims.kind, about, claims })),
    ),
  );
  app.get('/sandbox/jwks', (_request, reply) => reply.send(issuer.jwks));
  app.post('/sandbox/token', async (request, reply) => {
    const id = new URL(request.raw.url ?? '', issuer.issuer).searchParams.get('persona');
    const persona = personas.find((each) => each.id === id);
    if (!persona)
      throw new Problem(
        'bad-request',
        `Give ?persona= one of ${personas.map((each) => each.id).join(', ')}.`,
      );
    const answer = {
      access_token: await issuer.sign(persona.claims),
      token_type: 'Bearer',
      expires_in: issuer.lifetime,
    };
    return reply.header('cache-control', 'no-store').send(answer);
  });
}
