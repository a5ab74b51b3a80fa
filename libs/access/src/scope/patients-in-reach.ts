import type { SqlBuilder } from '@naravard/search';
import type { Caller, Commission } from '../caller.ts';
import { deciding } from '../paths/system-client.ts';
import { carePurpose } from '../purpose.ts';
import { words } from './literal.ts';
import { readerOf, readerValues } from './reader.ts';
import { relationsWithin } from './relation.ts';

/**
 * SQL of an array of the patients that a caller may see anything about at an instant: whom staff have a relation or an
 * open nödöppning to, the one patient of a person. A row about a patient who is not among them is not seen; a row about
 * one of them may be. Undefined for a system client, which sees its organisation's data about whomever they are.
 */
export function patientsInReach(caller: Caller, at: string): (sql: SqlBuilder) => string | undefined {
  const none = () => `'{}'::text[]`;
  if (Number.isNaN(Date.parse(at))) return none;
  const who = deciding(caller);
  switch (who.kind) {
    case 'staff': {
      const { commission } = who;
      return commission.purpose === carePurpose ? (sql) => patientsOfStaff(commission, at, sql) : none;
    }
    case 'patient':
      return (sql) => `array[${sql.named('person asked about', who.patient, 'text')}]`;
    case 'guardian':
      return (sql) => `array[${sql.named('person asked about', who.of, 'text')}]`;
    case 'system':
      return who.onBehalfOf === null
        ? () => undefined
        : who.onBehalfOf.kind === 'staff'
          ? none
          : patientsInReach(who.onBehalfOf, at);
    case 'administrator':
      return none;
    default:
      return who satisfies never;
  }
}

/** Unit by unit, so that the index on (organisation, unit, kind) leads to them. */
function patientsOfStaff(commission: Commission, at: string, sql: SqlBuilder): string {
  const reader = readerOf(readerValues(commission, new Date(at).toISOString()), sql);
  const kinds = words(...relationsWithin[commission.organisation.as], 'emergency');
  const of = (unit: string) =>
    `select fact.patient from fact where fact.organisation = ${reader.organisation} and fact.unit ${unit} and fact.kind = any(${kinds})
and (fact.person is null or fact.person = ${reader.employee}) and fact.during @> ${reader.at} and fact.patient is not null`;
  return `array(${of(`= ${reader.unit}`)} union all ${of('is null')})`;
}
