import { beginning, type Place } from './audit-reader.ts';
import { chainHash, type Round, rootOf, type Seal } from './chain-form.ts';
import type { Findings } from './findings.ts';

interface Head {
  number: number;
  total: number;
  hash: string;
}

/** Follows the chain of rounds and those of all buckets: in memory are their heads only. */
export class Chains {
  readonly heads = new Map<string, Head>();
  round = 0;
  roundHash = '';
  /** Rows sealed so far. */
  rows = 0;
  /** Up to where rows are sealed. */
  place: Place = beginning;
  readonly #findings: Findings;
  /** What follows on an altered round does not name it either. */
  #isAltered = false;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /**
   * The next round with the seals after the round before, those of rounds that are missing included. Returns the seals
   * whose rows can be judged by them.
   */
  take(round: Round, seals: readonly Seal[]): Seal[] {
    const isOwn = (seal: Seal) => seal.round === round.round;
    const intact = seals.filter((seal) => this.#takeSeal(seal, round.at));
    this.rows += rowsOf(seals);
    this.#takeRound(round, seals.filter(isOwn), intact.filter(isOwn).length);
    return intact;
  }

  #takeSeal(seal: Seal, time: string): boolean {
    const { bucket, number } = seal;
    const before = this.heads.get(bucket) ?? { number: 0, total: 0, hash: '' };
    const rows = countOf(seal.ids);
    const follows = Number(number) === before.number + 1;
    const intact =
      chainHash(seal) === seal.hash &&
      countOf(seal.times) === rows &&
      seal.hashes.length === rows * 64 &&
      (!follows || (seal.previous === before.hash && Number(seal.total) === before.total + rows));
    if (!follows)
      this.#findings.noteRow({ kind: 'seal-removed', bucket, number: String(before.number + 1), time });
    else if (!intact) this.#findings.noteRow({ kind: 'seal-altered', bucket, number, time });
    this.heads.set(bucket, { number: Number(number), total: Number(seal.total), hash: seal.hash });
    return intact;
  }

  #takeRound(round: Round, seals: readonly Seal[], intact: number): void {
    const expected = this.round + 1;
    const follows = this.#isAltered || round.previous === this.roundHash;
    // What an altered seal does to the root has been said.
    const holds =
      intact < seals.length ||
      (rootOf(seals.map(({ hash }) => hash)) === round.root && rowsOf(seals) === Number(round.rows));
    const time = round.at;
    this.#isAltered = false;
    if (Number(round.round) !== expected)
      this.#findings.noteChain({ kind: 'round-removed', round: String(expected), time });
    else if (seals.length < Number(round.seals))
      this.#findings.noteChain({ kind: 'round-removed', round: round.round, time });
    else if (chainHash(round) !== round.hash || !follows || !holds) {
      this.#isAltered = true;
      this.#findings.noteChain({ kind: 'round-altered', round: round.round, time });
    }
    this.round = Number(round.round);
    this.roundHash = round.hash;
    this.place = { xid: round.upto_xid, id: round.upto_id };
  }
}

/** Elements of a PostgreSQL array of numbers or UUIDs, as text. */
export const elementsOf = (array: string): string[] => (array === '{}' ? [] : array.slice(1, -1).split(','));

const countOf = (array: string): number => elementsOf(array).length;

const rowsOf = (seals: readonly Seal[]): number => seals.reduce((sum, { ids }) => sum + countOf(ids), 0);
