import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Exact, isExactObject, Problem, readExact } from '@naravard/fhir';
import type { Engine } from '../engine.ts';
import { type ConformanceSet, sorted } from './conformance-set.ts';
import { setOf } from './load-package.ts';
import { loadedLimits, readPackage } from './read-package.ts';

/** Bytes of a file that is no package: what becomes one string. */
const mostBytes = 400 * 1024 * 1024;

/**
 * What a file holds to be loaded: a package, or conformance resources as JSON, as NDJSON or in a Bundle.
 * @throws Problem 'structure' or 'too-large'
 */
export async function setOfFile(engine: Engine, name: string, source: Readable): Promise<ConformanceSet> {
  const { isGzip, whole } = await peeked(source);
  if (isGzip) return setOf(engine, await readPackage(whole, loadedLimits));
  const bytes = await buffer(limited(whole));
  return sorted(resourcesIn(name, textOf(bytes)), engine.loaded.own, engine.limits.depth);
}

/** Whether a stream begins as gzip does (RFC 1952 section 2.3.1), and the stream from its beginning. */
async function peeked(source: Readable): Promise<{ isGzip: boolean; whole: Readable }> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const { value: first, done } = await chunks.next();
  if (done) throw new Problem('structure', 'The file is empty.');
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  return {
    isGzip,
    whole: Readable.from(
      (async function* () {
        yield first;
        yield* { [Symbol.asyncIterator]: () => chunks };
      })(),
    ),
  };
}

async function* limited(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > mostBytes)
      throw new Problem('too-large', 'The file has more than 400 MB: split it, or send it as a package.');
    yield chunk;
  }
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Problem('structure', 'The file is not UTF-8.', { cause });
  }
}

interface Found {
  readonly name: string;
  readonly text: string;
}

/** One line a resource, or one JSON text, which may be a Bundle. */
function resourcesIn(name: string, text: string): Found[] {
  const lines = text.split('\n');
  const isNdjson = lines.filter((line) => line.trimStart().startsWith('{"')).length > 1 && endsEach(lines);
  if (!isNdjson) return unbundled({ name, text });
  return lines.flatMap((line, at) =>
    line.trim() ? unbundled({ name: `${name}, line ${at + 1}`, text: line }) : [],
  );
}

/** In JSON that is set out on lines no line is whole by itself. */
const endsEach = (lines: readonly string[]): boolean =>
  lines.every(
    (line) => line.trim() === '' || (line.trimStart().startsWith('{') && line.trimEnd().endsWith('}')),
  );

function unbundled(found: Found): Found[] {
  if (!/"resourceType"\s*:\s*"Bundle"/.test(found.text)) return [found];
  const bundle = readExact(found.text);
  if (!isExactObject(bundle) || bundle.resourceType !== 'Bundle') return [found];
  const entries: readonly Exact[] = Array.isArray(bundle.entry) ? bundle.entry : [];
  return entries.map((entry, at) => ({
    name: `${found.name}, entry ${at + 1}`,
    text: JSON.stringify(isExactObject(entry) ? (entry.resource ?? null) : null),
  }));
}
