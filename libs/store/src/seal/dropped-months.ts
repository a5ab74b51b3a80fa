import type { DroppedMonth } from './checkpoint.ts';
import type { Findings } from './findings.ts';

/** Months that were destroyed by a decision that a signed checkpoint records: their rows may be gone. */
export class DroppedMonths {
  readonly #months: { month: DroppedMonth; from: number; to: number; gone: number }[];

  constructor(months: readonly DroppedMonth[]) {
    this.#months = months.map((month) => ({
      month,
      from: Date.parse(month.from) * 1000,
      to: Date.parse(month.to) * 1000,
      gone: 0,
    }));
  }

  /** Whether a row of this time (microseconds since 1970) went with its month. */
  covers(micros: number): boolean {
    const found = this.#months.find(({ from, to }) => from <= micros && micros < to);
    if (found) found.gone++;
    return found !== undefined;
  }

  get rows(): number {
    return this.#months.reduce((sum, { gone }) => sum + gone, 0);
  }

  /** More rows gone than the decision counted: some were removed before it. */
  end(findings: Findings): void {
    for (const { month, gone } of this.#months) {
      if (gone > month.rows)
        findings.noteChain({ kind: 'drop-too-large', month: month.name, recorded: month.rows, gone });
    }
  }
}
