import { parseDateRange } from '@naravard/fhir';
import { notSo } from '../refusal.ts';
import { fact } from '../stating.ts';
import type { ConsentFacts } from './shape.ts';

/** SVOD (2022:913) 2 kap. 2 §: the person was informed before the organisation made data available; from `dateTime` on. */
export const information: ConsentFacts = ({ dateTime = '' }, stating) => {
  const start = dateTime.length < 'YYYY-MM-DD'.length ? undefined : parseDateRange(dateTime)?.start;
  if (!start) {
    throw notSo(
      'Consent.dateTime',
      'Give the day, or the instant, on which the person was informed (SVOD 2022:913 2 kap. 2 §).',
    );
  }
  const { organisation, patient } = stating;
  return [fact('informed', stating, patient, { organisation, during: { start, end: null } })];
};
