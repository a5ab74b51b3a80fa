import type { SqlBuilder } from '@naravard/search';
import type { Commission } from '../caller.ts';
import { keyOfActor } from '../legal-actor-key.ts';

/** The instant of the request as SQL: one parameter of a statement, never the clock of the database. */
export const instant = (at: string, sql: SqlBuilder): string => sql.named('asked at', at, 'timestamptz');

/** Placeholders of what a rule says of a member of staff; each is a parameter only where it is read. */
export interface Reader {
  /** Key of the legal actor. */
  readonly organisation: string;
  readonly unit: string;
  readonly employee: string;
  readonly at: string;
}

export const readerOf = (
  { organisation, unit, employee }: Commission,
  at: string,
  sql: SqlBuilder,
): Reader => ({
  get organisation() {
    return sql.named('reader organisation', keyOfActor(organisation), 'text');
  },
  get unit() {
    return sql.named('reader unit', unit, 'text');
  },
  get employee() {
    return sql.named('reader employee', employee, 'text');
  },
  get at() {
    return instant(at, sql);
  },
});

/** As `reaches` of relation.ts, for a row of `fact` of the reader's organisation. */
export const reaches = (fact: string, { unit, employee }: Reader): string =>
  `(${fact}.unit is null or ${fact}.unit = ${unit}) and (${fact}.person is null or ${fact}.person = ${employee})`;
