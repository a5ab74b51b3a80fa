import { custodianOf } from '@naravard/access';
import { compileScope } from '@naravard/search';
import { auditColumns, auditRow, auditValues, scopeReason } from './audit.ts';
import { CallBuilder, type CallStatement } from './gathered.ts';
import { madeOf, wordsOf } from './index-tables.ts';
import { keyFields } from './key-fields.ts';
import { later } from './put-statement.ts';
import { instant } from './statement.ts';
import type { PutWrite, RequestContext, Written } from './types.ts';

interface UpdatedRow {
  version: string;
  last_updated: string;
}

/**
 * An update that changes nothing the index tables hold, which most do: it leaves them alone and may share a statement
 * with others. Undefined when it is not such an update, when it is refused, or when somebody else holds the row right
 * now (skipped, so that no caller waits for another's row): the whole statement then decides.
 */
export async function lightUpdate(
  run: (statement: CallStatement) => Promise<UpdatedRow[]>,
  context: RequestContext,
  write: PutWrite,
): Promise<Written | undefined> {
  const [updated] = await run(statement(context, write));
  const { type, id } = write;
  return (
    updated && {
      result: 'updated',
      type,
      id,
      version: Number(updated.version),
      lastUpdated: instant(updated.last_updated),
    }
  );
}

const kept = new Set(['bucket', 'rid', 'type', 'id', 'found']);

function statement(context: RequestContext, write: PutWrite): CallStatement {
  const sql = new CallBuilder();
  const fields = new Map(keyFields.map(([name, type, pick]) => [name, sql.param(pick(write) ?? null, type)]));
  const set = [...fields].filter(([name]) => !kept.has(name)).map(([name, value]) => `${name} = ${value}`);
  const expected = sql.param(write.expected ?? null, 'integer');
  const custodian = sql.param(custodianOf(context.actor));
  const unit = sql.param(context.actor.unit);
  const author = sql.param(context.actor.id);
  const [method, meta, body] = [write.method, write.meta, write.body].map((value) => sql.param(value));
  const words = sql.param(wordsOf(write));
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: sql.param(scopeReason(context)),
    outcome: '0',
    bucket: 'b.bucket',
    type: 'b.type',
    patient: 'b.patient',
    targets: `array[b.type || '/' || b.id || '/_history/' || b.version]`,
    custodians: 'array_remove(array[b.custodian], null)',
  });
  const text = `l as (
  select b.*, r.bucket, r.rid, r.words as old_words from b cross join lateral (
    select r.bucket, r.rid, r.words from resource r
    where r.type = ${fields.get('type')} and r.id = ${fields.get('id')} and not r.deleted and r.found = ${fields.get('found')}
      and r.digest <> ${fields.get('digest')} and (${expected} is null or r.version = ${expected})
      and (r.patient is null or r.patient is not distinct from ${fields.get('patient')}) and ${compileScope(context.writable(), 'r', sql)}
    for update skip locked
  ) r
), w as (
  update resource r set version = r.version + 1, last_updated = ${later}, xid = pg_current_xact_id(), ${set.join(', ')}
  from l b where r.bucket = b.bucket and r.rid = b.rid
  returning b.call, r.type, r.id, r.patient, r.custodian, r.version, r.last_updated
), done as (
  select l.*, w.type, w.id, w.patient, w.custodian, w.version, w.last_updated from w join l on l.call = w.call
), v as (
  insert into version (bucket, rid, version, type, method, last_updated, custodian, author_unit, author, labels, meta, body)
  select b.bucket, b.rid, b.version, b.type, ${method}, b.last_updated, ${custodian}, ${unit}, ${author}, ${fields.get('labels')}, ${meta}, ${body} from done b
), a as (
  insert into audit (${auditColumns}) select ${row} from done b
), t as (
  insert into full_text (bucket, rid, type, words)
  select b.bucket, b.rid, b.type, ${madeOf('words', `coalesce(${words}, '')`)} from done b where b.old_words is distinct from ${fields.get('words')}
  on conflict (bucket, rid) do update set words = excluded.words
), o as (
  insert into outbox (bucket, rid, version, type, id, method, patient)
  select b.bucket, b.rid, b.version, b.type, b.id, ${method}, b.patient from done b
)
select call, version, last_updated from done`;
  return sql.statement(text);
}
