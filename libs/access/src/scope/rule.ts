import type { Hiding, ScopeRule, Sight, SqlBuilder } from '@naravard/search';
import { neverHidden } from '../directory-type.ts';
import { namesNoProtectedStaff } from './protected-staff.ts';

type Asks = Pick<ScopeRule, 'shape' | 'reason' | 'relation' | 'ground' | 'unmasked'> & {
  readonly sights?: ScopeRule['sights'];
  readonly values?: ScopeRule['values'];
  /** Which rows may have references that are hidden; none without it. */
  readonly hidesIn?: Hiding['where'];
};

/** A rule of its ground: a row may be seen where there is one. */
export const ruleOf = ({
  shape,
  reason,
  relation,
  ground,
  unmasked,
  sights,
  values,
  hidesIn,
}: Asks): ScopeRule => ({
  shape,
  reason,
  relation,
  ground,
  values: values ?? null,
  sights: sights ?? (() => null),
  condition: (row: string, sight: Sight, sql: SqlBuilder) => `(${ground(row, sight, sql)}) is not null`,
  unmasked,
  hiding: hidesIn ? { never: neverHidden, where: hidesIn } : null,
  unnaming: namesNoProtectedStaff,
});
