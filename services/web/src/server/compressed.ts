import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What stays the same from one request to the next; compressed once. */
export interface Fixed {
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
  /** A tenth smaller, of what the build has compressed (RFC 7932). */
  readonly brotli: Buffer | null;
}

export const fixed = (type: string, content: string | Buffer, brotli: Buffer | null = null): Fixed => {
  const body = Buffer.from(content);
  return { type, body, gzipped: gzipSync(body), brotli };
};

export const sendFixed = (request: FastifyRequest, reply: FastifyReply, file: Fixed): FastifyReply => {
  reply.type(file.type).header('Vary', 'Accept-Encoding');
  if (file.brotli && reads(request, 'br')) return reply.header('Content-Encoding', 'br').send(file.brotli);
  return reads(request, 'gzip')
    ? reply.header('Content-Encoding', 'gzip').send(file.gzipped)
    : reply.send(file.body);
};

const gzipped = promisify(gzip);
/** Below it, the answer fits into one packet anyway. */
const worthwhile = 1000;

/**
 * Sends `body`, compressed where the browser reads that: what takes a second at 50 kB a second takes a quarter of it. No
 * answer holds both a secret and what another site can choose, so that its length tells nothing (BREACH): a page about
 * somebody repeats nothing of its address, and what forms and scripts send is taken from our own pages alone.
 */
export async function sendCompressed(
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
): Promise<FastifyReply> {
  reply.header('Vary', 'Accept-Encoding');
  if (body.length < worthwhile || !reads(request, 'gzip')) return reply.send(body);
  return reply.header('Content-Encoding', 'gzip').send(await gzipped(body));
}

const reads = ({ headers }: FastifyRequest, coding: string): boolean =>
  String(headers['accept-encoding'])
    .split(/[\s,;]+/)
    .includes(coding);
