import type { ScopeRule, Sight, SqlBuilder } from '@naravard/search';
import { namesNoProtectedStaff } from './protected-staff.ts';

type Asks = Pick<ScopeRule, 'shape' | 'reason' | 'relation' | 'ground' | 'unmasked'> & {
  readonly sights?: ScopeRule['sights'];
  readonly values?: ScopeRule['values'];
};

/** A rule of its ground: a row may be seen where there is one. */
export const ruleOf = ({ shape, reason, relation, ground, unmasked, sights, values }: Asks): ScopeRule => ({
  shape,
  reason,
  relation,
  ground,
  values: values ?? null,
  sights: sights ?? (() => null),
  condition: (row: string, sight: Sight, sql: SqlBuilder) => `(${ground(row, sight, sql)}) is not null`,
  unmasked,
  unnaming: namesNoProtectedStaff,
});
