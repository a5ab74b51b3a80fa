import { identifierSystems } from '@naravard/fhir';
import { SqlBuilder } from '@naravard/search';
import type { Queryable, Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import { isByOpening } from './by-opening.ts';
import { type LogTexts, logColumns, logRowOf, logTexts } from './log-columns.ts';
import { noteOfReading } from './log-page.ts';
import type { SpotCheck, SpotQuery, SpotReason } from './reading.ts';

/** Findings for one reason. */
export const mostOfEach = 500;

/**
 * PDL 4 kap 3 §, SVOD 4 kap 4 §, HSLF-FS 2016:40 4 kap 9 §: systematic, recurring checks of the log. One statement, with the
 * audit rows of its reading. It compares names and contacts of patients whom the reviewer may not read, and tells no more of
 * them than that they are alike: the one place where key rows are looked at without a Scope.
 */
export async function spotCheck(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  query: SpotQuery,
): Promise<SpotCheck> {
  const sql = new SqlBuilder();
  const text = spotStatement(context, query, sql);
  type Row = LogTexts & { reasons: string; accesses: string; cut: string };
  const rows = await statements.runOnce<Row>(on, text, sql.values);
  return {
    accesses: Number(rows[0]?.accesses ?? 0),
    findings: rows
      .filter(({ id }) => id !== null)
      .map((row) => ({ row: logRowOf(row), reasons: JSON.parse(row.reasons) as SpotReason[] })),
    cut: JSON.parse(rows[0]?.cut ?? '[]') as SpotReason[],
  };
}

function spotStatement(context: RequestContext, query: SpotQuery, sql: SqlBuilder): string {
  const most = sql.param(mostOfEach, 'integer');
  const found = Object.entries(findings(sql, query.count))
    .map(([reason, from]) => `(select '${reason}' as reason, f.id from (${from}) f limit ${most} + 1)`)
    .join('\n  union all ');
  return `with recursive access as materialized (
  ${accessesOf(query, sql)}
), pair as materialized (
  select distinct on (actor, unit, patient) * from access order by actor, unit, patient, at desc
), day as materialized (
  select distinct on (actor, unit, patient, at::date) * from access order by actor, unit, patient, at::date, at desc
), reader as materialized (
  select e.actor, p.bucket, p.rid, p.id from (select distinct actor from access) e
  join identifier i on i.value = upper(e.actor) and i.type = 'Practitioner' and i.param = 'identifier' and i.system = ${hsaId(sql)}
  join resource p on p.bucket = i.bucket and p.rid = i.rid and not p.deleted
), met as materialized (
  select a.id, a.unit, e.rid as reader, e.bucket as reader_bucket, e.id as reader_id, k.rid as met, k.bucket as met_bucket
  from pair a join reader e on e.actor = a.actor join resource k on k.type = 'Patient' and k.id = a.patient and not k.deleted
), found as (
  ${found}
), kept as (
  select f.id, e.at, array_agg(distinct f.reason) as reasons from (
    select f.*, row_number() over (partition by reason) as n from found f
  ) f join access e on e.id = f.id where f.n <= ${most} group by f.id, e.at
), seen as (
  select ${logColumns('a', 'a.targets')}, a.bucket, f.reasons from kept f join audit a on a.id = f.id and a.at = f.at
), noted as (
  ${noteOfReading(context, { kind: 'reviewer', organisation: query.organisation }, sql, 'seen')}
)
select ${logTexts('s')}, to_json(s.reasons)::text as reasons, n.accesses, n.cut
from (select (select count(*) from access) as accesses,
  (select coalesce(json_agg(reason), '[]')::text from (select reason from found group by reason having count(*) > ${most}) c) as cut
) n left join seen s on true order by s.at desc, s.id desc`;
}

/** Accesses by staff to a patient's data; that the log was read is none of them. */
const accessesOf = ({ organisation, start, end }: SpotQuery, sql: SqlBuilder): string =>
  `select a.id, a.at, a.actor, a.organisation, a.unit, a.patient, a.interaction, a.reason from audit a where a.organisation = ${sql.param(organisation, 'text')} and a.at >= ${sql.param(start, 'timestamptz')} and a.at < ${sql.param(end, 'timestamptz')}
    and a.outcome = 0 and a.actor_kind = 'staff' and a.patient is not null and (cardinality(a.targets) > 0 or a.interaction like '$%')
    and a.type is distinct from 'AuditEvent'`;

const hsaId = (sql: SqlBuilder): string => sql.named('hsaId', identifierSystems.hsaId, 'text');

/** SQL of the ids of rows for each reason. */
const findings = (sql: SqlBuilder, count: number): Record<SpotReason, string> => ({
  random: `select id from access order by random() limit ${sql.param(count, 'integer')}`,
  emergency: `select id from access where interaction = '$nodoppning' or ${isByOpening('reason')}`,
  'own-record': `select m.id from met m where ${isSamePerson('m.met', 'm.reader', sql)}`,
  'same-family-name': `select m.id from met m where not ${isSamePerson('m.met', 'm.reader', sql)} and ${alike('family', 'true')}`,
  // A street with its number and the same postal code; a city alone is no sign of anything.
  'same-address': `select m.id from met m where not ${isSamePerson('m.met', 'm.reader', sql)} and ${alike('address-postalcode', 'true')} and ${alike('address', `x.folded ~ '[a-z].*[0-9]'`)}`,
  colleague: `select m.id from met m where ${worksAt(sql)}`,
  'no-care-contact': `select a.id from day a where a.unit is not null and not exists (
    select from resource c where c.patient = a.patient and c.type = any(${sql.param(contacts, 'text[]')}) and not c.deleted
      and c.custodian = a.organisation and (c.author_unit = a.unit or c.author_unit is null)
      and coalesce(c.starts, '-infinity') < a.at + interval '30 days' and coalesce(c.ends, 'infinity') > a.at - interval '30 days'
      and (c.type <> 'EpisodeOfCare' or c.starts > a.at - interval '30 days'))`,
});

/**
 * Where a patient met the unit, was to meet it, or was written about. A standing relation is none, since no access is without
 * one: an EpisodeOfCare counts when it begins.
 */
const contacts = ['Encounter', 'Appointment', 'DocumentReference', 'EpisodeOfCare'];

/** A text that patient and reader have both, as it is searched for. */
const alike = (param: string, condition: string): string =>
  `exists (select from text_value x join text_value y on y.folded = x.folded and y.param = x.param and y.exact is not null
    where x.bucket = m.reader_bucket and x.rid = m.reader and x.param = '${param}' and x.exact is not null and y.bucket = m.met_bucket and y.rid = m.met and ${condition})`;

const isSamePerson = (one: string, other: string, sql: SqlBuilder): string =>
  `exists (select from identifier x join identifier y on y.value = x.value and y.system = x.system
    where x.rid = ${one} and y.rid = ${other} and x.system = any(${personal(sql)}))`;

/** The patient is, by personnummer, a Practitioner with a role at the reader's unit. */
const worksAt = (sql: SqlBuilder): string =>
  `exists (select from identifier x
    join identifier y on y.value = x.value and y.type = 'Practitioner' and y.system = x.system and y.rid <> m.reader
    join resource p on p.bucket = y.bucket and p.rid = y.rid and not p.deleted
    join reference w on w.target = p.id and w.type = 'PractitionerRole' and w.param = 'practitioner' and w.target_type = 'Practitioner'
    join resource q on q.bucket = w.bucket and q.rid = w.rid and not q.deleted
    join reference o on o.rid = w.rid and o.param = 'organization'
    where x.rid = m.met and x.system = any(${personal(sql)}) and (
      o.value = upper(m.unit) or exists (select from resource u join identifier i on i.bucket = u.bucket and i.rid = u.rid
        where u.type = 'Organization' and u.id = o.target and i.system = ${hsaId(sql)} and i.value = upper(m.unit))))`;

const personal = (sql: SqlBuilder): string =>
  sql.named('personal', [identifierSystems.personnummer, identifierSystems.samordningsnummer], 'text[]');
