import { bad, type Input } from '@naravard/rest';
import type { Occasion } from './meeting.ts';

/** `start`, `slut` and `plats` of a meeting; undefined where none is given. @throws Problem 'bad-request' */
export function occasionIn(input: Input): Occasion | undefined {
  const start = input.date('start');
  const end = input.date('slut');
  if (!start && !end) return undefined;
  if (!start?.text.includes('T') || !end?.text.includes('T')) {
    throw bad('start', 'Give both start and slut of the meeting, with time and zone.');
  }
  if (end.start <= start.start) throw bad('slut', 'The meeting ends after it starts.');
  return { start: start.start, end: end.start, place: input.text('plats') };
}
