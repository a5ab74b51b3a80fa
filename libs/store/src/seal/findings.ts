import type { Fault } from './fault.ts';

type Gone = Extract<Fault, { kind: 'removed' }>;

/** Faults that are kept for each bucket; of those, the first is shown. */
const KEPT = 5;

/** Collects the faults of a walk, the first ones of each bucket, in memory that does not grow with the audit. */
export class Findings {
  readonly #chain: Fault[] = [];
  readonly #rows = new Map<string, Fault[]>();
  /** Rows gone since the last one that was there, by bucket: a cut tail if none follows. */
  readonly #gone = new Map<string, { first: Gone; rows: number }>();
  /** Rows that were not where they were sealed. */
  readonly #astray = new Set<string>();
  #count = 0;

  /** Faults noted so far, dismissed ones included. */
  get count(): number {
    return this.#count;
  }

  /** Of a chain or checkpoint as a whole. */
  noteChain(fault: Fault): void {
    this.#count++;
    if (this.#chain.length < 100) this.#chain.push(fault);
  }

  noteRow(fault: Fault & { bucket: string }): void {
    this.#count++;
    const kept = this.#rows.get(fault.bucket) ?? [];
    this.#rows.set(fault.bucket, kept);
    if (kept.length < KEPT) kept.push(fault);
  }

  noteGone(fault: Gone): void {
    this.noteRow(fault);
    const gone = this.#gone.get(fault.bucket) ?? { first: fault, rows: 0 };
    gone.rows++;
    this.#gone.set(fault.bucket, gone);
  }

  /** A sealed row of the bucket is there. */
  noteThere(bucket: string): void {
    if (this.#gone.size) this.#gone.delete(bucket);
  }

  /** The row is sealed, but elsewhere: where it lies now it was not inserted. */
  noteAstray(id: string): void {
    if (this.#astray.size < 100_000) this.#astray.add(id);
  }

  /** Of each chain all, of each bucket the first, in the order of buckets. */
  result(): Fault[] {
    const buckets = [...this.#rows.keys()].toSorted((a, b) => Number(a) - Number(b));
    return [...this.#chain, ...buckets.flatMap((bucket) => this.#firstOf(bucket) ?? [])];
  }

  #firstOf(bucket: string): Fault | undefined {
    const first = this.#rows
      .get(bucket)
      ?.find((fault) => fault.kind !== 'inserted' || !this.#astray.has(fault.id));
    const gone = this.#gone.get(bucket);
    return first && gone && first === gone.first ? { ...gone.first, kind: 'cut', rows: gone.rows } : first;
  }
}
