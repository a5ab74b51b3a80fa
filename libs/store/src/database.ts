import pg from 'pg';

export interface DatabaseOptions {
  /** postgres:// URL of a login that may act as role `naravard_service`. */
  url: string;
  /** Connections, default 10. */
  connections?: number;
  /** Milliseconds before a statement is cancelled, default 10,000. */
  statementTimeout?: number;
}

// JIT compilation costs more than any of our statements takes; the service never needs more than its own role. No answer
// needs a table from end to end: where the planner would, it guesses wrong, or for the branch of a search that is not run.
const session = (statementTimeout: number) =>
  `-c role=naravard_service -c jit=off -c enable_seqscan=off -c timezone=UTC -c statement_timeout=${statementTimeout} ` +
  '-c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000';

/** Values arrive as PostgreSQL prints them: parsing dates twice costs more than the rest of a read. */
const asText = { getTypeParser: () => (value: unknown) => value };

export const clientConfig = ({ url, statementTimeout = 10_000 }: DatabaseOptions): pg.ClientConfig => ({
  connectionString: url,
  options: session(statementTimeout),
  connectionTimeoutMillis: 3_000,
  query_timeout: statementTimeout + 2_000,
  application_name: 'naravard',
  // Statements that need not wait for each other's answers leave together: BEGIN, locks and the first read or write.
  pipeline: true,
  types: asText,
});

/** The pool of the service's connections: each acts as `naravard_service`, which owns nothing. */
export function openPool(options: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(options),
    max: options.connections ?? 10,
    // Connections stay: a timer set and cleared around each statement is not free.
    idleTimeoutMillis: 0,
  });
  // An idle connection that breaks is replaced by the pool; without a listener Node would end the process.
  pool.on('error', () => {});
  return pool;
}
