import { type Condition, printCondition } from './condition.ts';
import type { Parameter } from './parameter.ts';

export interface SortKey {
  readonly parameter: Parameter;
  readonly descending: boolean;
}

/** A parameter that a lenient caller sent and that was not applied. */
export interface Ignored {
  readonly name: string;
  /** English, for the warning in the answer. */
  readonly reason: string;
}

/** A search of one type as a value: all conditions hold, in the rights of the Scope it is run with. */
export interface Query {
  readonly type: string;
  readonly conditions: readonly Condition[];
  /** Empty: by id, which is the order of creation for ids that the server gave. */
  readonly sort: readonly SortKey[];
  /** Page size, 0-1000; 0 asks for the total only. */
  readonly count: number;
  /** True when Bundle.total is asked for; it is exact. */
  readonly total: boolean;
  /** The parameters that were applied, in order and percent-encoded, without a question mark. */
  readonly self: string;
  readonly ignored: readonly Ignored[];
  /** Sort key values and id of the last row of the page before, as `CompiledSort.select` gave them. */
  readonly after?: readonly (string | null)[];
}

/** A short readable form: `CareTeam where status = active; patient = Patient/x sort -date count 20`. */
export function printQuery(query: Query): string {
  const where = query.conditions.map(printCondition).join('; ');
  const sort = query.sort
    .map(({ parameter, descending }) => (descending ? '-' : '') + parameter.code)
    .join(',');
  return [
    query.type,
    where && `where ${where}`,
    sort && `sort ${sort}`,
    `count ${query.count}`,
    query.total && 'total',
    query.after && 'after',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The one patient that a search stays within, or null. */
export function patientOf(query: Query): string | null {
  for (const condition of query.conditions) {
    if (condition.kind !== 'reference' || condition.parameter.column !== 'patient') continue;
    const [value, ...others] = condition.values;
    if (value?.kind === 'local' && value.type === 'Patient' && !others.length) return value.id;
  }
  return null;
}
