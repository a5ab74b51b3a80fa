import { compileScope, type SqlBuilder } from '@naravard/search';
import { registrationsOf } from '../registrations.ts';
import type { RequestContext } from '../types.ts';
import type { LogReader } from './reading.ts';

/** Which rows, as SQL conditions whose rows are put together; one that an index can serve each. */
export function readable(
  reader: LogReader,
  context: RequestContext,
  sql: SqlBuilder,
  isOfPatient: boolean,
): readonly string[] {
  switch (reader.kind) {
    case 'reviewer': {
      const own = sql.param(reader.organisation, 'text');
      const held = `a.custodians @> array[${own}]`;
      return isOfPatient
        ? [`(a.organisation = ${own} or ${held})`]
        : [
            `a.organisation = ${own}`,
            `a.organisation is distinct from ${own} and ${acrossBorders} and ${held}`,
          ];
    }
    case 'person':
      return [
        `a.patient = any(${registrationsOf(sql.param([reader.patient], 'text[]'))}) and ${ownRefusal} is not true and ${mayRead(reader, context, sql)}`,
      ];
    case 'nobody':
      return ['false'];
    default:
      return reader satisfies never;
  }
}

/**
 * What the person was refused about the own data: such a row is there only where something is kept from the person, so it
 * would tell that there is.
 */
const ownRefusal = `(a.outcome <> 0 and a.actor_kind = 'patient' and a.actor = a.patient)`;

/** True of every row that one organisation leaves about the data of another: these few can have an index of their own. */
const acrossBorders = 'not a.custodians <@ array[a.organisation]';

/** SQL of whether the reader may read the log at all: of a person's, whether the caller sees the Patient. */
export function mayRead(reader: LogReader, context: RequestContext, sql: SqlBuilder): string {
  if (reader.kind !== 'person') return String(reader.kind === 'reviewer');
  const patient = sql.param(reader.patient, 'text');
  return `exists (select from resource p where p.type = 'Patient' and p.id = ${patient} and ${compileScope(context.scope, 'p', sql)})`;
}

/**
 * SQL of the targets that may be seen. The log of another organisation tells a reviewer about the own organisation's
 * data alone. A person is told the types: an id would tell of what is kept from the person.
 */
export function shownTargets(reader: LogReader, sql: SqlBuilder): string {
  switch (reader.kind) {
    case 'reviewer': {
      const own = sql.param(reader.organisation, 'text');
      return `case when a.organisation = ${own} then a.targets else array(
    select t.target from unnest(a.targets) with ordinality t(target, n)
    join resource r on r.type = split_part(t.target, '/', 1) and r.id = split_part(t.target, '/', 2)
    where r.custodian = ${own} order by t.n) end`;
    }
    case 'person':
      return `array(select distinct split_part(target, '/', 1) from unnest(a.targets) target order by 1)`;
    case 'nobody':
      return `'{}'::text[]`;
    default:
      return reader satisfies never;
  }
}

/** Why the reader may, for the audit row of the reading itself. */
export const groundOf = ({ kind }: LogReader): string =>
  kind === 'reviewer' ? 'log-review' : kind === 'person' ? 'own-log' : 'out of scope';
