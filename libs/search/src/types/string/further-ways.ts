// http://hl7.org/fhir/R4/search.html#string: names are found by each of their parts
import { fold } from './fold.ts';

/** Words of a name that it is found by; later ones count as part of those before. */
const WORDS = 6;

const HYPHENS = /\p{Pd}/gu;

/**
 * The folded texts that the beginning of a family or given name is looked for in besides the name itself: from each
 * word on, and a name with hyphens as one word. `Anna-Karin` is found by karin and annakarin, `von Essen` by essen.
 */
export function furtherWays(name: string): string[] {
  const ways: string[] = [];
  const whole = fold(name);
  for (let at = whole.indexOf(' '); at > 0 && ways.length < WORDS - 1; at = whole.indexOf(' ', at + 1)) {
    ways.push(whole.slice(at + 1));
  }
  // The text has a further way as one word only where a hyphen parts two.
  if (ways.length) {
    const joined = fold(name.replace(HYPHENS, ''));
    if (joined !== whole) ways.push(joined);
  }
  return ways;
}
