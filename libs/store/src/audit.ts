import type { RequestContext } from './types.ts';

/**
 * SQL of the part of an audit row that the request decides; HSLF-FS 2016:40 4 kap 9 §: what was done, from which
 * unit, when, by whom. The rest (patient, targets, outcome) comes from the statement that the row is written in.
 */
export const auditColumns =
  'request, interaction, actor_kind, actor, organisation, unit, purpose, query, reason, outcome, bucket, type, patient, targets';

/** What the request says of itself: one array parameter, in the order of `auditColumns`. */
export function auditValues({ actor, request, interaction, query }: RequestContext): (string | null)[] {
  return [
    request,
    interaction,
    actor.kind,
    actor.id,
    actor.organisation,
    actor.unit,
    actor.purpose,
    query ?? null,
  ];
}
const given = 8;

/** The select list for `auditColumns`: the placeholder of `auditValues`, then the expressions of the statement. */
export function auditRow(
  values: string,
  row: { reason: string; outcome: string; bucket: string; type: string; patient: string; targets: string },
): string {
  const fixed = Array.from({ length: given }, (_, index) => `(${values})[${index + 1}]`).join(', ');
  return `${fixed}, ${row.reason}, ${row.outcome}, ${row.bucket}, ${row.type}, ${row.patient}, ${row.targets}`;
}

/** Why the caller could see what it saw, as the Scope has it. */
export const scopeReason = (context: RequestContext): string =>
  context.scope.kind === 'system' ? context.scope.reason : `custodian ${context.scope.custodian}`;
