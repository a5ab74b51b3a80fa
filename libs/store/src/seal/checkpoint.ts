import { hash } from 'node:crypto';
import type { Queryable, Statements } from '../statement.ts';
import { canonicalJson } from './canonical-json.ts';
import type { SealKey } from './seal-key.ts';

/** A month of the audit that was destroyed: instants `[from, to)`, and how many rows it held. */
export type DroppedMonth = { name: string; from: string; to: string; rows: number };

/** What a checkpoint says beside the state of the seals. */
export type Occasion =
  | { kind: 'regular' }
  | { kind: 'drop'; by: string; decision: string; dropped: DroppedMonth[] }
  | { kind: 'restored'; by: string; decision: string; restoredTo: string };

/** What is signed: the state of all chains after a round. Instants are ISO in UTC, hashes hexadecimal. */
export type CheckpointBody = {
  number: number;
  at: string;
  /** 0 and empty before the first round. */
  round: number;
  roundHash: string;
  /** Rows sealed so far, together and in each bucket. */
  rows: number;
  counts: Record<string, number>;
  /** `headsHash` of the last seal of each bucket. */
  heads: string;
  /** SHA-256 of the body of the checkpoint before; empty for the first. */
  previous: string;
} & Occasion;

/** A checkpoint as it lies in its table, and as one line of an export. */
export interface Checkpoint {
  /** Canonical JSON of a CheckpointBody. */
  body: string;
  /** `publicKeyId` of the key that signed. */
  key: string;
  signature: Buffer;
}

export const bodyHash = (body: string): string => hash('sha256', body, 'hex');

/** Binds the heads of all chains: SHA-256 of the canonical JSON `{"<bucket>": "<hash>"}`. */
export const headsHash = (heads: ReadonlyMap<string, { hash: string }>): string =>
  hash(
    'sha256',
    canonicalJson(Object.fromEntries([...heads].map(([bucket, head]) => [bucket, head.hash]))),
    'hex',
  );

interface HeadRow {
  bucket: string;
  total: string;
  hash: string;
}

/** The last seal of each bucket, by one probe of the key for each bucket there is. */
export const headsSql = `with recursive b as (
  (select bucket from seal order by bucket limit 1)
  union all
  select (select s.bucket from seal s where s.bucket > b.bucket order by s.bucket limit 1) from b where b.bucket is not null
)
select b.bucket, s.total, encode(s.hash, 'hex') as hash from b cross join lateral (
  select total, hash from seal s where s.bucket = b.bucket order by s.number desc limit 1
) s where b.bucket is not null`;

const stateSql = `select coalesce(r.round, 0) as round, coalesce(encode(r.hash, 'hex'), '') as hash, c.number, c.body,
  c.round as noted, extract(epoch from now() - c.at) * 1000 as age
from (select 1) one
left join (select round, hash from seal_round order by round desc limit 1) r on true
left join (select number, body, round, at from checkpoint order by number desc limit 1) c on true`;

interface State {
  round: string;
  hash: string;
  number: string | null;
  body: string | null;
  /** Round of the last checkpoint and its age in milliseconds. */
  noted: string | null;
  age: string | null;
}

/**
 * Signs and stores the state of the seals; the caller's transaction holds `lockSeals`. With `due` (milliseconds), only
 * when there are rounds that no checkpoint covers and the last one is as old.
 */
export async function writeCheckpoint(
  statements: Statements,
  on: Queryable,
  key: SealKey,
  occasion: Occasion,
  due?: number,
): Promise<CheckpointBody | undefined> {
  const [state] = await statements.run<State>(on, stateSql, []);
  if (!state || (due !== undefined && !isDue(state, due))) return undefined;
  const rows = await statements.run<HeadRow>(on, headsSql, []);
  const heads = new Map(rows.map((row) => [row.bucket, row]));
  const counts = Object.fromEntries(rows.map(({ bucket, total }) => [bucket, Number(total)]));
  const body: CheckpointBody = {
    number: Number(state.number ?? 0) + 1,
    at: new Date().toISOString(),
    round: Number(state.round),
    roundHash: state.hash,
    rows: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    heads: headsHash(heads),
    previous: state.body === null ? '' : bodyHash(state.body),
    ...occasion,
  };
  const text = canonicalJson(body);
  await statements.run(
    on,
    "insert into checkpoint (number, at, kind, round, body, key, signature) values ($1, $2, $3, $4, $5, $6, decode($7, 'hex'))",
    [body.number, body.at, body.kind, body.round, text, key.id, key.sign(text).toString('hex')],
  );
  return body;
}

const isDue = ({ round, noted, age }: State, due: number): boolean =>
  Number(round) > Number(noted ?? 0) && (age === null || Number(age) >= due);
