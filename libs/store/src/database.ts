import pg from 'pg';

export interface DatabaseOptions {
  /** postgres:// URL of a login that may act as role `naravard_service`. */
  url: string;
  /** Connections, default 10. */
  connections?: number;
  /** Milliseconds before a statement is cancelled, default 10,000. */
  statementTimeout?: number;
  /** Whether bodies have row-level security as a third net (net.ts), default false; the login may then act as `naravard_netted`. */
  rowSecurity?: boolean;
}

// JIT compilation costs more than any of our statements takes; the service never needs more than its own role. No answer
// needs a table from end to end: where the planner would, it guesses wrong, or for the branch of a search that is not run.
const session = (role: string, statementTimeout: number) =>
  `-c role=${role} -c jit=off -c enable_seqscan=off -c timezone=UTC -c statement_timeout=${statementTimeout} ` +
  '-c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000';

/** Values arrive as PostgreSQL prints them: parsing dates twice costs more than the rest of a read. */
const asText = { getTypeParser: () => (value: unknown) => value };

export const clientConfig = ({
  url,
  statementTimeout = 10_000,
  rowSecurity = false,
}: DatabaseOptions): pg.ClientConfig => ({
  connectionString: url,
  options: session(rowSecurity ? 'naravard_netted' : 'naravard_service', statementTimeout),
  connectionTimeoutMillis: 3_000,
  query_timeout: statementTimeout + 2_000,
  application_name: 'naravard',
  // Statements that need not wait for each other's answers leave together: BEGIN, locks and the first read or write.
  pipeline: true,
  types: asText,
});

/**
 * Connections for reads by id and searches within one patient, which share statements (gathered.ts): one plan serves all
 * values, and is made once. Left to itself PostgreSQL plans them anew each time, since it takes the list of calls to be longer
 * when it does not see it (a read by id: 0.75 ms planned anew, 0.24 ms with the plan kept).
 */
export const openReadingPool = (options: DatabaseOptions, connections: number): pg.Pool =>
  openPool({ ...options, connections }, ' -c plan_cache_mode=force_generic_plan');

/** The pool of the service's connections: each acts as `naravard_service` or `naravard_netted`, which own nothing. */
export function openPool(options: DatabaseOptions, settings = ''): pg.Pool {
  const config = clientConfig(options);
  const pool = new pg.Pool({
    ...config,
    options: config.options + settings,
    max: options.connections ?? 10,
    // Connections stay: a timer set and cleared around each statement is not free.
    idleTimeoutMillis: 0,
  });
  // An idle connection that breaks is replaced by the pool; without a listener Node would end the process.
  pool.on('error', () => {});
  return pool;
}
