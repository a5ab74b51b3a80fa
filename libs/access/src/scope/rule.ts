import type { Hiding, ScopeRule, Sight, SqlBuilder } from '@naravard/search';
import { neverHidden } from '../directory-type.ts';
import { namesNoProtectedStaff } from './protected-staff.ts';

type Asks = Pick<ScopeRule, 'shape' | 'reason' | 'relation' | 'ground' | 'unmasked'> & {
  readonly sights?: ScopeRule['sights'];
  readonly values?: ScopeRule['values'];
  /** All types are of one kind without it. */
  readonly kindOf?: ScopeRule['kindOf'];
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
  kindOf,
  hidesIn,
}: Asks): ScopeRule => ({
  shape,
  reason,
  relation,
  ground,
  values: values ?? null,
  kindOf: kindOf ?? (() => ''),
  sights: sights ?? (() => null),
  condition: (row: string, sight: Sight, sql: SqlBuilder, type?: string) =>
    `(${ground(row, sight, sql, type)}) is not null`,
  unmasked,
  hiding: hidesIn ? { never: neverHidden, where: hidesIn } : null,
  unnaming: namesNoProtectedStaff,
});
