import { type Audience, type ContactNumber, type ContactPath, isFor } from './contact-path.ts';
import { isRed, kindOfDay, weekdayOf } from './holidays.ts';
import { type OpenRange, openMinutes } from './opening-hours.ts';
import { DAY_MINUTES, MINUTE, stretchesOf, wallTimeOf } from './stockholm-clock.ts';

/**
 * The first instant (ISO) in [from, to) at which none of the telephone numbers is known to be answered, exact to the minute;
 * null when there is none. Instants are ISO; paths are those that hold at some time of the interval (`contactPathsOf` with
 * `until`). With an audience, only numbers that may be given to it count.
 *
 * Days of the same sort have the same gaps: weekday, and whether it and the day before are holidays. So two years are seven
 * hundred look-ups and a few dozen computations.
 */
export function firstGap(
  paths: readonly ContactPath[],
  from: string,
  to: string,
  audience: Audience = 'personal',
): string | null {
  const numbers = paths
    .flatMap((path) => path.numbers)
    .filter((number) => number.system === 'phone' && isFor(number, audience));
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const limits = numbers
    .flatMap(({ hours }) => hours.closed.flatMap((span) => [span.start, span.end]))
    .filter((instant) => instant > start && instant < end);
  const turns = [start, ...[...new Set(limits)].sort((a, b) => a - b), end];
  for (const [index, begins] of turns.slice(0, -1).entries()) {
    const gap = gapBetween(rangesAt(numbers, begins), begins, turns[index + 1] ?? end);
    if (gap !== undefined) return new Date(gap).toISOString();
  }
  return null;
}

/** Of the numbers that are not out of use at an instant, hence not until the next turn. */
const rangesAt = (numbers: readonly ContactNumber[], instant: number): OpenRange[] =>
  numbers.flatMap(({ hours: { ranges, closed } }) =>
    closed.some(({ start, end }) => start <= instant && instant < end) ? [] : ranges,
  );

function gapBetween(ranges: readonly OpenRange[], from: number, to: number): number | undefined {
  const known = new Map<number, Gaps>();
  const first = wallTimeOf(from).day;
  const last = wallTimeOf(to - 1).day;
  let before = redness(first - 1);
  for (let day = first; day <= last; day++) {
    const today = redness(day);
    const sort = weekdayOf(day) * 4 + today * 2 + before;
    before = today;
    const gaps = known.get(sort) ?? gapsOf(ranges, day);
    known.set(sort, gaps);
    if (!gaps.length) continue;
    const gap = instantsOf(day, gaps).find(({ start, end }) => Math.max(start, from) < Math.min(end, to));
    if (gap) return Math.max(gap.start, from);
  }
  return undefined;
}

const redness = (day: number): number => (isRed(kindOfDay(day)) ? 1 : 0);

/** Minutes of a day by the clock, as [from, to), in order. */
type Gaps = readonly (readonly [from: number, to: number])[];

function gapsOf(ranges: readonly OpenRange[], day: number): Gaps {
  const gaps: [number, number][] = [];
  let covered = 0;
  for (const [from, to] of openMinutes(ranges, day).sort(([a], [b]) => a - b)) {
    if (from > covered) gaps.push([covered, from]);
    covered = Math.max(covered, to);
  }
  if (covered < DAY_MINUTES) gaps.push([covered, DAY_MINUTES]);
  return gaps;
}

/** Gaps by the clock as they are in time, on days when the clock is put forward or back as well. */
const instantsOf = (day: number, gaps: Gaps): { start: number; end: number }[] =>
  stretchesOf(day).flatMap((stretch) =>
    gaps
      .map(([from, to]) => [Math.max(from, stretch.from), Math.min(to, stretch.to)] as const)
      .filter(([from, to]) => from < to)
      .map(([from, to]) => ({
        start: stretch.at + (from - stretch.from) * MINUTE,
        end: stretch.at + (to - stretch.from) * MINUTE,
      })),
  );
