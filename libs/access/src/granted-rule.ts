import type { ScopeRule, SqlBuilder } from '@naravard/search';
import type { Grant } from './actor.ts';
import type { GrantLetter } from './grants.ts';

/**
 * A rule cut to what the SMART scopes of a token let do `letter` with: the types, and of a granular scope the rows that have
 * one of its codes. Each letter has its own limits: what one may be read by widens nothing that another is for.
 */
export function grantedRule(
  rule: ScopeRule,
  grants: readonly Grant[] | null,
  letter: GrantLetter,
): ScopeRule {
  const granting = grants?.filter(({ may }) => may.has(letter));
  if (!granting || granting.some(({ type, tokens }) => type === '*' && tokens === null)) return rule;
  const types = granting.filter(({ tokens }) => tokens === null).map(({ type }) => type);
  const granular = granting.filter(({ tokens }) => tokens !== null);
  const granted = (row: string, sql: SqlBuilder): string =>
    [
      `${row}.type = any(${sql.named(`granted ${letter}`, types, 'text[]')})`,
      ...granular.map(
        ({ type, tokens }, index) =>
          `(${row}.type = ${sql.named(`granted ${letter} type ${index}`, type, 'text')} and ${row}.tokens && ${sql.named(`granted ${letter} codes ${index}`, tokens, 'text[]')})`,
      ),
    ].join(' or ');
  return {
    ...rule,
    shape: `granted ${letter} ${granular.length} ${rule.shape}`,
    values: null,
    condition: (row, sight, sql, type) =>
      `((${granted(row, sql)}) and ${rule.condition(row, sight, sql, type)})`,
    ground: (row, sight, sql, type) =>
      `case when ${granted(row, sql)} then ${rule.ground(row, sight, sql, type)} end`,
  };
}
