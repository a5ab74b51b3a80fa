import { hash } from 'node:crypto';
import type pg from 'pg';
import { CreateStatements } from './create-statement.ts';
import { problemOf } from './failure.ts';
import { PutStatements } from './put-statement.ts';

/** What statements run on: the pool, or the one connection of a transaction. */
export type Queryable = Pick<pg.Pool, 'query'>;

/** Values arrive as PostgreSQL prints them: parsing dates twice costs more than the rest of a read. */
const asText = { getTypeParser: () => (value: unknown) => value };

/** Statement shapes are few; beyond this many a shape runs unnamed, so that no connection hoards plans. */
const maxNames = 1_000;

/** Runs statements by name, so that each connection parses and plans a shape once (44 us against 74). */
export class Statements {
  readonly creates = new CreateStatements();
  readonly puts = new PutStatements();
  readonly #names = new Map<string, string>();

  async run<Row>(on: Queryable, text: string, values: unknown[]): Promise<Row[]> {
    try {
      const result = await on.query({
        name: this.#name(text),
        text,
        values,
        types: asText,
      } as pg.QueryConfig);
      return result.rows as Row[];
    } catch (error) {
      throw problemOf(error);
    }
  }

  #name(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= maxNames) return known;
    const name = hash('sha1', text).slice(0, 32);
    this.#names.set(text, name);
    return name;
  }
}

/** '2026-11-23 02:15:00.12+00' -> '2026-11-23T02:15:00.120Z'. */
export function instant(text: string): string {
  const fraction = text.slice(20, -3);
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
}
