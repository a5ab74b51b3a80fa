import type { ScopeRule, Sight, SqlBuilder } from '@naravard/search';
import { namesNoProtectedStaff } from './protected-staff.ts';

type Asks = Pick<ScopeRule, 'shape' | 'reason' | 'relation' | 'ground' | 'unmasked'> & {
  /** Values about a patient, by name. */
  readonly sights?: (patient: string, sql: SqlBuilder) => Readonly<Record<string, string>>;
};

/** A rule of its ground: a row may be seen where there is one. */
export const ruleOf = ({ shape, reason, relation, ground, unmasked, sights }: Asks): ScopeRule => ({
  shape,
  reason,
  relation,
  ground,
  sights: (patient, sql) => (sights ? Object.entries(sights(patient, sql)) : []),
  condition: (row: string, sight: Sight, sql: SqlBuilder) => `(${ground(row, sight, sql)}) is not null`,
  unmasked,
  unnaming: namesNoProtectedStaff,
});
