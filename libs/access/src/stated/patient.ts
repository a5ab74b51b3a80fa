import { parseDateRange } from '@naravard/fhir';
import { saysProtected } from '../protected-identity.ts';
import type { StatedFact } from '../stated-fact.ts';
import type { Coding } from './elements.ts';
import { notSo } from './refusal.ts';
import { fact, type Stating } from './stating.ts';

export interface Patient {
  readonly resourceType: 'Patient';
  readonly meta?: { readonly security?: readonly Coding[] };
  readonly birthDate?: string;
}

/**
 * The birth date, when it is known to the day, which ages are counted from (PDL 2008:355 5 kap. 5 § as 1177 applies it), and
 * whether the identity is protected (OSL 2009:400 22 kap. 1 §; labels of the HL7 Sweden base profiles).
 */
export function patient({ meta, birthDate }: Patient, stating: Stating): StatedFact[] {
  const isProtected = saysProtected((meta?.security ?? []).map(({ code = '' }) => code));
  return [
    ...(birthDate?.length === 'YYYY-MM-DD'.length
      ? [fact('born', stating, stating.id, { value: readable(birthDate) })]
      : []),
    ...(isProtected ? [fact('protected', stating, stating.id)] : []),
  ];
}

function readable(birthDate: string): string {
  if (parseDateRange(birthDate)) return birthDate;
  throw notSo('Patient.birthDate', 'This day is not in the calendar: give the birth date as YYYY-MM-DD.');
}
