import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { gunzip, inflate, type ZlibOptions } from 'node:zlib';
import { Problem } from '@naravard/fhir';
import type { FastifyInstance, FastifyRequest } from 'fastify';

type Decompress = (body: Buffer, options: ZlibOptions) => Promise<Buffer>;

/** RFC 9110 section 8.4.1. Brotli is not among them: no FHIR client sends it. */
const codings: ReadonlyMap<string, Decompress> = new Map([
  ['gzip', promisify<Buffer, ZlibOptions, Buffer>(gunzip)],
  ['x-gzip', promisify<Buffer, ZlibOptions, Buffer>(gunzip)],
  ['deflate', promisify<Buffer, ZlibOptions, Buffer>(inflate)],
]);

/** @throws Problem 'unsupported-media' for a Content-Encoding that is not read */
export function checkCoding(coding: string | undefined): void {
  const name = coding?.toLowerCase() ?? 'identity';
  if (name === 'identity' || codings.has(name)) return;
  throw new Problem(
    'unsupported-media',
    'Send the body without Content-Encoding, or with one of gzip and deflate.',
  );
}

/**
 * Bodies become text and nothing else: FHIR has its own rules for them. A compressed body may have `limit` bytes before and
 * after it is decompressed, which stops there: a bomb costs what an honest body of that size costs.
 * @throws Problem 'too-large', 'structure' for what is not what its Content-Encoding says, or not UTF-8
 */
export function readBodies(app: FastifyInstance, limit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer' },
    async ({ is404, headers }: FastifyRequest, sent: Buffer) => {
      // Nobody has been asked who calls.
      if (is404) return '';
      const body = await decoded(sent, headers['content-encoding'], limit);
      if (!isUtf8(body)) throw new Problem('structure', 'The body is not UTF-8.');
      return body.toString('utf8');
    },
  );
}

function decoded(body: Buffer, coding: string | undefined, limit: number): Buffer | Promise<Buffer> {
  if (coding === undefined) return body;
  checkCoding(coding);
  const decompress = codings.get(coding.toLowerCase());
  return decompress ? decompress(body, { maxOutputLength: limit }).catch(refuse) : body;
}

function refuse(cause: unknown): never {
  if ((cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE')
    throw new Problem('too-large', 'Send less at a time: the body is too large once it is decompressed.', {
      cause,
    });
  throw new Problem('structure', 'The body is not compressed as Content-Encoding says, or not whole.', {
    cause,
  });
}
