import { Problem } from '@naravard/fhir';
import pg from 'pg';

export interface CounterOrder {
  /** The login of the schema's owner. */
  url: string;
  /** A transaction number that the counter must come beyond besides those that are stored. */
  beyond?: bigint;
  onProgress?: (done: number, total: number) => void;
}

/** Transactions are used up at about 200,000 a second; PostgreSQL has numbers for 2,000,000,000 before it must freeze rows. */
const MOST = 500_000_000n;
const STEP = 100_000;

/**
 * Brings the transaction counter of a server beyond the numbers that its database holds, by using up transactions, so that
 * rows to come are behind those that are there: in seals, and in all that is followed by its number. Needed after a dump was
 * loaded into a new server; changes nothing else, and nothing when the counter is ahead already.
 * @returns how many transactions were used up
 * @throws Problem 'too-costly' when they would be more than 500,000,000
 */
export async function advanceCounter({ url, beyond = 0n, onProgress }: CounterOrder): Promise<number> {
  const client = new pg.Client({ connectionString: url, options: '-c synchronous_commit=off' });
  await client.connect();
  try {
    const stored = await greatestNumber(client);
    const goal = stored > beyond ? stored : beyond;
    const missing = goal - (await nextNumber(client)) + 1n;
    if (missing <= 0n) return 0;
    if (missing > MOST)
      throw new Problem(
        'too-costly',
        `The counter is ${missing} transactions behind: stop the server and use pg_resetwal --epoch.`,
      );
    const total = Number(missing);
    for (let done = 0; done < total; done += STEP) {
      const step = Math.min(STEP, total - done);
      await client.query(
        `do $$ begin for n in 1..${step} loop perform pg_current_xact_id(); commit; end loop; end $$`,
      );
      onProgress?.(done + step, total);
    }
    return total;
  } finally {
    await client.end();
  }
}

/** The first number that no transaction has. */
async function nextNumber(client: pg.Client): Promise<bigint> {
  const { rows } = await client.query<{ next: string }>(
    'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
  );
  return BigInt(rows[0]?.next ?? 0);
}

async function greatestNumber(client: pg.Client): Promise<bigint> {
  const { rows } = await client.query<{ text: string }>(
    `select coalesce('select greatest(' || string_agg(format('(select max(%I) from %s)', a.attname, c.oid::regclass), ', ') || ')::text as found', 'select null as found') as text
from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  and a.atttypid = 'xid8'::regtype and not a.attisdropped`,
  );
  const found = await client.query<{ found: string | null }>(rows[0]?.text ?? '');
  return BigInt(found.rows[0]?.found ?? 0);
}
