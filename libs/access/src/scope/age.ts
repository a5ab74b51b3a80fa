import type { SqlBuilder } from '@naravard/search';
import { latestBirth } from '../age.ts';
import type { FactKind } from '../stated-fact.ts';

/**
 * The birth date that is known of a patient who is not registered as dead, as text that compares as dates do; null when it
 * is not known to the day. One look at the facts tells both (deceased.ts).
 */
export const bornOfLiving = (patient: string, at: string): string =>
  `(select min(life.value collate "C") filter (where life.kind = 'born') from fact life where life.patient = ${patient}
and (life.kind = 'born' or life.kind = 'deceased' and life.during @> ${at}) having not bool_or(life.kind = 'deceased'))`;

/** As deceased.ts. */
export const isDeceased = (patient: string, at: string): string =>
  `exists (select from fact where fact.patient = ${patient} and fact.kind = 'deceased' and fact.during @> ${at} offset 0)`;

/** As `latestBirth` of age.ts, as a parameter. */
export const bornBy = (years: number, at: string, sql: SqlBuilder): string =>
  sql.named(`${years} years`, latestBirth(years, at), 'text');

/** Units that have documented an exception for the patient at 13-15 years, each with its legal actor, as text[]. */
export const exceptUnits = (patient: string, kind: FactKind, at: string): string =>
  `array(select fact.organisation || ' ' || fact.unit from fact where fact.patient = ${patient} and fact.kind = '${kind}' and fact.during @> ${at})`;

/** As `hasAgeException` of age-exception.ts: whether one of `exceptUnits` has written the row. */
export const isExcepted = (row: string, units: string): string =>
  `${row}.custodian || ' ' || ${row}.author_unit = any(${units})`;
