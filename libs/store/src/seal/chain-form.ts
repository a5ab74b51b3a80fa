import { hash } from 'node:crypto';
import { canonicalJson, canonicalSql, instantSql, type Member, sha256Sql } from './canonical-json.ts';

const number = (name: string): Member => ({ name, sql: name, plain: true });
const array = (name: string): Member => ({ name, sql: `${name}::text`, plain: true });
const bytes = (name: string): Member => ({ name, sql: `encode(${name}, 'hex')`, plain: true });

const sealMembers = [
  number('bucket'),
  bytes('hashes'),
  array('ids'),
  number('number'),
  bytes('previous'),
  number('round'),
  array('times'),
  number('total'),
];
const roundMembers = [
  { name: 'at', sql: instantSql('at'), plain: true },
  bytes('previous'),
  bytes('root'),
  number('round'),
  number('rows'),
  number('seals'),
  number('upto_id'),
  number('upto_xid'),
];

/** A row of `seal` as texts; bytes in hexadecimal. */
export type Seal = Record<
  'bucket' | 'hashes' | 'ids' | 'number' | 'previous' | 'round' | 'times' | 'total' | 'hash',
  string
>;

/** A row of `seal_round` as texts; bytes in hexadecimal. */
export type Round = Record<
  'at' | 'previous' | 'root' | 'round' | 'rows' | 'seals' | 'upto_id' | 'upto_xid' | 'hash',
  string
>;

const select = (members: readonly Member[]): string =>
  [...members, bytes('hash')].map(({ name, sql }) => `${sql} as "${name}"`).join(', ');

/** SQL of the select lists that give a Seal and a Round. */
export const sealSql: string = select(sealMembers);
export const roundSql: string = select(roundMembers);

/** SQL of the hash of a row with the columns of `seal` or `seal_round`. */
export const sealHashSql: string = sha256Sql(canonicalSql(sealMembers));
export const roundHashSql: string = sha256Sql(canonicalSql(roundMembers));

/** SHA-256 of the canonical JSON of a row without its own hash; hexadecimal. */
export function chainHash({ hash: _, ...rest }: Seal | Round): string {
  return hash('sha256', canonicalJson(rest), 'hex');
}

/** Binds the seals of a round: SHA-256 of their hashes (hexadecimal), in the order of buckets. */
export const rootOf = (hashes: readonly string[]): string =>
  hash('sha256', Buffer.from(hashes.join(''), 'hex'), 'hex');
