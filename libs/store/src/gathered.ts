import { SqlBuilder } from '@naravard/search';
import { type Cell, cell, column, cut, cutList } from './column.ts';
import { Lanes } from './lanes.ts';
import type { Net } from './net.ts';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext } from './types.ts';

/** Calls that one statement may answer. */
const most = 32;

/** A parameter is a column of the calls that share the statement, `b.p3`; `b.call` numbers them from 1. */
export class CallBuilder extends SqlBuilder {
  /** Of each value its type, as SQL. */
  readonly types: string[] = [];
  /** Under which name each value was asked for; undefined where it is the call's own. */
  readonly names: (string | undefined)[] = [];

  override named(name: string, value: unknown, type: string): string {
    const known = this.values.length;
    const placeholder = super.named(name, value, type);
    if (this.values.length > known) this.names[known] = name;
    return placeholder;
  }

  override param(value: unknown, type = 'text'): string {
    this.values.push(value);
    this.types.push(type);
    return `b.p${this.values.length}`;
  }

  /** The statement of a text that was made with it. */
  statement(text: string): CallStatement {
    const { types, values } = this;
    return { text, types, values };
  }
}

/** A statement for any number of calls: its CTEs and select over `b`, whose rows name their call in column `call`. */
export interface CallStatement {
  text: string;
  /** Of each value, as SQL; the same wherever the text is. */
  types: readonly string[];
  values: readonly unknown[];
}

/** Runs a statement, alone or with others of its shape; returns the rows of its call. */
export type Run = <Row>(statement: CallStatement) => Promise<Row[]>;

/** A call among others: whose it is, and what those that share its statement have in common. */
interface Gathered extends CallStatement {
  context: RequestContext;
  key: string;
}

/**
 * Cheap reads and updates share statements: most of what a read by id costs is starting a statement and committing its
 * audit row (0.6 of the floor alone, 1.4 shared). Each call has its own rows and audit. `lanes`: statements at once.
 */
export function gather(statements: Statements, net: Net, lanes: number): (context: RequestContext) => Run {
  const shared = new Lanes<Gathered, unknown[]>({
    lanes,
    key: ({ key }) => key,
    weight: () => 1 / most,
    run: (calls) => {
      const [first] = calls as [Gathered];
      return runCalls(
        statements,
        net.on(first.context),
        first,
        calls.map(({ values }) => values),
      );
    },
  });
  return (context) => {
    const key = net.key(context);
    return <Row>(statement: CallStatement) =>
      shared.answer({ ...statement, context, key: key + statement.text }) as Promise<Row[]>;
  };
}

/** Runs a call's statement for it alone, as in a transaction. */
export const alone =
  (statements: Statements, on: Queryable): Run =>
  async <Row>(statement: CallStatement): Promise<Row[]> => {
    const [rows] = await runCalls<Row>(statements, on, statement, [statement.values]);
    return rows ?? [];
  };

/**
 * What is asked of a transaction at once: calls of one shape share a statement, since it has one connection, which sends one after
 * the other.
 */
export function atOnce(statements: Statements, on: Queryable): Run {
  interface Waiting {
    readonly statement: CallStatement;
    answer(rows: Promise<unknown[]>): void;
  }
  let waiting: Waiting[] = [];
  const send = () => {
    const shapes = Map.groupBy(waiting, ({ statement }) => statement.text);
    waiting = [];
    for (const calls of shapes.values()) {
      const [first] = calls as [Waiting];
      const values = calls.map(({ statement }) => statement.values);
      const answers = runCalls(statements, on, first.statement, values);
      for (const [place, { answer }] of calls.entries()) answer(answers.then((rows) => rows[place] ?? []));
    }
  };
  return <Row>(statement: CallStatement) =>
    new Promise<Row[]>((answer) => {
      if (!waiting.length) queueMicrotask(send);
      waiting.push({ statement, answer: (rows) => answer(rows as Promise<Row[]>) });
    });
}

/** The statement that answers one call, as it is sent. A call that goes alone has no columns to cut apart (28 us of 217). */
export const sentAlone = (statement: CallStatement): { text: string; values: (string | null)[] } => ({
  text: textAlone(statement),
  values: statement.values.map((value) => cell(value as Cell)),
});

function textAlone({ text, types }: CallStatement): string {
  const typed = types.map((type, index) => `${typedCell(`$${index + 1}::text`, type)} as p${index + 1}`);
  return `with recursive b as materialized (select ${[...typed, '1::bigint as call'].join(', ')}), ${text}`;
}

function textTogether({ text, types }: CallStatement): string {
  const names = types.map((_, index) => `p${index + 1}`);
  const columns = names.map((_, index) => cut(`$${index + 1}::text`, 'text')).join(', ');
  const typed = names.map((name, index) => `${typedCell(name, types[index] ?? 'text')} as ${name}`);
  return `with recursive b as (select ${[...typed, 'call'].join(', ')} from unnest(${columns}) with ordinality as b(${names.join(', ')}, call)), ${text}`;
}

const typedCell = (name: string, type: string): string =>
  type === 'text[]' ? cutList(name) : type === 'text' ? name : `${name}::${type}`;

const columnsOf = (calls: readonly (readonly unknown[])[]): string[] =>
  (calls[0] ?? []).map((_, place) => column(calls.map((call) => call[place] as Cell)));

/** Runs a statement for some calls; returns the rows of each. */
async function runCalls<Row>(
  statements: Statements,
  on: Queryable,
  statement: CallStatement,
  calls: readonly (readonly unknown[])[],
): Promise<Row[][]> {
  const [values = [], ...others] = calls;
  const { alone, together } = statements.known(statement.text, () => ({
    alone: textAlone(statement),
    together: textTogether(statement),
  }));
  type Found = Row & { call: string };
  if (!others.length)
    return [
      await statements.run<Found>(
        on,
        alone,
        values.map((value) => cell(value as Cell)),
      ),
    ];
  const answers = calls.map((): Row[] => []);
  for (const row of await statements.run<Found>(on, together, columnsOf(calls))) {
    answers[Number(row.call) - 1]?.push(row);
  }
  return answers;
}
