import { custodianOf } from '@naravard/access';
import { SEVERAL_PATIENTS } from '@naravard/search';
import { auditColumns, auditRow, auditValues, custodiansOf, scopeReason } from './audit.ts';
import { mayHold } from './index-tables.ts';
import { indexWrites, inputOf, type PutInput, rowsOf } from './put-input.ts';
import { putReferences, referenceShape } from './reference-statement.ts';
import { Template } from './template.ts';
import type { PutWrite, RequestContext } from './types.ts';

/** Milliseconds, like the instants that are sent, and the same in the whole statement; a resource's own time never stands still. */
export const now = `date_trunc('milliseconds', statement_timestamp())`;
export const later = `greatest(${now}, r.last_updated + interval '1 millisecond')`;

export interface Statement {
  text: string;
  values: unknown[];
}

/** `move`: as `update`, of rows whose patient changes, by Patient/$merge (merge.ts). */
type Mode = 'update' | 'any' | 'move';

/** Composes put statements and keeps their texts by shape. */
export class PutStatements {
  readonly #shapes = new Map<string, { text: string; template: Template<PutInput> }>();

  of(context: RequestContext, writes: readonly PutWrite[], mode: Mode): Statement {
    const input: PutInput = { context, writes, found: rowsOf(writes) };
    const shape = `${mode} ${writes.length === 1} ${context.writable().shape} ${shapeOf(input)} ${referenceShape(input) ?? ''}`;
    let known = this.#shapes.get(shape);
    if (!known) {
      const template = new Template<PutInput>();
      known = { template, text: compose(template, input, mode) };
      this.#shapes.set(shape, known);
    }
    return { text: known.text, values: known.template.values(input) };
  }
}

/** One character a table: it has rows, it may have had some, or it is none of the types'. */
const shapeOf = ({ writes, found }: PutInput): string =>
  found.map(({ length }, at) => (length ? '1' : mayHold(at, writes) ? '0' : '-')).join('');

function compose(sql: Template<PutInput>, input: PutInput, mode: Mode): string {
  const single = input.writes.length === 1;
  const rows = inputOf(sql, single);
  const custodian = sql.param(({ context }) => custodianOf(context.actor), 'text');
  const unit = sql.param(({ context }) => context.actor.unit, 'text');
  const author = sql.param(({ context }) => context.actor.id, 'text');
  const references = referenceShape(input) === undefined ? undefined : putReferences(sql, input);
  const ctes = [
    `input as ${single ? 'not materialized ' : ''}(${rows})`,
    ...(references ? [references.cte] : []),
    `w as (${keyRows(sql, input, mode, custodian, unit)})`,
    `done as materialized (select w.*, i.n, i.method, i.meta, i.body, i.labels from w join input i on ${single ? 'true' : 'i.type = w.type and i.id = w.id'})`,
    `new_version as (insert into version (bucket, rid, version, type, method, last_updated, custodian, author_unit, author, labels, meta, body, activity)
  select bucket, rid, version, type, method, last_updated, ${custodian}, ${unit}, ${author}, labels, meta, body, ${mode === 'move' ? `'merge'` : 'null'} from done)`,
    ...input.found.flatMap(({ length }, at) =>
      mayHold(at, input.writes)
        ? indexWrites(sql, at, { single, empty: length === 0, moves: mode === 'move' })
        : [],
    ),
    ...traces(
      sql.param(({ context }) => auditValues(context), 'text[]'),
      sql.param(({ context }) => scopeReason(context), 'text'),
      'method',
      single,
    ),
  ];
  return `with ${ctes.join(',\n')}\nselect n, done.version, done.last_updated, o.version as seen, coalesce(o.deleted, true) as was_absent${references ? ', null as lost, null as refused' : ''}
from done left join resource o on o.bucket = done.bucket and o.rid = done.rid${references ? `\nunion all select null, null, null, null, null, l.* from (${references.told}) l` : ''}`;
}

const columns =
  'bucket, rid, type, id, version, deleted, last_updated, digest, found, words, patient, custodian, author_unit, labels, starts, ends, tokens, catalog';
export const returned =
  'returning r.bucket, r.rid, r.type, r.id, r.version, r.last_updated, r.patient, r.custodian';

/**
 * What has always been about several patients may become about one: its versions stay with none (`versioned` of read.ts).
 * What was about nobody may tell of anybody in its text, and becomes about no patient.
 */
const wasAboutSeveral = `(r.patient is null and '${SEVERAL_PATIENTS}' = any(r.labels)
  and not exists (select from version o where o.bucket = r.bucket and o.rid = r.rid and not '${SEVERAL_PATIENTS}' = any(o.labels)))`;

/** The key rows that may change: visible, unchanged since If-Match, about the same patient, and with a new text. */
function keyRows(
  sql: Template<PutInput>,
  input: PutInput,
  mode: Mode,
  custodian: string,
  unit: string,
): string {
  const order = input.writes.length === 1 ? '' : ' order by i.n';
  const insert = `insert into resource as r (${columns})
  select i.bucket, i.rid, i.type, i.id, 1, false, ${now}, i.digest, i.found, i.words, i.patient, ${custodian}, ${unit}, i.labels, i.starts, i.ends, i.tokens, i.catalog
  from input i${order}`;
  const source = mode === 'any' ? 'excluded' : 'i';
  const set = ['digest', 'found', 'words', 'patient', 'labels', 'starts', 'ends', 'tokens', 'catalog'].map(
    (name) => `${name} = ${source}.${name}`,
  );
  const change = `set version = r.version + 1, deleted = false, last_updated = ${later}, xid = pg_current_xact_id(), ${set.join(', ')}`;
  const visible = sql.scope(input.context.writable(), ({ context }) => context.writable(), 'r');
  const allowed = `${visible} and (r.deleted or r.digest <> ${source}.digest)${mode === 'move' ? '' : ` and (r.patient is not distinct from ${source}.patient or ${wasAboutSeveral})`}`;
  if (mode === 'any') {
    return `${insert} on conflict on constraint resource_type_id do update ${change} where ${allowed} ${returned}`;
  }
  return `update resource r ${change} from input i where r.type = i.type and r.id = i.id and (i.expected is null or r.version = i.expected) and ${allowed} ${returned}`;
}

/**
 * What every change leaves: audit, one row per patient, and an event for whoever follows the outbox. `single`: there is
 * one change, which needs no grouping.
 */
export function traces(audit: string, reason: string, method: string, single: boolean): string[] {
  const target = `type || '/' || id || '/_history/' || version`;
  const row = auditRow(audit, {
    reason,
    outcome: '0',
    bucket: single ? 'bucket' : 'min(bucket)',
    type: single ? 'type' : 'min(type)',
    patient: 'patient',
    targets: single ? `array[${target}]` : `array_agg(${target})`,
    custodians: single ? `array_remove(array[custodian], null)` : custodiansOf('done'),
  });
  return [
    `audited as (insert into audit (${auditColumns}) select ${row} from done${single ? '' : ' group by patient'})`,
    `told as (insert into outbox (bucket, rid, version, type, id, method, patient) select bucket, rid, version, type, id, ${method}, patient from done)`,
  ];
}
