import { Problem } from '@naravard/fhir';
import { type Everything, isBounded, patientOf, type Query, SqlBuilder } from '@naravard/search';
import { aroundStatement } from './around-statement.ts';
import { everythingStatement } from './everything-statement.ts';
import { searchProblem } from './failure.ts';
import { alone, CallBuilder, type CallStatement, type Run } from './gathered.ts';
import { checkNet } from './net.ts';
import { storedOf } from './read.ts';
import { type PageRow, searchStatement } from './search-statement.ts';
import { checkSeen } from './seen.ts';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext, SearchPage } from './types.ts';

/**
 * A search, in one statement. One that a patient or an identifier bounds runs by name and, where it is for a page of one
 * patient's and includes nothing, with others of its shape. Any other is planned with its values, since what the planner
 * does without them is right for some values only (`status=finished` of 500,000 Encounters and `status=planned` of ten).
 */
export async function searchPage(
  statements: Statements,
  on: Queryable,
  shared: Run,
  context: RequestContext,
  query: Query,
): Promise<SearchPage> {
  try {
    return pageOf(context, query, await rowsOf(statements, on, shared, context, query));
  } catch (error) {
    throw searchProblem(error, query);
  }
}

function rowsOf(
  statements: Statements,
  on: Queryable,
  shared: Run,
  context: RequestContext,
  query: Query,
): Promise<PageRow[]> {
  if (query.everything) return alone(statements, on)<PageRow>(everythingOf(context, query, query.everything));
  if (query.around) return shared<PageRow>(boundedSearch(context, query));
  const bounded = isBounded(query) ? boundedSearch(context, query) : undefined;
  if (bounded && bounded.values.length <= MOST_COLUMNS) {
    const isShared = patientOf(query) !== null && !query.total && !query.includes.length;
    return isShared ? shared<PageRow>(bounded) : alone(statements, on)<PageRow>(bounded);
  }
  const { text, values } = plannedSearch(context, query);
  if (values.length > MOST_VALUES)
    throw new Problem('too-costly', 'The search has too many values: split it.');
  return statements.runOnce<PageRow>(on, text, values);
}

/** A shared statement has a column for each value, and PostgreSQL at most 1,664 of them. */
const MOST_COLUMNS = 1_600;
/** The protocol ends at 65,535. */
const MOST_VALUES = 20_000;

/** It may hold much, so that nobody else waits for its statement. */
function everythingOf(context: RequestContext, query: Query, everything: Everything): CallStatement {
  const sql = new CallBuilder();
  return sql.statement(everythingStatement(context, query, everything, sql));
}

/** The statement of a search that an index bounds: one plan serves all values. */
export function boundedSearch(context: RequestContext, query: Query): CallStatement {
  const sql = new CallBuilder();
  const { around } = query;
  return sql.statement(
    around ? aroundStatement(context, query, around, sql) : searchStatement(context, query, sql),
  );
}

/** The statement of any other, to be planned for its values. */
export function plannedSearch(context: RequestContext, query: Query): { text: string; values: unknown[] } {
  const sql = new SqlBuilder();
  const text = searchStatement(context, query, sql);
  return { text: `with recursive b as (select 1 as call), ${text}`, values: sql.values };
}

function pageOf(context: RequestContext, query: Query, rows: readonly PageRow[]): SearchPage {
  const backwards = query.cursor?.side === 'before';
  const page = rows.filter(({ n }) => n !== null).sort((a, b) => Number(a.n) - Number(b.n));
  const shown = page.slice(0, query.count);
  checkSize(rows);
  const more = page.length > shown.length;
  const [near, far] = [cursorOf(shown[0]), more ? cursorOf(shown.at(-1)) : undefined];
  const next = backwards ? near : far;
  const previous = backwards ? far : query.cursor && near;
  const included = rows.filter(({ n, type }) => n === null && type !== null);
  const kept = included.slice(0, query.maxIncluded);
  const facts = rows.filter(({ facts, type }) => facts !== null && type === null);
  checkNet([...shown, ...kept]);
  const seen = checkSeen(context, [...facts, ...shown, ...kept], storedOf);
  const resources = seen.slice(0, shown.length);
  const others = seen.slice(shown.length);
  const referred = rows.find((row) => row.referred)?.referred;
  const subject = rows.find((row) => row.subject)?.subject;
  return {
    resources: backwards ? resources.toReversed() : resources,
    included: others,
    includedAll: included.length <= query.maxIncluded,
    ...(next && { next }),
    ...(previous && { previous }),
    ...(query.total && { total: Number(rows[0]?.total) }),
    ...(subject && { subject }),
    ...(referred && { referred: JSON.parse(referred) as Record<string, boolean> }),
  };
}

const cursorOf = (row: PageRow | undefined): (string | null)[] | undefined =>
  row?.keys ? (JSON.parse(row.keys) as (string | null)[]) : undefined;

/** Characters of all texts: an answer is one string, and V8 has none of 512 MB. */
const MOST_TEXT = 128 * 1024 * 1024;

function checkSize(rows: readonly PageRow[]): void {
  const size = rows.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);
  if (size <= MOST_TEXT) return;
  throw new Problem('too-costly', 'The page is too large: ask for fewer with _count, or include less.');
}
