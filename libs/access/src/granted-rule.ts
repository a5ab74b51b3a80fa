import type { ScopeRule, SqlBuilder } from '@naravard/search';
import type { Grant } from './actor.ts';

/**
 * A rule cut to what the SMART scopes of a token let read: the types, and of a granular scope the rows that have one of
 * its codes. What they let do with it is asked where it is done.
 */
export function grantedRule(rule: ScopeRule, grants: readonly Grant[] | null): ScopeRule {
  const reading = grants?.filter(({ may }) => may.has('r') || may.has('s'));
  if (!reading || reading.some(({ type, tokens }) => type === '*' && tokens === null)) return rule;
  const types = reading.filter(({ tokens }) => tokens === null).map(({ type }) => type);
  const granular = reading.filter(({ tokens }) => tokens !== null);
  const granted = (row: string, sql: SqlBuilder): string =>
    [
      `${row}.type = any(${sql.named('granted', types, 'text[]')})`,
      ...granular.map(
        ({ type, tokens }, index) =>
          `(${row}.type = ${sql.named(`granted type ${index}`, type, 'text')} and ${row}.tokens && ${sql.named(`granted codes ${index}`, tokens, 'text[]')})`,
      ),
    ].join(' or ');
  return {
    ...rule,
    shape: `granted ${granular.length} ${rule.shape}`,
    values: null,
    condition: (row, sight, sql) => `((${granted(row, sql)}) and ${rule.condition(row, sight, sql)})`,
    ground: (row, sight, sql) => `case when ${granted(row, sql)} then ${rule.ground(row, sight, sql)} end`,
  };
}
