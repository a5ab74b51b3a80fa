import { hash, randomUUIDv7 } from 'node:crypto';
import type { Cell } from './column.ts';
import { cellsOf, from, type IndexCells, indexTables, until, wordsOf } from './index-tables.ts';
import type { PutWrite } from './types.ts';

/** Keys of the big tables are led by a bucket of the patient, or of the resource's own id where there is none. */
const buckets = 1024;

/** FNV-1a of the id, so that the same patient has the same bucket everywhere. */
export function bucketOf(id: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) value = Math.imul(value ^ id.charCodeAt(at), 0x01000193);
  return (value >>> 0) % buckets;
}

/** `tables`: the rows of `indexTables`, for those who have them at hand. */
export type Field = readonly [
  name: string,
  type: string,
  pick: (write: PutWrite, tables?: IndexCells) => Cell,
];

/** What a write says about its key row, by column of `resource`. */
export const keyFields: readonly Field[] = [
  ['bucket', 'smallint', ({ rows, id }) => bucketOf(rows.patient ?? id)],
  ['rid', 'uuid', () => randomUUIDv7()],
  ['type', 'text', ({ type }) => type],
  ['id', 'text', ({ id }) => id],
  ['digest', 'bytea', ({ meta, body }) => sha(`${meta ?? ''}\n${body}`)],
  ['found', 'bytea', (write, tables = cellsOf(write)) => sha(JSON.stringify(tables.filter(isFound)))],
  ['words', 'bytea', (write) => digestOf(wordsOf(write))],
  ['patient', 'text', ({ rows }) => rows.patient],
  ['starts', 'timestamptz', ({ rows }) => rows.period && from(rows.period.start)],
  ['ends', 'timestamptz', ({ rows }) => rows.period && until(rows.period.end)],
  ['labels', 'text[]', ({ rows }) => rows.labels],
  ['tokens', 'text[]', ({ rows }) => rows.tokens],
  ['catalog', 'integer', ({ rows }) => rows.catalog],
];

const digestOf = (text: string | undefined) => text && sha(text);

const isFound = (_: unknown, table: number): boolean => !indexTables[table]?.replaced;

/** 16 bytes of SHA-256, as bytea text. */
const sha = (text: string): string => `\\x${hash('sha256', text).slice(0, 32)}`;
