import {
  compileGround,
  compileHiding,
  compileScope,
  compileUnmasked,
  type Everything,
  type EverythingFrom,
  type Query,
  type SqlBuilder,
  type Way,
} from '@naravard/search';
import { groundedColumns, keyColumns } from './include-statement.ts';
import type { RequestContext } from './types.ts';

/** How far a row is from what is asked for: it is part of that (0), named by it or naming it (1), or further on (2). */
const FURTHER = 2;

/**
 * The CTEs `related` and `included` of $everything: what the shown rows of `page` lead to, each once, until nothing new is found;
 * the nearest first, and one more than `maxIncluded` tells that there are more. Every row on the way is one that the caller
 * sees, so that what it does not see hides what only that leads to. `select`: whether the caller sees what the rows refer to,
 * where that may be hidden.
 */
export function comingWith(
  { scope }: RequestContext,
  { count, maxIncluded }: Query,
  everything: Everything,
  sights: string | undefined,
  sql: SqlBuilder,
): { ctes: string; select: string } {
  const step = stepOf(scope, everything, sights, sql);
  const ground = compileGround(scope, 'i', sql, sights);
  const types = sql.param([...everything.types], 'text[]');
  const most = maxIncluded + 1;
  const [start, further] =
    everything.kind === 'record' ? ['1', recordStep(step)] : ['0', graphStep(step, everything, sql)];
  return {
    ctes: `, related as (
  (select s.call, ${groundedColumns('s')}, ${start} as far from page s where s.n <= s.shown and not s.deleted)
  union
  (select s.call, ${keyColumns('i')}, d.ground, i.far from related s join b on b.call = s.call join top on top.call = s.call join g on g.call = s.call cross join lateral (
    ${further}
  ) i cross join lateral (select ${ground} as ground offset 0) d where not i.deleted and d.ground is not null)
), included as (
  select i.* from (
    select distinct on (i.rid) i.* from (
      select i.* from related i join b on b.call = i.call where i.type = any(${types}) limit ${count + (FURTHER + 1) * most}
    ) i order by i.rid, i.far
  ) i where not exists (
    select from page s where s.call = i.call and s.rid = i.rid and s.n <= s.shown
  ) order by i.far limit ${most}
)`,
    select: referred(step),
  };
}

/** SQL that every step asks. */
interface Step {
  /** Edge `x` of row `s` is one that the caller is shown, and what it refers to is looked for. */
  readonly shown: string;
  /** The same of edge `x` of row `i`, to what is shown already. */
  readonly shownBack: string;
  /** Whether references may be hidden, those `n` of a row that may be, and whether their target is seen; null: none ever are. */
  readonly hidden: Readonly<{ hides: string; edges(row: string): string; seen: string }> | null;
}

/**
 * The mask of protected identity leaves references, but those to places (OSL 2009:400 22 kap 1 §); where a reference is hidden,
 * what may stand within it is as well (PDL 2008:355 4 kap 4 §).
 */
function stepOf(
  scope: RequestContext['scope'],
  { within, revealing }: Everything,
  sights: string | undefined,
  sql: SqlBuilder,
): Step {
  const { unmasked, whole, hidden } = showing(scope, sights, sql);
  const isOpen = `x.param <> all(${sql.param([...within], 'text[]')})`;
  const isLeft = `x.target_type <> ${sql.param(PLACE, 'text')} and ${isOpen} and x.type || '.' || x.param <> all(${sql.param([...revealing], 'text[]')})`;
  return {
    shown: `(${isLeft} or ${unmasked('s')}) and (${isOpen} or ${whole('s')})`,
    shownBack: `(${isOpen} or ${unmasked('i')} and ${whole('i')})`,
    hidden,
  };
}

/** References to it are masked wherever they stand. */
const PLACE = 'Location';

interface Showing extends Pick<Step, 'hidden'> {
  /** Nothing of a row is masked. */
  unmasked(row: string): string;
  /** Nothing that a row refers to is hidden. */
  whole(row: string): string;
}

function showing(scope: RequestContext['scope'], sights: string | undefined, sql: SqlBuilder): Showing {
  // What is about nobody is masked or not whoever is asked about.
  const unmasked = (row: string) => {
    const [own, any] = [compileUnmasked(scope, row, sql, sights), compileUnmasked(scope, row, sql)];
    return own === null || any === null
      ? 'true'
      : `case when ${row}.patient is null then ${any} else ${own} end`;
  };
  const hides = scope.hiding && compileHiding(scope, 'g', sql, sights);
  if (!scope.hiding || !hides) return { unmasked, whole: () => 'true', hidden: null };
  const never = sql.param([...scope.hiding.never], 'text[]');
  // The sights are of one patient: what is about another is taken for hidden here, and looked at by itself when it is shown.
  const seen = `select ${compileScope(scope, 't', sql, sights)} as seen, t.patient from resource t where t.type = n.target_type and t.id = n.target offset 0`;
  const edges = (row: string) =>
    `reference n where n.rid = ${row}.rid and n.bucket = ${row}.bucket and n.target is not null and n.target_type <> all(${never})`;
  return {
    unmasked,
    whole: (row) =>
      `(not ${hides} or not exists (select from ${edges(row)} and not coalesce((select t.seen and (t.patient is null or t.patient = top.about) from (${seen}) t), false)))`,
    hidden: { hides, edges, seen },
  };
}

/** What a row refers to that is about nobody. */
const recordStep = ({ shown }: Step): string =>
  `select i.*, 1 as far from reference x join resource i on i.type = x.target_type and i.id = x.target
    where x.rid = s.rid and x.bucket = s.bucket and i.patient is null and ${shown}`;

/** The same of the one person, and what refers to it, each as far as `EverythingFrom` tells. */
function graphStep(
  { shown, shownBack }: Step,
  { type, whole: parts, back, backFurther, carried, ways }: EverythingFrom,
  sql: SqlBuilder,
): string {
  const named = (some: readonly Way[]) =>
    sql.param(
      some.map(({ from, to }) => `${from}>${to}`),
      'text[]',
    );
  const own = sql.param(type, 'text');
  const isPart = `s.far = 0 and s.type = ${own} and x.type = ${own} and x.target_type = ${own} and x.param = ${sql.param(parts, 'text')}`;
  const far = `case when ${isPart} then 0 else least(s.far + 1, ${FURTHER}) end as far`;
  const way = `x.type || '>' || x.target_type`;
  const ofOne = '(i.patient is null or i.patient = top.about)';
  const referring = sql.param(
    [...new Set([type, ...[...back, ...backFurther].map(({ from }) => from)])],
    'text[]',
  );
  return `select i.*, ${far} from reference x join resource i on i.type = x.target_type and i.id = x.target
    where x.rid = s.rid and x.bucket = s.bucket and ${ofOne} and ${shown}
    and (s.far = 0 or x.target_type = any(${sql.param([...carried], 'text[]')}) or ${way} = any(${named(ways)}))
    union all
    select i.*, ${far} from reference x join resource i on i.rid = x.rid and i.bucket = x.bucket
    where x.target = s.id and x.target_type = s.type and x.type = any(${referring}) and ${ofOne} and ${shownBack}
    and (${isPart} or s.far = 0 and ${way} = any(${named(back)}) or s.far = 1 and ${way} = any(${named(backFurther)}))`;
}

/**
 * A row without a resource: of what is shown refers to and may be hidden, whether the caller sees it. What is about another
 * patient is not told of.
 */
function referred({ hidden }: Step): string {
  if (!hidden) return '';
  const { hides, edges, seen } = hidden;
  return `
union all
select top.call, ${'null, '.repeat(13)}n.referred from top join b on b.call = top.call join g on g.call = top.call cross join lateral (
  select json_object_agg(n.target_type || '/' || n.target, coalesce(t.seen, false))::text as referred from (
    select distinct n.target_type, n.target from (
      select p.bucket, p.rid from page p where p.call = top.call and p.n <= p.shown union all select i.bucket, i.rid from included i where i.call = top.call
    ) s cross join lateral (select n.* from ${edges('s')} offset 0) n
  ) n left join lateral (${seen}) t on true where t.patient is null or t.patient = top.about
) n where ${hides}`;
}
