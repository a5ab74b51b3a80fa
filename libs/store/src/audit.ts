import type { SqlBuilder } from '@naravard/search';
import type { RequestContext } from './types.ts';

/**
 * SQL of the part of an audit row that the request decides; HSLF-FS 2016:40 4 kap 9 §: what was done, from which
 * unit, when, by whom. The rest (patient, targets, outcome) comes from the statement that the row is written in.
 */
export const auditColumns =
  'request, interaction, actor_kind, actor, organisation, unit, purpose, query, reason, outcome, bucket, type, patient, targets';

/** The select list for `auditColumns`: one array parameter, then the expressions of the statement. */
export function auditRow(
  context: RequestContext,
  sql: SqlBuilder,
  row: { reason: string; outcome: string; bucket: string; type: string; patient: string; targets: string },
): string {
  const { actor, request, interaction, query } = context;
  const given = [request, interaction, actor.kind, actor.id, actor.organisation, actor.unit, actor.purpose, query ?? null];
  const values = sql.param(given, 'text[]');
  const fixed = given.map((_, index) => `(${values})[${index + 1}]`).join(', ');
  return `${fixed}, ${row.reason}, ${row.outcome}, ${row.bucket}, ${row.type}, ${row.patient}, ${row.targets}`;
}

/** Why the caller could see what it saw, as the Scope has it. */
export const scopeReason = (context: RequestContext): string =>
  context.scope.kind === 'system' ? context.scope.reason : `custodian ${context.scope.custodian}`;
