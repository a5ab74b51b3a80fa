import type { Queryable, Statements } from '../statement.ts';
import type { HeldImport } from './imports.ts';

/** That an import is still the upload's: `$1` is its key and `$2` the upload. */
export const isHeld = `i.key = $1::uuid and i.worker = $2::uuid and i.state = 'open'`;

/** An upload may take longer than an import is kept. */
export async function keepImport(
  statements: Statements,
  on: Queryable,
  { key, worker, lease, hours }: HeldImport,
): Promise<void> {
  const text = `update import i set leased = clock_timestamp() + $3::integer * interval '1 millisecond', expires = now() + $4::integer * interval '1 hour' where ${isHeld}`;
  await statements.run(on, text, [key, worker, lease, hours]);
}

export async function releaseImport(
  statements: Statements,
  on: Queryable,
  { key, worker, hours }: HeldImport,
  state: 'done' | 'interrupted',
): Promise<void> {
  const text = `update import i set worker = null, state = case when $3::boolean then 'done' else i.state end, expires = now() + $4::integer * interval '1 hour' where ${isHeld}`;
  await statements.run(on, text, [key, worker, state === 'done', hours]);
}
