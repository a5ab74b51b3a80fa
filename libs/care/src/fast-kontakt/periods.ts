import type { Period } from '@medplum/fhirtypes';
import { type DateRange, periodRange } from '@naravard/fhir';

/** A Period as an interval, open where it has no limit; undefined when nobody can tell what it says. */
export const rangeOf = (period: Period | undefined): DateRange | undefined =>
  period?.start === undefined && period?.end === undefined ? { start: null, end: null } : periodRange(period);

/** Whether two intervals have an instant in common. */
export const meet = (one: DateRange | undefined, other: DateRange | undefined): boolean =>
  one !== undefined && other !== undefined && startsBefore(one, other) && startsBefore(other, one);

const startsBefore = ({ start }: DateRange, { end }: DateRange): boolean =>
  start === null || end === null || start < end;
