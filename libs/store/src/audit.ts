import type { RequestContext } from './types.ts';

/**
 * SQL of the part of an audit row that the request decides; HSLF-FS 2016:40 4 kap 9 §: what was done, from which
 * unit, when, by whom. The rest (patient, targets, outcome) comes from the statement that the row is written in.
 */
const given = [
  'request',
  'interaction',
  'actor_kind',
  'actor',
  'organisation',
  'unit',
  'purpose',
  'query',
  'commission',
  'title',
  'client',
];
export const auditColumns = `${given.join(', ')}, reason, outcome, bucket, type, patient, targets, custodians`;

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
    actor.commission,
    actor.title,
    actor.client,
  ];
}

/** Columns of the request with their types, for statements that insert many rows. */
export const givenColumns = given.map((name) => `${name} text`).join(', ');

/**
 * The select list for `auditColumns`: the placeholder of `auditValues`, then the expressions of the statement. `own`: SQL by
 * column in place of what the request says.
 */
export function auditRow(
  values: string,
  row: {
    reason: string;
    outcome: string;
    bucket: string;
    type: string;
    patient: string;
    targets: string;
    /** Whose data were shown or written, as text[]. */
    custodians: string;
  },
  own: Readonly<Record<string, string>> = {},
): string {
  const fixed = given.map((name, index) => own[name] ?? `(${values})[${index + 1}]`).join(', ');
  return `${fixed}, ${row.reason}, ${row.outcome}, ${row.bucket}, ${row.type}, ${row.patient}, ${row.targets}, ${row.custodians}`;
}

/** What a row says that is about nobody. */
export const ofNobody = { bucket: '0', patient: 'null', targets: `'{}'`, custodians: `'{}'` } as const;

/** The statement, with `auditValues` as `$1`, that audits what has begun and discloses nothing yet; `reason` is a constant of the code. */
export const auditBegun = (reason: string): string =>
  `insert into audit (${auditColumns}) select ${auditRow('$1::text[]', { ...ofNobody, reason: `'${reason}'`, outcome: '0', type: 'null' })}`;

/** The custodians of an aggregate of rows, without those of rows that have none. */
export const custodiansOf = (alias: string): string =>
  `coalesce(array_agg(distinct ${alias}.custodian) filter (where ${alias}.custodian is not null), '{}')`;

/** Why the caller may write, as the Scope has it. */
export const scopeReason = ({ scope }: RequestContext): string => scope.reason;
