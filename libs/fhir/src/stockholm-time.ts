const HOUR = 3_600_000;

/**
 * The instants (ms since 1970 UTC) at which a wall clock in Europe/Stockholm shows `local` (the same wall time read as
 * UTC). They are one and the same, except in the hour that is repeated when summer time ends: there they are an hour
 * apart. In the hour that is skipped when it begins, both are the instant at which a clock not yet changed would show it.
 *
 * Rules: summer time from 01:00 UTC on the last Sunday of March to the last Sunday of October (directive 2000/84/EC);
 * 1980-1995 to the last Sunday of September, 1980 from 6 April. Before 1980 Sweden is taken as UTC+1 throughout.
 * Computed and not asked of Intl, which takes 1.2 us or more a call and gives Berlin's history for Stockholm before
 * 1970; a test compares the hours of 1980-2045 with Intl, so a change of the law shows when Node is updated.
 */
export function stockholmInstants(local: number): { first: number; last: number } {
  const winter = local - HOUR;
  const { begins, ends } = summerTime(winter);
  const summer = local - 2 * HOUR;
  const inSummer = summer >= begins && summer < ends;
  const inWinter = winter < begins || winter >= ends;
  return { first: inSummer ? summer : winter, last: inWinter || !inSummer ? winter : summer };
}

/** Summer time of the year that `instant` lies in; empty before 1980. */
function summerTime(instant: number): { begins: number; ends: number } {
  const year = new Date(instant).getUTCFullYear();
  if (year < 1980) return { begins: Infinity, ends: Infinity };
  return {
    begins: year === 1980 ? Date.UTC(1980, 3, 6, 1) : lastSunday(year, 2),
    ends: lastSunday(year, year < 1996 ? 8 : 9),
  };
}

/** 01:00 UTC on the last Sunday of a month (0-11). */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  return last.getTime() - last.getUTCDay() * 24 * HOUR;
}
