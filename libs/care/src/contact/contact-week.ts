import { type ContactNow, type ContactQuestion, contactNow, longAgoFrom } from './contact-now.ts';
import type { ContactPath } from './contact-path.ts';
import { DAY_MINUTES, MINUTE, stretchesOf, wallTimeOf } from './stockholm-clock.ts';

/** Whom to call, in a stretch of time in which that is the same. */
export type ContactAnswer = Pick<ContactNow, 'first' | 'thenList' | 'reason' | 'ifNoAnswer'>;

/** A week without gaps: from and to are ISO instants, `answer` is a place in `answers`. */
export interface ContactWeek {
  readonly cover: readonly { readonly from: string; readonly to: string; readonly answer: number }[];
  readonly answers: readonly ContactAnswer[];
}

/** As `contactNow` is asked, at an instant and until the next of `limits`. */
type QuestionAt = (at: string) => Omit<ContactQuestion, 'at'>;

/** Instants of a week from the start of the day of `at`, by the clock in Sweden; `end` is not part of it. */
export function weekOf(at: string): { start: number; end: number } {
  const { day } = wallTimeOf(Date.parse(at));
  const midnight = (of: number): number => stretchesOf(of)[0]?.at ?? 0;
  return { start: midnight(day), end: midnight(day + 7) };
}

/**
 * What `contactNow` answers at every instant of a week, asked only where that may change: when a number opens or closes, and at
 * `limits`, when paths and plans begin or end.
 */
export function contactWeek(
  questionAt: QuestionAt,
  limits: readonly number[],
  { start, end }: { readonly start: number; readonly end: number },
): ContactWeek {
  const answers = new Map<string, { index: number; answer: ContactAnswer }>();
  const cover: { from: string; to: string; answer: number }[] = [];
  for (const [begins, ends] of pieces([start, ...limits], end)) {
    const question = questionAt(iso(begins));
    for (const [from, to] of pieces([begins, ...turnsOf(question.paths, begins, ends)], ends)) {
      const { first, thenList, reason, ifNoAnswer } = contactNow({ ...question, at: iso(from) });
      const answer = { first, thenList, reason, ifNoAnswer };
      const key = JSON.stringify(answer);
      const { index } = answers.get(key) ?? { index: answers.size };
      answers.set(key, { index, answer });
      const last = cover.at(-1);
      if (last?.answer === index) last.to = iso(to);
      else cover.push({ from: iso(from), to: iso(to), answer: index });
    }
  }
  return { cover, answers: [...answers.values()].map(({ answer }) => answer) };
}

const iso = (instant: number): string => new Date(instant).toISOString();

/** The stretches between instants, the first of which begins the first; what lies outside is passed over. */
function pieces(turns: readonly number[], end: number): [from: number, to: number][] {
  const [start = end] = turns;
  const inside = [...new Set(turns)].filter((each) => each >= start && each < end).sort((a, b) => a - b);
  return inside.map((from, index) => [from, inside[index + 1] ?? end]);
}

/** When a number may open or close, another day begin, or a number have been untried for too long. */
function turnsOf(paths: readonly ContactPath[], from: number, to: number): number[] {
  const numbers = paths.flatMap((path) => path.numbers).filter(({ system }) => system === 'phone');
  const minutes = new Set(
    numbers.flatMap(({ hours: { ranges } }) =>
      ranges.flatMap(({ start, end }) => [start, end % DAY_MINUTES]),
    ),
  );
  const turns = numbers.flatMap(({ hours: { closed }, checked }) => [
    ...closed.flatMap(({ start, end }) => [start, end]),
    ...(checked === null ? [] : [longAgoFrom(checked)]),
  ]);
  for (let day = wallTimeOf(from).day; day <= wallTimeOf(to - 1).day; day++) {
    for (const stretch of stretchesOf(day)) {
      const within = [...minutes].filter((minute) => minute >= stretch.from && minute < stretch.to);
      turns.push(stretch.at, ...within.map((minute) => stretch.at + (minute - stretch.from) * MINUTE));
    }
  }
  return turns;
}
