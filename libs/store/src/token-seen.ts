import { hash } from 'node:crypto';
import type { Queryable, Statements } from './statement.ts';

/**
 * Whether a one-time token id has not been seen before, in any process; remembers it until `expires`, epoch milliseconds.
 * RFC 7523 section 3 (7), RFC 9449 section 11.1.
 */
export async function firstTime(
  statements: Statements,
  on: Queryable,
  issuer: string,
  jti: string,
  expires: number,
): Promise<boolean> {
  const text = `with gone as (
  delete from token_seen where ctid = any(array(select ctid from token_seen where expires < now() limit 100))
)
insert into token_seen (issuer, digest, expires) values ($1, $2::bytea, $3::timestamptz) on conflict do nothing returning 1`;
  const digest = `\\x${hash('sha256', jti)}`;
  const rows = await statements.run(on, text, [issuer, digest, new Date(expires).toISOString()]);
  return rows.length === 1;
}
