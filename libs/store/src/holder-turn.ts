import type pg from 'pg';
import type { Queryable, Statements } from './statement.ts';
import { inTransaction } from './transaction.ts';

/** Of one holder and one kind: what goes on at a time, and all that is kept. */
export const MOST_RUNNING = 4;
export const MOST_KEPT = 100;

/** Works in a transaction in which holders are taken in turn, so that none has more than it may by asking for several at once. */
export const inHoldersTurn = <T>(
  statements: Statements,
  pool: pg.Pool,
  kind: 'job' | 'import',
  holder: string,
  work: (on: Queryable) => Promise<T>,
): Promise<T> =>
  inTransaction(
    pool,
    async (on) => {
      const lock = `select pg_advisory_xact_lock(hashtextextended('${kind} ' || $1::text, 0))`;
      await statements.run(on, lock, [holder]);
      return work(on);
    },
    () => {},
  );
