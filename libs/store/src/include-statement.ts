// http://hl7.org/fhir/R4/search.html#include
import { compileGround, compileInclude, type Include, type Query, type Statement } from '@naravard/search';
import { decidedColumns } from './seen.ts';

/** The columns of a key row that pages and includes carry. */
export const keyColumns = (alias: string): string => keys.map((name) => `${alias}.${name}`).join(', ');

const keys = ['bucket', 'rid', 'id', 'version', ...decidedColumns];

/** The same of a row of such a CTE, with the ground on which it is shown. */
export const groundedColumns = (alias: string): string => `${keyColumns(alias)}, ${alias}.ground`;

/**
 * The CTEs `related` and `included` of a search with includes: what the shown rows of `page` lead to, each once, and with
 * `:iterate` what that leads to, until nothing new is found. One row more than `maxIncluded` tells that there are more;
 * the rounds end there. Every row is one that the caller may see.
 */
export function includedRows({ includes, maxIncluded }: Query, statement: Statement): string {
  const rounds = (['forward', 'reverse'] as const).flatMap((way) => {
    const round = step(of(includes, way), way, statement);
    return round
      ? [
          `select s.call, ${groundedColumns('i')} from page s join b on b.call = s.call ${round} where s.n <= s.shown`,
        ]
      : [];
  });
  const iterated = includes.filter(({ iterate }) => iterate);
  const further = (['forward', 'reverse'] as const).flatMap((way) => {
    const round = step(of(iterated, way), way, statement);
    return round ? [`select ${groundedColumns('i')} from (select) as once ${round}`] : [];
  });
  // UNION with a recursive term gives each row as it is found, and once: the limit below ends the work early.
  const again = further.length
    ? `select s.call, i.* from related s join b on b.call = s.call cross join lateral (${further.join(' union all ')}) i`
    : 'select s.* from related s where false';
  return `, related as (
  (${rounds.join('\n  union all\n  ')})
  union
  ${again}
), included as (
  select i.* from related i where not exists (
    select from page s where s.call = i.call and s.rid = i.rid and s.n <= s.shown
  ) limit ${maxIncluded + 1}
)`;
}

const of = (includes: readonly Include[], way: 'forward' | 'reverse'): Include[] =>
  includes.filter(({ reverse }) => reverse === (way === 'reverse'));

/** Joins the rows `i` that the includes lead to from the key row `s`; '' when there are no includes. */
function step(includes: readonly Include[], way: 'forward' | 'reverse', statement: Statement): string {
  if (!includes.length) return '';
  const holder = way === 'forward' ? 's' : 'i';
  const edges = [...new Set(includes.map((each) => compileInclude(each, holder, statement)))].join(' or ');
  const [here, there] =
    way === 'forward'
      ? [`x.rid = s.rid and x.bucket = s.bucket`, 'i.type = x.target_type and i.id = x.target']
      : [`x.target = s.id and x.target_type = s.type`, 'i.rid = x.rid and i.bucket = x.bucket'];
  return `cross join lateral (
    select ${keyColumns('i')}, ${compileGround(statement.scope, 'i', statement.sql)} as ground from reference x join resource i on ${there} where ${here} and (${edges}) and ${statement.visible(null, 'i')}
  ) i`;
}
