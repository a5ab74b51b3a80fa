import { SqlBuilder } from '@naravard/search';
import { type Cell, column, cut, cutList } from './column.ts';
import { Lanes } from './lanes.ts';
import type { Net } from './net.ts';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext } from './types.ts';

/** Calls that one statement may answer. */
const most = 32;

/** A parameter is a column of the calls that share the statement, `b.p3::integer`; `b.call` numbers them from 1. */
export class CallBuilder extends SqlBuilder {
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
    const name = `b.p${this.values.length}`;
    return type === 'text[]' ? cutList(name) : type === 'text' ? name : `${name}::${type}`;
  }
}

/** A statement for any number of calls: its CTEs and select over `b`, whose rows name their call in column `call`. */
export interface CallStatement {
  text: string;
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
      const [{ context, text }] = calls as [Gathered];
      const values = calls.map((call) => call.values);
      return runCalls(statements, net.on(context), text, values);
    },
  });
  return (context) => {
    const key = net.key(context);
    return <Row>({ text, values }: CallStatement) =>
      shared.answer({ context, key: key + text, text, values }) as Promise<Row[]>;
  };
}

/** Runs a call's statement for it alone, as in a transaction. */
export const alone =
  (statements: Statements, on: Queryable): Run =>
  async <Row>({ text, values }: CallStatement): Promise<Row[]> => {
    const [rows] = await runCalls<Row>(statements, on, text, [values]);
    return rows ?? [];
  };

/** The statement that answers some calls, each with its values. */
export function statementFor(
  text: string,
  calls: readonly (readonly unknown[])[],
): { text: string; values: string[] } {
  const width = calls[0]?.length ?? 0;
  return { text: wholeText(text, width), values: columnsOf(calls, width) };
}

/** `width`: values of a call. */
function wholeText(text: string, width: number): string {
  const places = Array.from({ length: width }, (_, index) => index + 1);
  const columns = places.map((place) => cut(`$${place}::text`, 'text')).join(', ');
  const names = places.map((place) => `p${place}`).join(', ');
  return `with recursive b as (select * from unnest(${columns}) with ordinality as b(${names}, call)), ${text}`;
}

const columnsOf = (calls: readonly (readonly unknown[])[], width: number): string[] =>
  Array.from({ length: width }, (_, place) => column(calls.map((call) => call[place] as Cell)));

/** Runs a statement for some calls; returns the rows of each. */
async function runCalls<Row>(
  statements: Statements,
  on: Queryable,
  text: string,
  calls: readonly (readonly unknown[])[],
): Promise<Row[][]> {
  const width = calls[0]?.length ?? 0;
  const whole = statements.known(text, () => wholeText(text, width));
  const rows = await statements.run<Row & { call: string }>(on, whole, columnsOf(calls, width));
  const answers = calls.map((): Row[] => []);
  for (const row of rows) answers[Number(row.call) - 1]?.push(row);
  return answers;
}
