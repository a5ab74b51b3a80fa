import { hash } from 'node:crypto';
import { canonicalSql, instantSql, type Member, sha256Sql } from './canonical-json.ts';

const text = (name: string): Member => ({ name, sql: `a.${name}`, plain: false });
const list = (name: string): Member => ({ name, sql: `a.${name}::text`, plain: false });
const plain = (name: string, sql = `a.${name}::text`): Member => ({ name, sql, plain: true });

/**
 * What a sealed audit row consists of: every column as text, in the order of its name; null is left out, so that a
 * column that a later release adds (and that is null in old rows) leaves old hashes as they are.
 */
const rowMembers: readonly Member[] = [
  text('actor'),
  text('actor_kind'),
  plain('at', instantSql('a.at')),
  plain('bucket'),
  text('client'),
  text('commission'),
  list('custodians'),
  plain('id'),
  text('interaction'),
  text('organisation'),
  plain('outcome'),
  text('patient'),
  text('purpose'),
  text('query'),
  text('reason'),
  text('request'),
  list('targets'),
  text('title'),
  text('type'),
  text('unit'),
  plain('xid'),
];

/** A row as the verifier reads it: texts in the order of `rowMembers`. */
export type RowTexts = (string | null)[];

/** SQL of the hash of the audit row `a`. */
export const rowHashSql: string = sha256Sql(canonicalSql(rowMembers));

/** SQL of the select list that gives `RowTexts`. */
export const rowTextsSql: string = rowMembers.map(({ sql }) => sql).join(', ');

/** SQL: microseconds since 1970 of `a.at`; 0 for infinity. */
export const rowTimeSql =
  'case when isfinite(a.at) then (extract(epoch from a.at) * 1000000)::bigint else 0 end';

/** Where a column stands in `RowTexts`. */
export const placeOf = (name: string): number => rowMembers.findIndex((member) => member.name === name);

const starts = rowMembers.map(({ name, plain: isPlain }) => (isPlain ? `"${name}":"` : `"${name}":`));
const isPlain = rowMembers.map((member) => member.plain);

/** The same hash as `rowHashSql` gives, made without PostgreSQL; hexadecimal. */
export function rowHash(row: RowTexts): string {
  let json = '{';
  for (let at = 0; at < starts.length; at++) {
    const value = row[at];
    if (value === null || value === undefined) continue;
    if (json.length > 1) json += ',';
    json += isPlain[at] ? `${starts[at]}${value}"` : starts[at] + JSON.stringify(value);
  }
  return hash('sha256', `${json}}`, 'hex');
}
