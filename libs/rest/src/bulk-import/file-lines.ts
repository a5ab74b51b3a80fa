import { hash } from 'node:crypto';
import { Problem } from '@naravard/fhir';

/** A line that is not empty. */
export interface FileLine {
  /** From 1; empty lines are counted. */
  readonly number: number;
  /** Without its end; undefined where it is longer than may be. */
  readonly bytes: Buffer | undefined;
  /** Of the lines so far, which are not empty, with their numbers. */
  readonly digest: string;
}

/** Times the length of a line that may come without a line that is read: in a file that is none, lines never end. */
const BARREN = 4;

const LF = 0x0a;
const CR = 0x0d;
const bom = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The lines of a file of NDJSON (https://github.com/ndjson/ndjson-spec), each of at most `most` bytes; what is longer is passed
 * over in little memory. Lines end in LF or CRLF, the last one may have no end, and a mark of UTF-8 at the start is passed over.
 * @throws Problem 'too-large' where no line is to be had, as in a bomb
 */
export async function* fileLines(chunks: AsyncIterable<Buffer>, most: number): AsyncGenerator<FileLine> {
  const line = new OpenLine(most);
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
      line.take(chunk.subarray(from, at));
      const ended = line.end();
      if (ended) yield ended;
      from = at + 1;
    }
    line.take(chunk.subarray(from));
    if (line.barren > BARREN * most) throw tooBarren(BARREN * most);
  }
  const last = line.end();
  if (last) yield last;
}

const tooBarren = (bytes: number): Problem =>
  new Problem('too-large', `${bytes} bytes have come without a resource: send one resource a line.`);

/** The line that is being read. */
class OpenLine {
  /** Bytes since the last line that was read. */
  barren = 0;
  readonly #most: number;
  #parts: Buffer[] = [];
  #length = 0;
  #number = 0;
  #digest = '';

  constructor(most: number) {
    this.#most = most;
  }

  take(bytes: Buffer): void {
    if (!bytes.length) return;
    this.#length += bytes.length;
    this.barren += bytes.length;
    if (this.#length <= this.#most + bom.length) this.#parts.push(bytes);
    else this.#parts = [];
  }

  /** Undefined for an empty line. */
  end(): FileLine | undefined {
    this.#number += 1;
    this.barren += 1;
    if (!this.#length) return undefined;
    const bytes = this.#read();
    if (bytes?.length === 0) return undefined;
    if (bytes) this.barren = 0;
    this.#digest = digestOf(this.#digest, this.#number, bytes);
    return { number: this.#number, bytes, digest: this.#digest };
  }

  #read(): Buffer | undefined {
    const [only, ...more] = this.#parts;
    const isLong = this.#length > this.#most + bom.length;
    this.#parts = [];
    this.#length = 0;
    if (isLong || !only) return undefined;
    const whole = more.length ? Buffer.concat([only, ...more]) : only;
    const from = this.#number === 1 && whole.subarray(0, bom.length).equals(bom) ? bom.length : 0;
    const bytes = whole.subarray(from, whole.at(-1) === CR ? -1 : undefined);
    return bytes.length > this.#most ? undefined : bytes;
  }
}

/** What is too long is never read, so that it is known by its number alone. */
const digestOf = (before: string, number: number, bytes: Buffer | undefined): string =>
  hash(
    'sha256',
    Buffer.concat([Buffer.from(`${before} ${number} `), bytes ?? Buffer.from('too long')]),
    'base64url',
  );
