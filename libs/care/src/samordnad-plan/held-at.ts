import type { Period } from '@medplum/fhirtypes';
import { periodRange } from '@naravard/fhir';

/** Whether a period holds at an instant, ISO; one without limits does, and one that nobody can read does not. */
export function isHeldAt(period: Period | undefined, at: string): boolean {
  if (period?.start === undefined && period?.end === undefined) return true;
  const range = periodRange({
    ...(period.start !== undefined && { start: period.start }),
    ...(period.end !== undefined && { end: period.end }),
  });
  if (!range) return false;
  return (range.start === null || range.start <= at) && (range.end === null || at < range.end);
}
