import { randomUUID } from 'node:crypto';
import { Problem } from '@naravard/fhir';
import pg from 'pg';
import { problemOf } from '../failure.ts';
import type { Queryable } from '../statement.ts';

/** Who decided, and why; free text that must hold no personal data. */
export interface Decision {
  by: string;
  decision: string;
}

const asText = { getTypeParser: () => (value: unknown) => value };

/**
 * Runs `work` in one transaction with the rights of the schema's owner, which the service does not have.
 * @throws Problem 'forbidden' when the login does not own the audit; 'unavailable' when a lock is not had in 5 s.
 */
export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const options = '-c timezone=UTC -c lock_timeout=5000 -c jit=off';
  const client = new pg.Client({ connectionString: url, options, types: asText });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('begin');
    const { rows } = await client.query<{ owns: string }>(
      `select pg_has_role(relowner, 'usage') as owns from pg_class where oid = 'audit'::regclass`,
    );
    if (rows[0]?.owns !== 't')
      throw new Problem(
        'forbidden',
        'Only the owner of the schema may do this: set DATABASE_URL to its login.',
      );
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    throw problemOf(error);
  } finally {
    await client.end();
  }
}

/** A pg client as statements run on it. */
export const queryable = (client: pg.Client): Queryable => client as Queryable;

/** The audit row of a decision about the audit itself. */
export async function auditDecision(
  client: pg.Client,
  interaction: string,
  { by, decision }: Decision,
  targets: readonly string[],
): Promise<void> {
  await client.query(
    `insert into audit (request, interaction, outcome, reason, actor_kind, actor, bucket, targets)
values ($1, $2, 0, $3, 'administrator', $4, 0, $5)`,
    [randomUUID(), interaction, decision, by, targets],
  );
}
