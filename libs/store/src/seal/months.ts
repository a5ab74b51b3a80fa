import pg from 'pg';
import { problemOf } from '../failure.ts';
import type { Queryable, Statements } from '../statement.ts';

/** A partition of the audit: rows of `[from, to)`, instants in UTC. */
export interface Month {
  name: string;
  from: string;
  to: string;
}

/** Bounds are printed in the session's time zone, which is UTC on all our connections. */
const monthsSql = `select c.relname as name, ${bound('from')} as "from", ${bound('to')} as "to"
from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'audit'::regclass and pg_get_expr(c.relpartbound, c.oid) like 'FOR VALUES FROM%' order by 2`;

function bound(side: 'from' | 'to'): string {
  const text = `substring(pg_get_expr(c.relpartbound, c.oid) from '${side.toUpperCase()} \\(''([^'']+)''\\)')`;
  return `to_char(${text}::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** The months that are open, oldest first. */
export async function auditMonths(on: pg.Client): Promise<Month[]> {
  return (await on.query<Month>(monthsSql)).rows;
}

/** How many whole months are open after this one, and whether rows lie in none of them. */
export async function monthsAhead(
  statements: Statements,
  on: Queryable,
): Promise<{ open: number; astray: boolean }> {
  const [row] = await statements.run<{ open: string; astray: string }>(
    on,
    `select count(*) filter (where m."from"::timestamptz > now()) as open, pg_relation_size('audit_rest') > 0 as astray
from (${monthsSql}) m`,
    [],
  );
  return { open: Number(row?.open), astray: row?.astray === 't' };
}

/**
 * Opens this month and the next thirteen, and those of rows that came while their month was not open; these rows move
 * into it. A service goes on without months, in a partition that can never be destroyed as a whole.
 * @param url login of the owner of the schema
 */
export async function openAuditMonths(url: string): Promise<Month[]> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC -c lock_timeout=5000' });
  await client.connect();
  try {
    const { rows } = await client.query<{ month: string }>(
      `select distinct date_trunc('month', at at time zone 'UTC')::date::text as month from audit_rest where isfinite(at)`,
    );
    for (const { month } of rows) await client.query('select open_audit_partitions($1, 1)', [month]);
    await client.query('select open_audit_partitions(current_date, 14)');
    await client.query('vacuum audit_rest');
    return await auditMonths(client);
  } catch (error) {
    throw problemOf(error);
  } finally {
    await client.end();
  }
}
