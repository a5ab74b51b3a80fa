import type { FastifyInstance, FastifyRequest } from 'fastify';

const names = ['application/gzip', 'application/x-gzip'];

/** Packages arrive as bytes; a Call carries them as text with one character a byte. After `readBodies`. */
export function readPackages(app: FastifyInstance): void {
  app.addContentTypeParser(names, { parseAs: 'buffer' }, async ({ is404 }: FastifyRequest, sent: Buffer) =>
    // Nobody has been asked who calls.
    is404 ? '' : sent.toString('latin1'),
  );
}

export const bytesOf = (body: string): Buffer => Buffer.from(body, 'latin1');
