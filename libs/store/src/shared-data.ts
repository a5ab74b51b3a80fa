/** What legal actors beside the caller's own share about a patient (SVOD 2022:913 2 kap 4-5 §§, 3 kap 5-6 §§). */
export interface SharedData {
  /** There is such a Patient. */
  known: boolean;
  /** The caller's legal actor takes part. Nothing is told unless both are true. */
  joined: boolean;
  /** Some of it is not blocked; some of a vårdgivare's is. */
  open: boolean;
  blocked: boolean;
  /** By key of the legal actor; empty unless the caller may learn who. */
  holders: { organisation: string; open: boolean; blocked: boolean }[];
}
