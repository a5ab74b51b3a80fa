const FORM = /^(\d\d)?(\d\d)(\d\d)(\d\d)([-+]?)(\d{4})$/;

/**
 * A personnummer or samordningsnummer (day + 60) as twelve digits, from ten or twelve digits with or without `-` or `+`
 * (folkbokföringslagen 1991:481, 18 and 18 a §§: a hyphen turns into a plus the year the person becomes a hundred).
 * Undefined when it has not that form or its date is not in the calendar; the check digit is not looked at.
 * `now` (ms since 1970) decides the century of ten digits.
 */
export function nationalNumber(text: string, now: number): string | undefined {
  const parts = FORM.exec(text.trim());
  if (!parts) return undefined;
  const [, century, year = '', month = '', day = '', mark = '', serial = ''] = parts;
  const full = century === undefined ? fullYear(year, month, day, mark, now) : `${century}${year}`;
  return inCalendar(full, month, day) ? `${full}${month}${day}${serial}` : undefined;
}

/** The latest year ending in `year` that is not after today; with a plus, the latest a hundred years ago or more. */
function fullYear(year: string, month: string, day: string, mark: string, now: number): string {
  const today = new Date(now);
  const latest = mark === '+' ? today.getUTCFullYear() - 100 : today.getUTCFullYear();
  const candidate = latest - ((((latest - Number(year)) % 100) + 100) % 100);
  if (mark === '+' || candidate < latest) return String(candidate);
  const birthday = Date.UTC(candidate, Number(month) - 1, birthDay(day));
  return String(birthday > now ? candidate - 100 : candidate);
}

function inCalendar(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(Number(year), Number(month) - 1, birthDay(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === birthDay(day);
}

const birthDay = (day: string): number => (Number(day) > 60 ? Number(day) - 60 : Number(day));
