import { type Caller, lawRule, type Period, patientsInReach, type StatedFact } from '@naravard/access';
import {
  compileGround,
  compileScope,
  compileSights,
  compileUnmasked,
  type Scope,
  SqlBuilder,
} from '@naravard/search';
import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import type { World } from './world.ts';

/** What the SQL says of a row. */
export interface Seen {
  readonly id: string;
  readonly ground: string | null;
  /** True where there is a ground. */
  readonly visible: boolean;
  /** Whether the patient is among those in reach of the caller, of whom there are some for every caller but systems. */
  readonly reached: boolean | null;
  /** Whether nothing of it is hidden, where it is visible. */
  readonly unmasked: boolean | null;
}

/** Key rows and facts, asked with the SQL of the law: `inline` row by row, `bound` with what is asked once a patient. */
export interface FactDatabase {
  fill(world: World): Promise<void>;
  inline(caller: Caller, at: string): Promise<Seen[]>;
  /** Rows about patients only. */
  bound(caller: Caller, at: string): Promise<Seen[]>;
  /** Patients that the caller may write about. */
  related(caller: Caller, at: string, patients: readonly string[]): Promise<string[]>;
  readonly pool: TestDatabase['pool'];
  drop(): Promise<void>;
}

export async function openFactDatabase(): Promise<FactDatabase> {
  const { pool, drop } = await createTestDatabase();
  const ask = async <Row extends object>(text: string, sql: SqlBuilder): Promise<Row[]> =>
    (await pool.query<Row>(text, sql.values)).rows;
  const scopeOf = (caller: Caller, at: string) => lawRule(caller, at) as Scope;
  return {
    pool,
    drop,
    async fill({ rows, facts }) {
      await pool.query('truncate fact, resource');
      await pool.query(insertFacts, [JSON.stringify(facts.map(storedFact))]);
      await pool.query(insertRows, [JSON.stringify(rows)]);
    },
    inline(caller, at) {
      const sql = new SqlBuilder();
      const scope = scopeOf(caller, at);
      const text = `select r.id, ${answers(caller, at, scope, sql)} from resource r`;
      return ask(text, sql);
    },
    bound(caller, at) {
      const sql = new SqlBuilder();
      const scope = scopeOf(caller, at);
      const sights = compileSights(scope, 'p.patient', sql);
      const text = `select r.id, ${answers(caller, at, scope, sql, 's')}
from (select distinct patient from resource where patient is not null) p
${sights && `cross join lateral ${sights} s`} join resource r on r.patient = p.patient`;
      return ask(text, sql);
    },
    async related(caller, at, patients) {
      const sql = new SqlBuilder();
      const ids = sql.param(patients, 'text[]');
      const text = `select p.id from unnest(${ids}) as p(id) where ${lawRule(caller, at).relation('p.id', sql)}`;
      return (await ask<{ id: string }>(text, sql)).map(({ id }) => id);
    },
  };
}

function answers(caller: Caller, at: string, scope: Scope, sql: SqlBuilder, sights?: string): string {
  const reach = patientsInReach(caller, at)(sql);
  const ground = compileGround(scope, 'r', sql, sights);
  const visible = compileScope(scope, 'r', sql, sights);
  const unmasked = compileUnmasked(scope, 'r', sql, sights) ?? 'true';
  return `${ground} as ground, (${visible}) is true as visible, ${unmasked} as unmasked, ${reach ? `r.patient = any(${reach})` : 'true'} as reached`;
}

const range = ({ start, end }: Period) => `[${start ?? '-infinity'},${end ?? 'infinity'})`;

const storedFact = (fact: StatedFact) => ({
  ...fact,
  during: range(fact.during),
  information: fact.information && range(fact.information),
});

const insertFacts = `insert into fact (bucket, rid, patient, kind, organisation, unit, person, during, information, types, about, value, author)
select 0, gen_random_uuid(), f.* from jsonb_to_recordset($1::jsonb) as f(patient text, kind text, organisation text, unit text, person text,
  during tstzrange, information tstzrange, types text[], about text, value text, author text)`;

const insertRows = `insert into resource (bucket, rid, version, deleted, last_updated, digest, found, tokens, id, type, patient, custodian, author_unit, labels, starts)
select 0, gen_random_uuid(), 1, false, now(), '', '', '{}', r.* from jsonb_to_recordset($1::jsonb) as r(id text, type text, patient text,
  custodian text, author_unit text, labels text[], starts timestamptz)`;
