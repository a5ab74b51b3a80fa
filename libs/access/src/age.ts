import { parseDateRange } from '@naravard/fhir';

/**
 * Whether a person has turned `years`: from midnight in Europe/Stockholm of the birthday, 1 March for who was born on
 * 29 February when the year has none. Undefined when the birth date is not known to the day, or the instant unreadable.
 */
export function hasTurned(years: number, born: string | null, at: string): boolean | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(born ?? '');
  if (!parts || !parseDateRange(parts[0])) return undefined;
  const year = String(Number(parts[1]) + years).padStart(4, '0');
  const birthday = parseDateRange(`${year}-${parts[2]}-${parts[3]}`) ?? parseDateRange(`${year}-03-01`);
  const now = Date.parse(at);
  if (!birthday?.start || Number.isNaN(now)) return undefined;
  return now >= Date.parse(birthday.start);
}
