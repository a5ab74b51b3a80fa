// The third net under invariant 1 of docs/architecture.md: row-level security on bodies, migrations/0005_net.sql.
import type { Caller } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type pg from 'pg';
import type { Queryable } from './statement.ts';
import type { RequestContext } from './types.ts';

/** How statements that show bodies reach the database. */
export interface Net {
  /** Where a caller's single statements run. */
  on(context: RequestContext): Queryable;
  /** Sent right after BEGIN of a caller's transaction, and not awaited. */
  enter(client: pg.ClientBase, context: RequestContext): void;
  /** The same for work on all bodies that no caller sees, such as reindexing. */
  leave(client: pg.ClientBase): void;
  /** Callers of one key are shown the same rows as far as the net goes, so their calls may share a statement. */
  key(context: RequestContext): string;
}

/** ROW_LEVEL_SECURITY=off: the Scope and the second check stand alone. */
export const noNet = (pool: pg.Pool): Net => ({
  on: () => pool,
  enter: () => {},
  leave: () => {},
  key: () => '',
});

/**
 * The settings of the caller hold for one transaction and end with it. Never for a session, which the next caller would
 * inherit, and never within the statement that reads: a look-up by key returned the previous caller's row. A statement
 * without them sees only what is about nobody.
 */
export const rowSecurityNet = (pool: pg.Pool): Net => ({
  on: (context) => ({
    query: (query, _values, done) =>
      inNet(pool, context.beyondNet ? leaving : entering(settingsOf(context)), query, done),
  }),
  enter: (client, context) => quietly(client.query(entering(settingsOf(context)))),
  leave: (client) => quietly(client.query(leaving)),
  key: (context) => (context.beyondNet ? 'beyond' : settingsOf(context).join(' ')),
});

type Settings = readonly [organisation: string, patient: string];

/** '' is nobody's organisation and nobody's id. */
const settingsOf = ({ actor }: RequestContext): Settings => [
  actor.organisation ?? '',
  patientOf(actor.caller) ?? '',
];

function patientOf(caller: Caller): string | null {
  switch (caller.kind) {
    case 'patient':
      return caller.patient;
    case 'guardian':
      return caller.of;
    case 'staff':
    case 'system':
    case 'administrator':
      return null;
    default:
      return caller satisfies never;
  }
}

const entering = ([organisation, patient]: Settings) => ({
  name: 'net',
  text: `select set_config('naravard.organisation', $1, true), set_config('naravard.patient', $2, true)`,
  values: [organisation, patient],
});

/** The service's own role sees all bodies. */
const leaving = { text: 'set local role naravard_service' };

/** What fails here fails the transaction, which its next statement tells. */
const quietly = (sent: Promise<unknown>): void => void sent.catch(() => {});

type Done = Parameters<Queryable['query']>[2];

/**
 * BEGIN, setting, statement and COMMIT leave together: one round trip. The rows are given when they are committed, since
 * their audit is; of what fails, the first tells.
 */
function inNet(pool: pg.Pool, setting: pg.QueryConfig, statement: pg.Submittable, done: Done): void {
  let answer = {} as pg.QueryResult;
  pool.connect((refused, client, release) => {
    if (refused || !client) {
      done(refused ?? new Error('no connection'), answer);
      return;
    }
    let failure: unknown = null;
    const note = (error: unknown): void => {
      failure ??= error ?? null;
    };
    // A connection that is lost fails its statements; its event besides would end the process.
    const ignore = () => {};
    client.on('error', ignore);
    client.query('begin', note);
    client.query(setting, note);
    (client as Queryable).query(statement, undefined, (error, result) => {
      note(error);
      answer = result;
    });
    client.query('commit', (error, ended) => {
      note(error ?? (ended.command === 'COMMIT' ? null : new Error('the transaction was rolled back')));
      client.off('error', ignore);
      release(Boolean(error));
      done(failure, answer);
    });
  });
}

/**
 * Rows that the Scope let through, each with its body.
 * @throws Problem 'internal' where the net holds one back: the Scope was forgotten, or the net is too narrow
 */
export function checkNet<Row extends { method: string | null; seen: string | null }>(
  rows: readonly Row[],
): readonly Row[] {
  const held = rows.find(({ method }) => method === null);
  if (!held) return rows;
  const [type] = JSON.parse(held.seen ?? '[]') as [string?];
  throw new Problem('internal', [], {
    cause: new Error(`third net: row-level security holds back a ${type} that the Scope shows`),
  });
}
