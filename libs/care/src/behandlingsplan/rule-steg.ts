import type { DomainRule, Finding } from '@naravard/fhir';
import { isBehandlingsplan } from './plan.ts';
import { levels, stepsOf } from './steps.ts';

/** Whoever reads a step at night must see at once when it holds and how urgent it is. Also of drafts. */
export const steg: DomainRule = {
  id: 'behandlingsplan-steg',
  citation: 'God och nära vård, Region Halland och kommunerna (2025), 2a',
  sentence: 'a deterioration step states its sign and one of three levels',
  sv: 'Varje steg vid försämring har ett tecken och en av tre nivåer.',
  check({ resource }) {
    if (!isBehandlingsplan(resource)) return [];
    return stepsOf(resource).flatMap(({ path, level, sign }): Finding[] => [
      ...(sign ? [] : [lacksSign(path)]),
      ...(levels.some((each) => each === level) ? [] : [unknownLevel(path)]),
    ]);
  },
};

const lacksSign = (expression: string): Finding => ({
  severity: 'error',
  expression,
  diagnostics: 'State the sign that the step is for (tecken), in plain Swedish.',
  sv: 'Skriv vilket tecken på försämring steget gäller.',
});

const unknownLevel = (expression: string): Finding => ({
  severity: 'error',
  expression,
  diagnostics: `State the level (niva) as one of: ${levels.join(', ')}.`,
  sv: 'Välj nivå: gör själv, ring i dag eller ring nu.',
});
