const zone = 'Europe/Stockholm';
const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** The instant (milliseconds) at which clocks in Sweden show `date` (YYYY-MM-DD) and a full hour. */
export function swedishHour(date: string, hour: number): number {
  const utc = Date.parse(`${date}T00:00:00Z`) + hour * hourMs;
  const first = utc - offsetAt(utc);
  return utc - offsetAt(first);
}

/** `date` and full hour in Sweden at an instant. */
export function swedishNow(at: number): { readonly date: string; readonly hour: number } {
  const part = partsAt(at);
  return { date: `${part.year}-${part.month}-${part.day}`, hour: Number(part.hour) };
}

export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * 24 * hourMs).toISOString().slice(0, 10);

const hourMs = 3_600_000;

function offsetAt(at: number): number {
  const { year, month, day, hour, minute, second } = partsAt(at);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(at / 1000) * 1000;
}

const partsAt = (at: number): Readonly<Record<string, string>> =>
  Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
