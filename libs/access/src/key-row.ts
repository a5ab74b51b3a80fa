/** The columns of a key row, or of an earlier version of it, that access decides on. */
export interface KeyRow {
  readonly type: string;
  readonly patient: string | null;
  /** Key of a legal actor. */
  readonly custodian: string | null;
  readonly author_unit: string | null;
  /** `system|code`. */
  readonly labels: readonly string[];
  /** Instant of the information, as PostgreSQL has it; null = unknown. */
  readonly starts: string | null;
}
