import type { SqlBuilder } from '@naravard/search';
import { registrationsOf } from '../registrations.ts';
import type { LogFilter } from './reading.ts';

/** SQL on alias `a` of `audit`, `shown` being SQL of the targets that the reader may see. */
export function compileFilter(filter: LogFilter, shown: string, sql: SqlBuilder): string {
  switch (filter.kind) {
    case 'patient':
      return `a.patient = any(${registrationsOf(sql.param(filter.ids, 'text[]'))})`;
    case 'agent': {
      const ids = sql.param(filter.ids, 'text[]');
      return `(a.actor = any(${ids}) or a.client = any(${ids}))`;
    }
    case 'outcome':
      return `a.outcome = any(${sql.param(filter.codes, 'smallint[]')})`;
    case 'interaction': {
      const one = `a.interaction = any(${sql.param(filter.oneOf, 'text[]')})`;
      return filter.noneOf
        ? `(${one} or not a.interaction = any(${sql.param(filter.noneOf, 'text[]')}))`
        : one;
    }
    case 'target': {
      const keys = sql.param(filter.keys, 'text[]');
      return `('Patient/' || a.patient = any(${keys}) or exists (select from unnest(${shown}) target where split_part(target, '/_history/', 1) = any(${keys})))`;
    }
    case 'time':
      return timeCondition(filter, sql);
    case 'id':
      return `a.id = any(${sql.param(filter.ids, 'uuid[]')})`;
    default:
      return filter satisfies never;
  }
}

function timeCondition({ start, end, not }: Extract<LogFilter, { kind: 'time' }>, sql: SqlBuilder): string {
  const from = start === null ? [] : [`a.at >= ${sql.param(start, 'timestamptz')}`];
  const until = end === null ? [] : [`a.at < ${sql.param(end, 'timestamptz')}`];
  const within = [...from, ...until].join(' and ') || 'true';
  return not ? `not (${within})` : within;
}
