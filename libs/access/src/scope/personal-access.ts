import type { Sight, SqlBuilder } from '@naravard/search';
import type { PersonCaller } from '../caller.ts';

/** What one person sees about one patient, the person's own self or a child. */
export interface PersonalAccess {
  readonly kind: PersonCaller['kind'];
  /** Why the person may write about the patient. */
  readonly reason: string;
  /** Id of the patient. */
  readonly of: string;
  sights(of: string, sql: SqlBuilder): Readonly<Record<string, string>>;
  /** SQL of the ground on a row about the patient. */
  ground(row: string, sight: Sight): string;
  /** SQL of whether the person may write about the patient. */
  writes(of: string, sql: SqlBuilder): string;
}
