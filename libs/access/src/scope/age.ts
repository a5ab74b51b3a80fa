import type { SqlBuilder } from '@naravard/search';
import { latestBirth } from '../age.ts';
import type { FactKind } from '../stated-fact.ts';

/** The birth date that is known of a patient, as text that compares as dates do; null when it is not known to the day. */
export const bornOf = (patient: string): string =>
  `(select min(birth.value collate "C") from fact birth where birth.patient = ${patient} and birth.kind = 'born')`;

/** As `latestBirth` of age.ts, as a parameter. */
export const bornBy = (years: number, at: string, sql: SqlBuilder): string =>
  sql.named(`${years} years`, latestBirth(years, at), 'text');

/** Units that have documented an exception for the patient at 13-15 years, as text[]. */
export const exceptUnits = (patient: string, kind: FactKind, at: string): string =>
  `array(select fact.unit from fact where fact.patient = ${patient} and fact.kind = '${kind}' and fact.during @> ${at})`;
