import type { ScopeRule, Sights, SqlBuilder } from '@naravard/search';
import type { LegalActor, PersonCaller } from '../caller.ts';
import { keyOfActor } from '../legal-actor-key.ts';
import { guardianAccess } from './guardian.ts';
import { asColumns } from './literal.ts';
import { isLabelled } from './masked.ts';
import { noPatient } from './no-patient.ts';
import { patientAccess } from './patient.ts';
import { ruleOf } from './rule.ts';

/** As `person` of decide.ts; `within`: through a system client of that organisation, so within its data (SVOD 4 kap 1 §). */
export function personRule(caller: PersonCaller, at: string, within: LegalActor | null): ScopeRule {
  const access = caller.kind === 'patient' ? patientAccess(caller, at) : guardianAccess(caller, at);
  const of = (sql: SqlBuilder) => sql.named('person asked about', access.of, 'text');
  return ruleOf({
    shape: within ? `system for ${access.kind}` : access.kind,
    reason: access.reason,
    // The one patient is known, so that these are asked once in a statement, whatever rows it tries.
    sights: (_patient, sql) => personSights(access.sights(of(sql), sql), of(sql)),
    relation: (patient, sql) => `(${patient} = ${of(sql)} and ${access.writes(of(sql), sql)})`,
    ground: (row, sight, sql) => {
      const own = within
        ? ` and ${row}.custodian = ${sql.named('client organisation', keyOfActor(within), 'text')}`
        : '';
      return `case
when ${row}.patient is null then ${noPatient(row)}
when ${row}.patient = ${of(sql)}${own} then ${access.ground(row, sight)} end`;
    },
    // What is labelled or kept otherwise, whatever is blocked: a spärr hides nothing from the person.
    hidesIn: () => 'true',
    unmasked: (row) => `(${row}.patient is not null or not ${isLabelled(row)})`,
  });
}

function personSights(values: Readonly<Record<string, string>>, of: string): Sights {
  return {
    one(name) {
      const value = values[name];
      if (value === undefined) throw new Error(`${name} is no sight of a person`);
      return `(${value})`;
    },
    all: (told) =>
      `select ${asColumns({ ...values, ...(told && { told: `(select ${told} from fact where fact.patient = ${of})` }) })}`,
  };
}
