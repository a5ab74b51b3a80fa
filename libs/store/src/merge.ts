import { factsSaid, mergeRights, type StatedFact } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import { compileScope, SqlBuilder } from '@naravard/search';
import type pg from 'pg';
import { auditColumns, auditRow, auditValues } from './audit.ts';
import { raced } from './failure.ts';
import type { Net } from './net.ts';
import { patientFacts } from './patient-facts.ts';
import { storedOf, type VersionRow, versionColumns } from './read.ts';
import type { Queryable, Statements } from './statement.ts';
import { inTransaction } from './transaction.ts';
import type { Merge, MergingPatient, MovingResource, PutWrite, RequestContext } from './types.ts';

/**
 * One person out of two Patients: every current resource about the source, whoever keeps it, gets a version that is about
 * the target, and what it states for access is stated about the target. Custodian, author unit and earlier versions stay.
 * The caller sees none of what is moved: `judge` has asked whether it may be.
 */
export function mergePatients(
  statements: Statements,
  pool: pg.Pool,
  net: Net,
  context: RequestContext,
  merge: Merge,
): Promise<MovingResource[]> {
  const { source, target, most } = merge;
  const writing = { ...context, ...mergeRights([source, target], context.at) };
  const work = async (on: Queryable) => {
    const [from, to] = await patients(statements, on, context, merge);
    merge.judge(from, to);
    const keys = await lockedRows(statements, on, merge);
    if (keys.length > most + 2) throw tooMany(most);
    const rows = await currentRows(statements, on, keys);
    for (const judged of [from, to]) {
      const now = rows.find(({ type, id }) => type === 'Patient' && id === judged?.stored.id);
      // Judged before it was locked, so that nobody waits for who may not.
      if (Number(now?.version) !== judged?.stored.version) throw raced();
    }
    const moved = rows.filter(({ type }) => type !== 'Patient').map(movingOf);
    merge.judgeMoved(moved, to?.custodian ?? null);
    const writes = rows.map((row) => movedWrite(row, merge));
    if (merge.preview) await noteAsked(statements, on, writing, [source, target]);
    else await move(statements, on, writing, merge, writes);
    return moved;
  };
  return inTransaction(pool, work, net.leave);
}

const tooMany = (most: number): Problem =>
  new Problem('too-costly', {
    severity: 'error',
    diagnostics: `More than ${most} resources are about this Patient: this operation moves no more than that.`,
    sv: 'Det finns för mycket om personen för att föras ihop på en gång. Kontakta driften.',
  });

interface PatientRow extends VersionRow {
  custodian: string | null;
  visible: string | null;
}

/** The source and the target, as the caller stands to them. */
async function patients(
  statements: Statements,
  on: Queryable,
  { scope }: RequestContext,
  { source, target }: Merge,
): Promise<(MergingPatient | undefined)[]> {
  const sql = new SqlBuilder();
  const text = `select ${versionColumns}, k.custodian, ${compileScope(scope, 'k', sql)} as visible
from resource k join version v on v.bucket = k.bucket and v.rid = k.rid and v.version = k.version
where k.type = 'Patient' and k.id = any(${sql.param([source, target], 'text[]')}) and not k.deleted`;
  const rows = await statements.run<PatientRow>(on, text, sql.values);
  const found: (MergingPatient | undefined)[] = [];
  for (const wanted of [source, target]) {
    const row = rows.find(({ id }) => id === wanted);
    const facts = row && (await patientFacts(statements, on, wanted));
    found.push(
      row &&
        facts && {
          stored: storedOf(row),
          custodian: row.custodian,
          visible: row.visible === 't',
          facts,
        },
    );
  }
  return found;
}

/** The two Patients and what is about the source, locked in the order of every writer; one more than may be moved. */
const lockedRows = (statements: Statements, on: Queryable, { source, target, most }: Merge) =>
  statements.run<{ bucket: string; rid: string }>(
    on,
    `select r.bucket, r.rid from resource r where (r.bucket, r.rid) in (
  select bucket, rid from resource where patient = $1 and not deleted
  union all select bucket, rid from resource where type = 'Patient' and id = $2 and not deleted
) order by r.type, r.id limit $3 for update`,
    [source, target, most + 3],
  );

interface MovingRow extends VersionRow {
  custodian: string | null;
  /** JSON of the facts that it states, one an element; of a Patient they are about itself and stay. */
  facts: string;
}

/** What is read after the locks is current. */
const currentRows = (
  statements: Statements,
  on: Queryable,
  keys: readonly { bucket: string; rid: string }[],
) =>
  statements.run<MovingRow>(
    on,
    `select ${versionColumns}, k.custodian, (select concat('[', string_agg(f.said, ','), ']') from fact f where f.rid = k.rid and f.bucket = k.bucket) as facts
from unnest($1::smallint[], $2::uuid[]) as i(bucket, rid)
join resource k on k.bucket = i.bucket and k.rid = i.rid
join version v on v.bucket = k.bucket and v.rid = k.rid and v.version = k.version`,
    [keys.map(({ bucket }) => bucket), keys.map(({ rid }) => rid)],
  );

function movedWrite(row: MovingRow, merge: Merge): PutWrite {
  const write = merge.restage({ ...storedOf(row), custodian: row.custodian });
  return row.type === 'Patient' ? write : { ...write, facts: movedFacts(row, merge) };
}

/**
 * All of it in one statement: versions, key rows, index rows, claims, facts, audit and outbox. Of two who were merged before,
 * the Patients say so already and stay as they are.
 */
async function move(
  statements: Statements,
  on: Queryable,
  writing: RequestContext,
  merge: Merge,
  all: readonly PutWrite[],
): Promise<void> {
  const writes = shared(all, merge);
  const { text, values } = statements.puts.of(writing, writes, 'move');
  const done = await statements.runOnce<{ n: string }>(on, text, values);
  const written = new Set(done.map(({ n }) => Number(n) - 1));
  const missed = writes.filter(({ type }, at) => !written.has(at) && type !== 'Patient');
  const told = new Set(writes.flatMap(({ rows }, at) => (written.has(at) ? [rows.patient] : [])));
  const untold = [merge.source, merge.target].filter((id) => !told.has(id));
  if (untold.length) await noteAsked(statements, on, writing, untold);
  if (!missed.length) return;
  throw new Problem('internal', [], { cause: new Error(`merge: ${missed[0]?.type} was not written`) });
}

/** A number that both have is the target's claim; the others of the source stay its own, so that nobody else is found by them. */
function shared(writes: readonly PutWrite[], { source, target }: Merge): PutWrite[] {
  const of = (patient: string) => writes.find(({ type, id }) => type === 'Patient' && id === patient);
  const theirs = new Set((of(target)?.claims ?? []).map(({ key }) => key));
  return writes.map((write) =>
    write === of(source) ? { ...write, claims: write.claims?.filter(({ key }) => !theirs.has(key)) } : write,
  );
}

const movingOf = (row: MovingRow): MovingResource => ({
  type: row.type,
  custodian: row.custodian,
  facts: statedBy(row),
});

const statedBy = ({ facts }: MovingRow): StatedFact[] => factsSaid(facts);

const movedFacts = (row: MovingRow, { source, target }: Merge): StatedFact[] =>
  statedBy(row).map((fact) => (fact.patient === source ? { ...fact, patient: target } : fact));

/** That a merge was asked of some persons; nothing of what is moved is shown. */
async function noteAsked(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  patients: readonly string[],
): Promise<void> {
  const sql = new SqlBuilder();
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: sql.param(context.scope.reason, 'text'),
    outcome: '0',
    bucket: 'p.bucket',
    type: 'p.type',
    patient: 'p.id',
    targets: `array[p.type || '/' || p.id]`,
    custodians: 'array_remove(array[p.custodian], null)',
  });
  const ids = sql.param(patients, 'text[]');
  const text = `insert into audit (${auditColumns}) select ${row} from resource p where p.type = 'Patient' and p.id = any(${ids})`;
  await statements.run(on, text, sql.values);
}
