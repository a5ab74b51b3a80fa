import { clockInWords, dayInWords, dayNumberOf, wallTimeOf } from '../ui/dates.ts';
import { languages } from './text/languages.ts';
import type { View } from './view.ts';

const WEEK = 7 * 86_400_000;

/** Days and times in words, in the language of the page. */
export function datesIn({ language, request }: View) {
  const { dates } = languages[language].shared;
  const at = request.now.toISOString();
  /** `23 november 2026`. */
  const date = (when: string) => {
    const { year, month, day } = wallTimeOf(when);
    return dates.date(day, dates.months[month - 1] ?? '', year);
  };
  return {
    date,
    /** `i dag`, `tisdag 24 november`. */
    day: (when: string) => dayInWords(when, at, dates),
    /** `måndag 23 november`, of today too: said from a week later it is no `i dag`. */
    weekday: (when: string) => dayInWords(when, new Date(Date.parse(when) + WEEK).toISOString(), dates),
    /** `23 november 2026 kl. 21.45`, for paper, where `i dag` says nothing. */
    onPaper: (when: string) => `${date(when)} ${dates.at(clockInWords(when, dates))}`,
    /** `14.30`. */
    clock: (when: string) => clockInWords(when, dates),
    /** Days from today by the Swedish calendar. */
    daysAway: (when: string) => dayNumberOf(when) - dayNumberOf(at),
  };
}
