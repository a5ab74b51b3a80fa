import { Problem } from '@naravard/fhir';
import pg from 'pg';
import { Statements } from '../statement.ts';
import { type CheckpointBody, type DroppedMonth, writeCheckpoint } from './checkpoint.ts';
import { auditMonths, type Month } from './months.ts';
import { asOwner, auditDecision, type Decision, queryable } from './owner.ts';
import type { SealKey } from './seal-key.ts';
import { lockSeals } from './seal-round.ts';

export interface DropOrder extends Decision {
  /** The login of the schema's owner. */
  url: string;
  key: SealKey;
  /** `YYYY-MM`: months before this one go. */
  before: string;
  /** Years that rows are kept, at least `leastYears`. */
  years: number;
}

/** HSLF-FS 2016:40 4 kap. 9 §: documentation of access is kept for at least five years. */
export const leastYears = 5;

/**
 * Destroys whole months of the audit: in one transaction the audit row about the decision, a signed checkpoint that
 * lists the months with their counts, and the tables. The seals stay: they tell that the rows were there, not what they said.
 * @throws Problem 'bad-request' when there is nothing to drop, or a month is younger than `years`; then nothing is done.
 */
export async function dropAuditMonths(order: DropOrder): Promise<CheckpointBody> {
  const before = firstOf(order.before);
  return asOwner(order.url, async (client) => {
    const statements = new Statements();
    await lockSeals(statements, queryable(client));
    const months = (await auditMonths(client)).filter(({ to }) => Date.parse(to) <= before);
    refuseUnfit(months, order);
    const dropped: DroppedMonth[] = [];
    for (const month of months) dropped.push({ ...month, rows: await countRows(client, month) });
    await auditDecision(
      client,
      'audit-drop',
      order,
      months.map(({ name }) => name),
    );
    const { by, decision } = order;
    const occasion = { kind: 'drop', by, decision, dropped } as const;
    const checkpoint = await writeCheckpoint(statements, queryable(client), order.key, occasion);
    for (const { name } of months) await client.query(`drop table ${pg.escapeIdentifier(name)}`);
    if (!checkpoint) throw new Problem('internal', 'No checkpoint was written.');
    return checkpoint;
  });
}

/** Milliseconds since 1970 of the beginning of a month. */
function firstOf(month: string): number {
  const first = /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? Date.parse(`${month}-01T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(first)) throw new Problem('bad-request', '--before must be a month: 2026-11.');
  return first;
}

function refuseUnfit(months: readonly Month[], { before, years }: DropOrder): void {
  if (years < leastYears)
    throw new Problem(
      'bad-request',
      `The audit is kept for at least ${leastYears} years (HSLF-FS 2016:40 4 kap. 9 §).`,
    );
  if (!months.length) throw new Problem('bad-request', `No month of the audit lies before ${before}.`);
  const kept = new Date();
  kept.setUTCFullYear(kept.getUTCFullYear() - years);
  const young = months.find(({ to }) => Date.parse(to) > kept.getTime());
  if (young)
    throw new Problem(
      'bad-request',
      `${young.name} is younger than ${years} years and is kept: nothing was dropped.`,
    );
}

async function countRows(client: pg.Client, { name }: Month): Promise<number> {
  const { rows } = await client.query<{ rows: string }>(
    `select count(*) as rows from ${pg.escapeIdentifier(name)}`,
  );
  return Number(rows[0]?.rows);
}
