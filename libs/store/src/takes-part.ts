import { isJoined } from '@naravard/access';
import { SqlBuilder } from '@naravard/search';
import type { Queryable, Statements } from './statement.ts';

/** Whether a legal actor, by key, takes part in SVOD (2022:913) at an instant. Known to all: not audited. */
export async function takesPart(
  statements: Statements,
  on: Queryable,
  organisation: string,
  at: string,
): Promise<boolean> {
  const sql = new SqlBuilder();
  const joined = isJoined(sql.param(organisation, 'text'), sql.param(at, 'timestamptz'));
  const [row] = await statements.run<{ joined: string }>(on, `select ${joined} as joined`, sql.values);
  return row?.joined === 't';
}
