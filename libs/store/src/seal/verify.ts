import type { KeyObject } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { AuditReader } from './audit-reader.ts';
import type { Round, Seal } from './chain-form.ts';
import { Chains } from './chains.ts';
import type { CheckpointBody } from './checkpoint.ts';
import { DroppedMonths } from './dropped-months.ts';
import { type Evidence, exportedEvidence, storedDecisions, storedEvidence } from './evidence.ts';
import { EvidenceWalk } from './evidence-walk.ts';
import type { Fault } from './fault.ts';
import { Findings } from './findings.ts';
import { placeOf, type RowTexts } from './row-form.ts';
import { publicKeyId } from './seal-key.ts';
import { compareRows, type Notes, named, pages } from './sealed-rows.ts';
import { Suspects } from './suspects.ts';

export interface VerifyOptions {
  /** A login that may act as `naravard_service`; nothing is written. */
  url: string;
  /** All keys that have signed checkpoints. */
  keys: readonly KeyObject[];
  /** Lines of an export, kept elsewhere: without one, who can change the whole database can hide it. */
  checkpoints?: AsyncIterable<string>;
  onProgress?: (done: number, total: number) => void;
}

export interface AuditReport {
  /** Of the chains and checkpoints all, of each bucket the first. */
  faults: Fault[];
  /** Sealed rows that are there. */
  rows: number;
  rounds: number;
  /** Checkpoints compared, in the database and in the export. */
  checkpoints: number;
  /** Rows sealed since the last checkpoint: no signature vouches for them yet. */
  unsigned: number;
  /** Rows too young to be sealed, which is no fault. */
  unsealed: number;
  /** Rows that went with a month that was destroyed by decision. */
  dropped: number;
  /** Checkpoints of a time that a recorded restore undid. */
  undone: number;
}

/**
 * Goes through the whole audit once, in the order in which it was sealed, and through seals and checkpoints beside it.
 * Memory does not grow with the audit.
 * @throws Problem 'unavailable' when the database does not answer.
 */
export async function verifyAudit(options: VerifyOptions): Promise<AuditReport> {
  const reader = await AuditReader.open(options.url);
  try {
    return await new Verifier(reader, options).run();
  } finally {
    await reader.close();
  }
}

/** Rows and rounds that are looked at together. */
const MOST_ROWS = 5_000;
const MOST_ROUNDS = 500;
const MINUTE = 60_000;

class Verifier {
  readonly #reader: AuditReader;
  readonly #options: VerifyOptions;
  readonly #findings = new Findings();
  readonly #suspects = new Suspects();
  readonly #chains = new Chains(this.#findings);
  #rows = 0;
  #total = 0;

  constructor(reader: AuditReader, options: VerifyOptions) {
    this.#reader = reader;
    this.#options = options;
  }

  async run(): Promise<AuditReport> {
    const keys = new Map(this.#options.keys.map((key) => [publicKeyId(key), key]));
    const decisions = await storedDecisions(this.#reader, keys);
    const isExcused = undoneBy(decisions);
    const stored = new EvidenceWalk(
      storedEvidence(this.#reader, keys, this.#findings),
      this.#findings,
      () => false,
    );
    const lines = this.#options.checkpoints;
    const exported = lines ? await exportedEvidence(lines, keys, this.#findings) : [];
    const kept = new EvidenceWalk(exported.values(), this.#findings, isExcused);
    const dropped = new DroppedMonths(
      decisions.flatMap((each) => (each.kind === 'drop' ? each.dropped : [])),
    );
    this.#total = await this.#reader.sealedRows();
    const walks = [stored, kept];
    const unsealed = await this.#walk(walks, { findings: this.#findings, suspects: this.#suspects, dropped });
    for (const walk of walks) await walk.end(this.#chains);
    if (kept.number > stored.number)
      this.#findings.noteChain({
        kind: 'checkpoint-removed',
        checkpoint: stored.number + 1,
        from: 'database',
      });
    dropped.end(this.#findings);
    return {
      faults: withSwaps(this.#findings.result(), this.#suspects.swapped()),
      rows: this.#rows,
      rounds: this.#chains.round,
      checkpoints: stored.checkpoints + kept.checkpoints,
      unsigned: this.#chains.rows - Math.max(stored.signedRows, kept.signedRows),
      unsealed,
      dropped: dropped.rows,
      undone: kept.excused,
    };
  }

  /** All rounds, those too that are made meanwhile, then the rows that no round has come to. */
  async #walk(walks: readonly EvidenceWalk[], notes: Notes): Promise<number> {
    for (const walk of walks) await walk.reach(this.#chains);
    for (;;) {
      await this.#rounds(walks, notes);
      const { young, old } = await this.#unsealed();
      const before = this.#chains.round;
      if (old.size) await wait(2_000);
      // A row that was old when it was committed is sealed a moment later.
      if (old.size && (await this.#reader.rounds(String(before), 1)).length) continue;
      for (const row of old.values()) this.#findings.noteRow({ kind: 'unsealed', ...named(row) });
      return young;
    }
  }

  async #rounds(walks: readonly EvidenceWalk[], notes: Notes): Promise<void> {
    let next = this.#read();
    for (let read = await next; read.rounds.length; read = await next) {
      const from = this.#chains.place;
      const { whole, intact } = await this.#takeRounds(read.rounds, read.seals, walks);
      // The next rounds are read while the rows of these are compared.
      next = this.#read();
      next.catch(() => {});
      const group = { seals: intact, from, upto: this.#chains.place, whole };
      this.#rows += await compareRows(this.#reader, group, notes);
      this.#options.onProgress?.(this.#rows, this.#total);
    }
  }

  async #read(): Promise<{ rounds: Round[]; seals: Seal[] }> {
    const from = String(this.#chains.round);
    const found = await this.#reader.rounds(from, MOST_ROUNDS);
    let rows = 0;
    const rounds = found.filter((round, at) => {
      rows += Number(round.rows);
      return at === 0 || rows <= MOST_ROWS;
    });
    const last = rounds.at(-1);
    return { rounds, seals: last ? await this.#reader.seals(from, last.round) : [] };
  }

  async #takeRounds(rounds: readonly Round[], seals: readonly Seal[], walks: readonly EvidenceWalk[]) {
    const before = this.#findings.count;
    const intact: Seal[] = [];
    let at = 0;
    for (const round of rounds) {
      const first = at;
      while (at < seals.length && Number(seals[at]?.round) <= Number(round.round)) at++;
      intact.push(...this.#chains.take(round, seals.slice(first, at)));
      for (const walk of walks) await walk.reach(this.#chains);
    }
    return { intact, whole: this.#findings.count === before };
  }

  /** How many rows are young, and of each bucket the first that is older than a minute. */
  async #unsealed(): Promise<{ young: number; old: Map<string, RowTexts> }> {
    const old = new Map<string, RowTexts>();
    let young = 0;
    for await (const page of pages(this.#reader, this.#chains.place)) {
      for (const row of page) {
        const { bucket } = named(row);
        if (Date.now() - bornAt(row) <= MINUTE) young++;
        else if (!old.has(bucket)) old.set(bucket, row);
      }
    }
    return { young, old };
  }
}

const idAt = placeOf('id');
const timeAt = placeOf('at');

/** Milliseconds since 1970: the time in the id (RFC 9562 section 5.7) when that is later, since `at` may be given. */
function bornAt(row: RowTexts): number {
  const id = row[idAt] ?? '';
  const made = id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : 0;
  return Math.max(made, Date.parse(row[timeAt] ?? '') || 0);
}

/** A database that was restored knows nothing of what came after the time it was restored to. */
function undoneBy(decisions: readonly CheckpointBody[]): (evidence: Evidence) => boolean {
  const restores = decisions.filter((each) => each.kind === 'restored');
  return ({ at }) => restores.some((each) => each.restoredTo < at && at < each.at);
}

const withSwaps = (faults: readonly Fault[], swapped: ReadonlyMap<string, string>): Fault[] =>
  faults.map((fault) => {
    if (fault.kind !== 'altered' && fault.kind !== 'removed') return fault;
    const other = swapped.get(fault.id);
    return other ? { ...fault, kind: 'swapped', other } : fault;
  });
