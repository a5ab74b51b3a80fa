import { on } from 'node:events';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { Problem } from '@naravard/fhir';

const codings = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
]);

/**
 * The bytes of a body as they come, decompressed; no faster than they are taken. Who stops taking them leaves the body, and the
 * connection, as they are.
 * @param failure what has become of the body before it was read
 * @throws Problem as it is read: 'structure' for what is not compressed as `coding` says, 'bad-request' when it breaks off
 */
export async function* uploadStream(
  body: Readable,
  coding: string | undefined,
  failure: () => unknown,
): AsyncGenerator<Buffer> {
  const arriving = chunksOf(body, failure);
  const decompress = codings.get(coding?.toLowerCase() ?? '');
  if (!decompress) {
    yield* arriving;
    return;
  }
  const inflated = decompress();
  // What fails is told to who reads.
  pipeline(arriving, inflated, () => {});
  try {
    yield* inflated as AsyncIterable<Buffer>;
  } catch (cause) {
    if (cause instanceof Problem || !isOfCoding(cause)) throw cause;
    const text = 'The body is not compressed as Content-Encoding says, or not whole.';
    throw new Problem('structure', text, { cause });
  }
}

const isOfCoding = (error: unknown): boolean => String((error as { code?: unknown }).code).startsWith('Z_');

/** Not by the body's own iterator, which takes the connection along when it ends early, and with it the answer. */
async function* chunksOf(body: Readable, failure: () => unknown): AsyncGenerator<Buffer> {
  try {
    if (failure() !== undefined) throw failure();
    if (body.destroyed) throw broken();
    const arrived = on(body, 'data', { close: ['end', 'close'], highWaterMark: 4, lowWaterMark: 1 });
    for await (const [chunk] of arrived) yield chunk as Buffer;
  } catch (cause) {
    throw cause instanceof Problem ? cause : broken(cause);
  }
  if (!body.readableEnded) throw broken();
}

const broken = (cause?: unknown): Problem =>
  new Problem(
    'bad-request',
    'The connection broke before the file was whole: send it again with the same id, and it goes on where it was.',
    { cause },
  );
