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

/** The values of a Reader, by the names of their placeholders. */
export const readerValues = ({ organisation, unit, employee }: Commission, at: string) => ({
  'reader organisation': keyOfActor(organisation),
  'reader unit': unit,
  'reader employee': employee,
  'asked at': at,
});

/** Each placeholder is asked for, and so a parameter, only where the text reads it. */
export function readerOf(values: ReturnType<typeof readerValues>, sql: SqlBuilder): Reader {
  const text = (name: keyof typeof values) => sql.named(name, values[name], 'text');
  return {
    get organisation() {
      return text('reader organisation');
    },
    get unit() {
      return text('reader unit');
    },
    get employee() {
      return text('reader employee');
    },
    get at() {
      return instant(values['asked at'], sql);
    },
  };
}

/** As `reaches` of relation.ts, for a row of `fact` of the reader's organisation. */
export const reaches = (fact: string, { unit, employee }: Reader): string =>
  `(${fact}.unit is null or ${fact}.unit = ${unit}) and (${fact}.person is null or ${fact}.person = ${employee})`;
