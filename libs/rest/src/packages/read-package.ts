import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Problem } from '@naravard/fhir';
import { type Extract, extract } from 'tar-stream';
import { type PackageManifest, readManifest } from './package-manifest.ts';

/** What one package may cost, in memory alone: nothing of it is written to a disk. */
export interface PackageLimits {
  /** Bytes of all its files together. */
  readonly bytes: number;
  readonly files: number;
}

/** A package that somebody sends; hl7.fhir.us.core 6.1 has 37 MB in 1,200 files. */
export const sentLimits: PackageLimits = { bytes: 128 * 1024 * 1024, files: 20_000 };

/** A package that the command loads; hl7.terminology 6 has 150 MB in 6,000 files. */
export const loadedLimits: PackageLimits = { bytes: 1024 * 1024 * 1024, files: 100_000 };

export interface PackageFile {
  readonly name: string;
  readonly text: string;
}

export interface FhirPackage {
  readonly manifest: PackageManifest;
  /** The JSON files of the folder `package`, but package.json. */
  readonly files: readonly PackageFile[];
  /** How many files there are in other folders, which hold examples and what makes a page of the guide. */
  readonly elsewhere: ReadonlyMap<string, number>;
}

/**
 * Reads a package: a gzipped tar with `package/package.json` and resources beside it.
 * https://confluence.hl7.org/display/FHIR/NPM+Package+Specification
 * @throws Problem 'structure' for what is no such package, or names places outside of itself; 'too-large'; 'unprocessable' for
 * another version of FHIR
 */
export async function readPackage(source: Readable, limits: PackageLimits): Promise<FhirPackage> {
  const reader = new Reader(limits);
  const tar = extract();
  const sent = pipeline(source, createGunzip(), (chunks) => bounded(chunks, limits.bytes), toNode(tar)).catch(
    (error: unknown) => tar.destroy(asProblem(error)),
  );
  try {
    for await (const entry of tar) await reader.take(entry);
    await sent;
  } catch (error) {
    throw asProblem(error);
  } finally {
    tar.destroy();
    source.destroy();
  }
  return reader.package();
}

/** streamx keeps to the contract of Node's streams, and has types of its own. */
const toNode = (tar: Extract): Writable => tar as unknown as Writable;

/** A bomb is stopped at the limit, whatever its headers say. */
async function* bounded(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) {
      const most = Math.floor(limit / 1024 / 1024);
      throw new Problem(
        'too-large',
        `The package is too large: its files may have ${most} MB together here.`,
      );
    }
    yield chunk;
  }
}

type Entry = Extract extends AsyncIterable<infer Each> ? Each : never;

class Reader {
  readonly #limits: PackageLimits;
  readonly #files: PackageFile[] = [];
  readonly #elsewhere = new Map<string, number>();
  #manifest: string | undefined;
  #count = 0;

  constructor(limits: PackageLimits) {
    this.#limits = limits;
  }

  async take(entry: Entry): Promise<void> {
    const { name, type } = entry.header;
    this.#count += 1;
    if (this.#count > this.#limits.files)
      throw new Problem('too-large', `The package has more than ${this.#limits.files} files.`);
    refuseEscape(name);
    if (type === 'symlink' || type === 'link')
      throw new Problem('structure', 'The package has a link in it: send one of files and folders alone.');
    const [, folder = '', file = ''] = /^(?:\.\/)?(.*?)([^/]*)$/s.exec(name) ?? [];
    const isWanted = type === 'file' && folder === 'package/' && /^[^.].*\.json$/.test(file);
    if (!isWanted) {
      if (type === 'file' && !file.startsWith('.')) this.#passOver(folder);
      entry.resume();
      return;
    }
    const text = await textOf(entry);
    if (file === 'package.json') this.#manifest = text;
    else this.#files.push({ name: file, text });
  }

  #passOver(folder: string): void {
    this.#elsewhere.set(folder, (this.#elsewhere.get(folder) ?? 0) + 1);
  }

  package(): FhirPackage {
    if (this.#manifest === undefined)
      throw new Problem(
        'structure',
        'The package has no package/package.json: send the .tgz of a FHIR package.',
      );
    const manifest = readManifest(this.#manifest);
    return { manifest, files: this.#files, elsewhere: this.#elsewhere };
  }
}

/** No path of a package is ever used as one; who names such a place means no good. */
function refuseEscape(name: string): void {
  if (name.startsWith('/') || name.includes('\\') || name.includes('\0') || name.split('/').includes('..'))
    throw new Problem('structure', 'The package names a file outside of itself: it is not read.');
}

async function textOf(entry: Entry): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Problem('structure', 'A file of the package is not UTF-8.', { cause });
  }
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(
    'structure',
    'The package is not a gzipped tar, or not whole: send the .tgz as it is published.',
    {
      cause: error,
    },
  );
}

export const packageOfBytes = (bytes: Buffer, limits: PackageLimits): Promise<FhirPackage> =>
  readPackage(Readable.from([bytes]), limits);
