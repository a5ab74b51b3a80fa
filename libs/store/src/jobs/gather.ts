import { compileWhere, SqlBuilder, Statement } from '@naravard/search';
import type { Queryable, Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import type { Among, Chunk, Held } from './jobs.ts';

/**
 * One statement: rows of a chunk that the caller may find and that meet the conditions go into the file, by id and version, and
 * the position with them, so that an export that is broken off goes on where it was. The rows that are looked at are chosen
 * before the Scope is asked: a chunk takes as long wherever those that the caller sees lie.
 */
export async function gatherChunk(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  held: Held,
  chunk: Chunk,
): Promise<{ file: number; position: string } | undefined> {
  const sql = new SqlBuilder();
  const text = gatherStatement(context, held, chunk, sql);
  const [row] = await statements.runOnce<{ file: string; position: string }>(on, text, sql.values);
  return row && { file: Number(row.file), position: row.position };
}

function gatherStatement(
  context: RequestContext,
  { id, worker }: Held,
  { file: at, type, conditions, among }: Chunk,
  sql: SqlBuilder,
): string {
  const file = sql.param(at, 'integer');
  const { head, isLast, position } = headOf(among, sql.param(type, 'text'), sql);
  const statement = new Statement(sql, context.scope).trying();
  const where = compileWhere({ type, conditions, sort: [] }, 'r', statement);
  return `with mine as materialized (
  select j.id from job j where j.id = ${sql.param(id, 'uuid')} and j.worker = ${sql.param(worker, 'uuid')} and j.state = 'running' for update
), head as materialized (
  ${head}
), held as (
  insert into job_item (job, file, type, id, version)
  select mine.id, ${file}, f.type, f.id, f.version from mine cross join (
    select r.type, r.id, r.version from head r where ${where} order by r.id offset 0
  ) f order by f.id returning 1
)
update job j set done = j.done + (select count(*) from held), attempts = 0,
  file = case when ${isLast} then ${file} + 1 else ${file} end, position = case when ${isLast} then '' else ${position} end
from mine where j.id = mine.id returning j.file, j.position`;
}

/** The rows that are looked at, whether they are the last of the file, and where the next ones begin. */
function headOf(among: Among, type: string, sql: SqlBuilder) {
  switch (among.kind) {
    case 'type': {
      const count = sql.param(among.count, 'integer');
      const about = among.aboutPatients ? ' and r.patient is not null' : '';
      return {
        head: `select r.* from resource r where r.type = ${type} and r.id > ${sql.param(among.after, 'text')}${about} order by r.id limit ${count}`,
        isLast: `(select count(*) from head) < ${count}`,
        position: '(select max(h.id) from head h)',
      };
    }
    case 'patients':
      return {
        head: `select r.* from unnest(${sql.param(among.patients, 'text[]')}) as p(id) cross join lateral (
    select r.* from resource r where r.patient = p.id and r.type = ${type} offset 0
  ) r`,
        isLast: `${sql.param(among.next, 'text')} is null`,
        position: sql.param(among.next ?? '', 'text'),
      };
    default:
      return among satisfies never;
  }
}
