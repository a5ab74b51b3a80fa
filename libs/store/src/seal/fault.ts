/** What is wrong with the audit; never what a row says. Instants are ISO in UTC. */
export type Fault =
  | { kind: 'altered'; bucket: string; id: string; time: string }
  /** The contents of this row now stand in the row `other`. */
  | { kind: 'swapped'; bucket: string; id: string; time: string; other: string }
  | { kind: 'removed'; bucket: string; id: string; time: string }
  | { kind: 'inserted'; bucket: string; id: string; time: string }
  /** The last `rows` rows of the bucket are gone, from this one on. */
  | { kind: 'cut'; bucket: string; id: string; time: string; rows: number }
  /** As `cut`, and their seals are gone as well: a checkpoint of `time` counts `rows` more than there are. */
  | { kind: 'cut-with-seals'; bucket: string; time: string; rows: number }
  | { kind: 'unsealed'; bucket: string; id: string; time: string }
  | { kind: 'seal-altered' | 'seal-removed'; bucket: string; number: string; time: string }
  | { kind: 'round-altered' | 'round-removed'; round: string; time: string }
  /** The seals are not those that were signed; `since` is the last checkpoint that they agree with. */
  | { kind: 'rewritten'; checkpoint: number; time: string; since: string | null }
  | { kind: 'tail-cut'; checkpoint: number; time: string; rows: number }
  | {
      kind: 'checkpoint-unsigned' | 'checkpoint-altered' | 'checkpoint-removed';
      checkpoint: number;
      from: Origin;
    }
  | { kind: 'drop-too-large'; month: string; recorded: number; gone: number };

/** Whether a checkpoint comes from the database or from an export. */
export type Origin = 'database' | 'file';

/** A fault as an operator reads it. */
export function sentenceOf(fault: Fault): string {
  switch (fault.kind) {
    case 'altered':
      return `${row(fault)} was altered.`;
    case 'swapped':
      return `${row(fault)} was swapped: its contents stand in row ${fault.other}.`;
    case 'removed':
      return `${row(fault)} was removed.`;
    case 'inserted':
      return `${row(fault)} was inserted: it was never sealed, and rows after it were.`;
    case 'cut':
      return `${row(fault)} was removed with all after it in its bucket: the tail is cut (rows gone: ${fault.rows}).`;
    case 'cut-with-seals':
      return `Bucket ${fault.bucket}: the tail is cut with its seals: by ${fault.time} it held ${fault.rows} more rows.`;
    case 'unsealed':
      return `${row(fault)} is not sealed, though it is older than a minute: no service seals, or a transaction has been open for long.`;
    case 'seal-altered':
      return `Bucket ${fault.bucket}: seal ${fault.number} of ${fault.time} was altered.`;
    case 'seal-removed':
      return `Bucket ${fault.bucket}: seal ${fault.number} is missing, before ${fault.time}.`;
    case 'round-altered':
      return `Sealing round ${fault.round} of ${fault.time} was altered.`;
    case 'round-removed':
      return `Sealing round ${fault.round}, or a seal of it, is missing, at or before ${fault.time}.`;
    default:
      return sentenceOfEvidence(fault);
  }
}

function sentenceOfEvidence(fault: Extract<Fault, { checkpoint: number } | { month: string }>): string {
  switch (fault.kind) {
    case 'rewritten':
      return `The seals were rewritten: they are not those that checkpoint ${fault.checkpoint} of ${fault.time} signed${fault.since ? `; until ${fault.since} they are` : ''}.`;
    case 'tail-cut':
      return `The tail is cut: checkpoint ${fault.checkpoint} of ${fault.time} counts ${fault.rows} more rows than are sealed now.`;
    case 'checkpoint-unsigned':
      return `${checkpoint(fault)} has no valid signature of a known key.`;
    case 'checkpoint-altered':
      return `${checkpoint(fault)} was altered, or does not follow on the one before.`;
    case 'checkpoint-removed':
      return `${checkpoint(fault)} is missing.`;
    case 'drop-too-large':
      return `Month ${fault.month} was destroyed by decision with ${fault.recorded} rows, but ${fault.gone} sealed rows of it are gone.`;
    default:
      return fault satisfies never;
  }
}

const row = ({ bucket, id, time }: { bucket: string; id: string; time: string }): string =>
  `Bucket ${bucket}: row ${id} of ${time}`;

const checkpoint = (fault: { checkpoint: number; from: Origin }): string =>
  `Checkpoint ${fault.checkpoint} of the ${fault.from}`;
