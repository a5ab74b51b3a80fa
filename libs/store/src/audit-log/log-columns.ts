import { instant } from '../statement.ts';
import type { LogRow } from './reading.ts';

const plain = [
  'id',
  'request',
  'interaction',
  'outcome',
  'reason',
  'actor_kind',
  'actor',
  'organisation',
  'unit',
  'commission',
  'purpose',
  'title',
  'client',
  'type',
  'patient',
  'query',
];

/** The select list of a LogRow from an alias of `audit`; `targets` is SQL of what of them may be seen, as text[]. */
export const logColumns = (alias: string, targets: string): string =>
  `${plain.map((name) => `${alias}.${name}`).join(', ')}, ${alias}.at, ${targets} as shown`;

/** The same columns of a CTE made with `logColumns`, as texts. */
export const logTexts = (alias: string): string =>
  `${plain.map((name) => `${alias}.${name}`).join(', ')}, ${alias}.at::text, to_json(${alias}.shown)::text as shown`;

/** What `logTexts` selects. */
export interface LogTexts extends Omit<LogRow, 'outcome' | 'actorKind' | 'targets'> {
  outcome: string;
  actor_kind: string;
  shown: string;
}

export const logRowOf = (row: LogTexts): LogRow => ({
  id: row.id,
  at: instant(row.at),
  request: row.request,
  interaction: row.interaction,
  outcome: Number(row.outcome) as LogRow['outcome'],
  reason: row.reason,
  actorKind: row.actor_kind,
  actor: row.actor,
  organisation: row.organisation,
  unit: row.unit,
  commission: row.commission,
  purpose: row.purpose,
  title: row.title,
  client: row.client,
  type: row.type,
  patient: row.patient,
  targets: JSON.parse(row.shown) as string[],
  query: row.query,
});
