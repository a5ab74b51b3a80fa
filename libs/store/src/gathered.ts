import { SqlBuilder } from '@naravard/search';
import { type Cell, column, cut, cutList } from './column.ts';
import type { Queryable, Statements } from './statement.ts';

/** Statements under way at once; while they run, further calls gather for the next. */
const lanes = 3;
/** Calls that one statement may answer. */
const most = 32;

/** A parameter is a column of the calls that share the statement, `b.p3::integer`; `b.call` numbers them from 1. */
export class CallBuilder extends SqlBuilder {
  override param(value: unknown, type = 'text'): string {
    this.values.push(value);
    const name = `b.p${this.values.length}`;
    return type === 'text[]' ? cutList(name) : type === 'text' ? name : `${name}::${type}`;
  }
}

/** A statement for any number of calls: its CTEs and select over `b`, whose rows name their call in column `call`. */
export interface CallStatement {
  text: string;
  values: readonly unknown[];
}

interface Waiting {
  values: readonly unknown[];
  resolve(rows: never[]): void;
  reject(error: unknown): void;
}

/**
 * Cheap reads of one shape that arrive while others are on their way share the next statement and its commit: most of
 * what a read by id costs is starting a statement and committing its audit row. With nothing on its way, a read goes at
 * once. Each call has its own rows and audit; when a shared statement fails, each is tried alone.
 */
export class Gathered {
  readonly #statements: Statements;
  readonly #on: Queryable;
  readonly #waiting = new Map<string, Waiting[]>();
  #running = 0;

  constructor(statements: Statements, on: Queryable) {
    this.#statements = statements;
    this.#on = on;
  }

  run<Row>({ text, values }: CallStatement): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(text) ?? [];
      waiting.push({ values, resolve, reject });
      this.#waiting.set(text, waiting);
      this.#next();
    });
  }

  #next(): void {
    if (this.#running >= lanes) return;
    const [first] = this.#waiting;
    if (!first) return;
    const [text, waiting] = first;
    this.#waiting.delete(text);
    if (waiting.length > most) this.#waiting.set(text, waiting.slice(most));
    this.#running++;
    this.#answer(text, waiting.slice(0, most)).finally(() => {
      this.#running--;
      this.#next();
    });
  }

  async #answer(text: string, calls: readonly Waiting[]): Promise<void> {
    try {
      const rows = await runCalls<never>(
        this.#statements,
        this.#on,
        text,
        calls.map(({ values }) => values),
      );
      for (const [index, { resolve }] of calls.entries()) resolve(rows[index] ?? []);
    } catch (error) {
      if (calls.length === 1) calls[0]?.reject(error);
      else for (const call of calls) await this.#answer(text, [call]);
    }
  }
}

/** Runs a call's statement for it alone, as in a transaction. */
export const alone =
  (statements: Statements, on: Queryable) =>
  async <Row>({ text, values }: CallStatement): Promise<Row[]> => {
    const [rows] = await runCalls<Row>(statements, on, text, [values]);
    return rows ?? [];
  };

/** Runs a statement for some calls; returns the rows of each. */
export async function runCalls<Row>(
  statements: Statements,
  on: Queryable,
  text: string,
  calls: readonly (readonly unknown[])[],
): Promise<Row[][]> {
  const width = calls[0]?.length ?? 0;
  const places = Array.from({ length: width }, (_, index) => index);
  const columns = places.map((place) => cut(`$${place + 1}::text`, 'text')).join(', ');
  const names = places.map((place) => `p${place + 1}`).join(', ');
  const values = places.map((place) => column(calls.map((call) => call[place] as Cell)));
  const whole = `with b as (select * from unnest(${columns}) with ordinality as b(${names}, call)), ${text}`;
  const rows = await statements.run<Row & { call: string }>(on, whole, values);
  const answers = calls.map((): Row[] => []);
  for (const row of rows) answers[Number(row.call) - 1]?.push(row);
  return answers;
}
