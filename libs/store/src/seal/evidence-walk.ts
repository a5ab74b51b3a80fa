import type { Chains } from './chains.ts';
import { headsHash } from './checkpoint.ts';
import type { Evidence } from './evidence.ts';
import type { Findings } from './findings.ts';

/** Compares checkpoints with the chains as the verifier comes to their rounds. */
export class EvidenceWalk {
  readonly #source: AsyncIterator<Evidence> | Iterator<Evidence>;
  readonly #findings: Findings;
  /** Whether a restore that was recorded explains why a checkpoint is unknown here. */
  readonly #isExcused: (evidence: Evidence) => boolean;
  #next: Evidence | undefined;
  #agreed: Evidence | undefined;
  #isRewritten = false;
  /** Highest number that is not excused. */
  number = 0;
  checkpoints = 0;
  excused = 0;

  constructor(
    source: AsyncIterator<Evidence> | Iterator<Evidence>,
    findings: Findings,
    isExcused: (evidence: Evidence) => boolean,
  ) {
    this.#source = source;
    this.#findings = findings;
    this.#isExcused = isExcused;
  }

  /** Rows that the last checkpoint which agrees has signed for. */
  get signedRows(): number {
    return this.#agreed?.rows ?? 0;
  }

  async #peek(): Promise<Evidence | undefined> {
    if (!this.#next) {
      const { value, done } = await this.#source.next();
      this.#next = done ? undefined : value;
    }
    return this.#next;
  }

  /** The chains are at the end of a round. */
  async reach(chains: Chains): Promise<void> {
    for (;;) {
      // Most rounds have no checkpoint: they wait for nothing.
      const evidence = this.#next ?? (await this.#peek());
      if (!evidence || evidence.round > chains.round) return;
      this.#take(evidence);
      const agrees =
        evidence.round === chains.round &&
        evidence.roundHash === chains.roundHash &&
        evidence.rows === chains.rows &&
        evidence.heads === headsHash(chains.heads);
      if (agrees) this.#agreed = evidence;
      else this.#noteRewritten(evidence, chains);
    }
  }

  #take(evidence: Evidence): void {
    this.#next = undefined;
    this.checkpoints++;
    if (!this.#isExcused(evidence)) this.number = Math.max(this.number, evidence.number);
  }

  #noteRewritten(evidence: Evidence, chains: Chains): void {
    if (this.#isExcused(evidence)) this.excused++;
    else if (!this.#isRewritten) {
      this.#isRewritten = true;
      const { number, at } = evidence;
      this.#findings.noteChain({
        kind: 'rewritten',
        checkpoint: number,
        time: at,
        since: this.#agreed?.at ?? null,
      });
      this.#noteMissing(evidence, chains);
    }
  }

  /** There are no more rounds: what is left tells of more. */
  async end(chains: Chains): Promise<void> {
    let last: Evidence | undefined;
    for (let evidence = await this.#peek(); evidence; evidence = await this.#peek()) {
      this.#take(evidence);
      if (this.#isExcused(evidence)) this.excused++;
      else last = evidence;
    }
    if (!last) return;
    const { number, at, rows } = last;
    this.#findings.noteChain({ kind: 'tail-cut', checkpoint: number, time: at, rows: rows - chains.rows });
    this.#noteMissing(last, chains);
  }

  #noteMissing({ counts = {}, at }: Evidence, chains: Chains): void {
    for (const [bucket, count] of Object.entries(counts)) {
      const rows = count - (chains.heads.get(bucket)?.total ?? 0);
      if (rows > 0) this.#findings.noteRow({ kind: 'cut-with-seals', bucket, time: at, rows });
    }
  }
}
