import type pg from 'pg';

const tables = `
select c.oid, c.relname as name, c.relkind = 'p' as partitioned, pg_get_partkeydef(c.oid) as key, c.reloptions as options, obj_description(c.oid) as comment
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 2`;
const columns = `
select '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
  || case when coll.collname <> 'default' then ' collate "' || coll.collname || '"' else '' end
  || case when a.attnotnull then ' not null' else '' end
  || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join pg_collation coll on coll.oid = a.attcollation
where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`;
const constraints = `
select '  constraint ' || conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint
where conrelid = $1 and contype in ('p', 'u', 'c', 'x', 'f') order by conname`;
const indexes = `
select pg_get_indexdef(i.indexrelid) || ';' as line from pg_index i
where i.indrelid = $1 and not exists (select from pg_constraint where conindid = i.indexrelid) order by 1`;
const grants = `
select 'grant ' || string_agg(lower(privilege_type), ', ' order by privilege_type) || ' on ' || $1::regclass || ' to ' || grantee::regrole || ';' as line
from pg_class c, aclexplode(c.relacl) where c.oid = $1 and grantee <> c.relowner group by grantee order by grantee::regrole::text`;
const policies = `
select 'alter table ' || $1::regclass || ' enable row level security;' as line from pg_class where oid = $1 and relrowsecurity
union all (
  select 'create policy ' || polname || ' on ' || polrelid::regclass || case when polpermissive then '' else ' as restrictive' end
    || ' for ' || case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end
    || ' to ' || array_to_string(polroles::regrole[], ', ')
    || coalesce(' using (' || pg_get_expr(polqual, polrelid) || ')', '')
    || coalesce(' with check (' || pg_get_expr(polwithcheck, polrelid) || ')', '') || ';'
  from pg_policy where polrelid = $1 order by polname
)`;
const functions = `
select pg_get_functiondef(p.oid) || ';' as line from pg_proc p
where p.pronamespace = 'public'::regnamespace and not exists (select from pg_depend where objid = p.oid and deptype = 'e') order by p.proname`;

/** The schema as text, from the catalogs: what the migrations amount to, so that a review sees it as a difference. */
export async function dumpSchema(client: pg.Pool): Promise<string> {
  const lines = async (sql: string, oid: number) =>
    (await client.query<{ line: string }>(sql, [oid])).rows.map(({ line }) => line);
  const parts: string[] = [
    '-- Written by `npm run schema`; a test compares it with what the migrations make.',
  ];
  for (const table of (await client.query(tables)).rows) {
    const body = [...(await lines(columns, table.oid)), ...(await lines(constraints, table.oid))].join(',\n');
    const partition = table.partitioned ? ` partition by ${table.key}` : '';
    const options = table.options ? ` with (${table.options.join(', ')})` : '';
    const comment = table.comment ? `-- ${table.comment}\n` : '';
    parts.push(`${comment}create table ${table.name} (\n${body}\n)${partition}${options};`);
    const rest = [
      ...(await lines(indexes, table.oid)),
      ...(await lines(grants, table.oid)),
      ...(await lines(policies, table.oid)),
    ];
    if (rest.length) parts.push(rest.join('\n'));
  }
  for (const { line } of (await client.query<{ line: string }>(functions)).rows) parts.push(line);
  return `${parts.join('\n\n')}\n`;
}
