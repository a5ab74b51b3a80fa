import type { Commission } from './caller.ts';
import type { ConsentAnswer, Facts } from './facts.ts';
import { holds, position } from './period.ts';
import { reaches } from './relation.ts';

/**
 * The person's answer on SVOD that holds for this commission. A "no" that stands beats a "yes"; consent to a SIP is no
 * answer (SVOD 3 kap 7 §).
 */
export function svodAnswer(
  facts: Facts,
  commission: Commission,
  at: string,
): ConsentAnswer['answer'] | undefined {
  const answers = facts.consents.filter((each) => each.kind === 'svod' && reaches(each, commission));
  if (answers.some((each) => each.answer === 'no' && position(each.during, at) !== 'outside')) return 'no';
  return answers.some((each) => each.answer === 'yes' && holds(each.during, at)) ? 'yes' : undefined;
}
