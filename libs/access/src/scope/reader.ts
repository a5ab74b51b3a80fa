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
  /** The values of `fact.reach` that count for the reader, as text[]. */
  readonly reach: string;
  readonly at: string;
}

/** The values of a Reader, by the names of their placeholders. */
export function readerValues({ organisation, unit, employee }: Commission, at: string) {
  const key = keyOfActor(organisation);
  return {
    'reader organisation': key,
    'reader unit': unit,
    'reader employee': employee,
    'reader reach': ['*', `${key}  `, `${key} ${unit} `, `${key}  ${employee}`, `${key} ${unit} ${employee}`],
    'asked at': at,
  };
}

/** Each placeholder is asked for, and so a parameter, only where the text reads it. */
export function readerOf(values: ReturnType<typeof readerValues>, sql: SqlBuilder): Reader {
  const text = (name: Exclude<keyof typeof values, 'reader reach'>) => sql.named(name, values[name], 'text');
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
    get reach() {
      return sql.named('reader reach', values['reader reach'], 'text[]');
    },
    get at() {
      return instant(values['asked at'], sql);
    },
  };
}
