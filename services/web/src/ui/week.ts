import type { ContactAnswer, CoverStretch } from '../api/plan.ts';
import { dayNumberOf, wallTimeOf } from './dates.ts';

/** Who is first to call in the week, by the letter that stands in the picture. */
export interface Answering {
  readonly letter: string;
  readonly name: string;
  readonly number: string;
}

/** A stretch of one day by the clock on the wall, in minutes after midnight. */
export interface DayStretch {
  readonly from: number;
  readonly to: number;
  /** Index in `answering`. */
  readonly who: number;
}

export interface WeekDay {
  /** Days since 1970. */
  readonly day: number;
  readonly stretches: readonly DayStretch[];
}

export interface Week {
  readonly answering: readonly Answering[];
  readonly days: readonly WeekDay[];
}

/**
 * The week's cover as seven days by the clock in Sweden. Whoever is first with the same number is one, whatever the reason;
 * a day when the clocks are changed is drawn as any other, since what matters is what the clock shows.
 */
export function weekOf(cover: readonly CoverStretch[], answers: readonly ContactAnswer[]): Week {
  const answering: Answering[] = [];
  const days = new Map<number, DayStretch[]>();
  for (const { from, to, answer } of cover) {
    const first = answers[answer]?.first;
    if (!first) continue;
    const who = answeringIndex(answering, first.name, first.value);
    const [start, end] = [wallTimeOf(from).minute ?? 0, wallTimeOf(to).minute ?? 0];
    const [firstDay, lastDay] = [dayNumberOf(from), dayNumberOf(to)];
    for (let day = firstDay; day <= lastDay; day += 1) {
      const stretch = { from: day === firstDay ? start : 0, to: day === lastDay ? end : wholeDay, who };
      if (stretch.to > stretch.from) addTo(days, day, stretch);
    }
  }
  return {
    answering,
    days: [...days].sort(([a], [b]) => a - b).map(([day, stretches]) => ({ day, stretches })),
  };
}

export const wholeDay = 24 * 60;

function answeringIndex(answering: Answering[], name: string, number: string): number {
  const known = answering.findIndex((one) => one.name === name && one.number === number);
  if (known >= 0) return known;
  return answering.push({ letter: String.fromCharCode(65 + answering.length), name, number }) - 1;
}

/** A stretch that goes on as the one before ended, with the same to call, lengthens it. */
function addTo(days: Map<number, DayStretch[]>, day: number, stretch: DayStretch): void {
  const before = days.get(day) ?? [];
  const last = before.at(-1);
  const goesOn = last?.who === stretch.who && last.to >= stretch.from;
  days.set(day, goesOn ? [...before.slice(0, -1), { ...last, to: stretch.to }] : [...before, stretch]);
}
