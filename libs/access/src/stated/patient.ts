import { parseDateRange } from '@naravard/fhir';
import type { Period as Limits } from '../period.ts';
import { saysProtected } from '../protected-identity.ts';
import type { StatedFact } from '../stated-fact.ts';
import type { Coding, Reference } from './elements.ts';
import { always } from './limits.ts';
import { notSo } from './refusal.ts';
import { fact, idIn, type Stating } from './stating.ts';

export interface Patient {
  readonly resourceType: 'Patient';
  readonly meta?: { readonly security?: readonly Coding[] };
  readonly birthDate?: string;
  readonly deceasedBoolean?: boolean;
  readonly deceasedDateTime?: string;
  /** Extensions of a time that is not known. */
  readonly _deceasedDateTime?: object;
  readonly link?: readonly { readonly other?: Reference; readonly type?: string }[];
}

/**
 * The birth date, when it is known to the day, which ages are counted from (PDL 2008:355 5 kap. 5 § as 1177 applies it);
 * whether the identity is protected (OSL 2009:400 22 kap. 1 §; labels of the HL7 Sweden base profiles); since when the
 * person is dead; and by which Patient it has been replaced.
 */
export function patient(resource: Patient, stating: Stating): StatedFact[] {
  const { meta, birthDate } = resource;
  const isProtected = saysProtected((meta?.security ?? []).map(({ code = '' }) => code));
  const dead = deadSince(resource);
  return [
    ...(birthDate?.length === 'YYYY-MM-DD'.length
      ? [fact('born', stating, stating.id, { value: readable(birthDate) })]
      : []),
    ...(isProtected ? [fact('protected', stating, stating.id)] : []),
    ...(dead ? [fact('deceased', stating, stating.id, { during: dead })] : []),
    ...replacements(resource, stating).map((about) => fact('replaced', stating, stating.id, { about })),
  ];
}

/**
 * From the end of what is said, so that the day of death is still one of care, in Europe/Stockholm; from always where a time
 * is not said (http://hl7.org/fhir/R4/patient-definitions.html#Patient.deceased_x_).
 */
function deadSince({
  deceasedBoolean,
  deceasedDateTime,
  _deceasedDateTime: unknown,
}: Patient): Limits | undefined {
  if (deceasedDateTime === undefined) return deceasedBoolean || unknown ? always : undefined;
  const range = parseDateRange(deceasedDateTime);
  if (range?.end) return { start: range.end, end: null };
  throw notSo(
    'Patient.deceasedDateTime',
    'This day is not in the calendar: give the day of death as YYYY-MM-DD.',
  );
}

/**
 * Who logs in by a number is led to the Patient that replaces the one of that number, so that the link is the service's to
 * make (http://hl7.org/fhir/R4/valueset-link-type.html).
 */
function replacements({ link = [] }: Patient, stating: Stating): string[] {
  const ids = link.flatMap(({ type, other }) =>
    type === 'replaced-by' ? (idIn(other, 'Patient', stating) ?? []) : [],
  );
  if (ids.length === 0 || stating.writer.operation) return ids;
  throw notSo(
    'Patient.link',
    'One Patient is replaced by another with Patient/$merge, which moves what is about the person: leave this link out.',
  );
}

function readable(birthDate: string): string {
  if (parseDateRange(birthDate)) return birthDate;
  throw notSo('Patient.birthDate', 'This day is not in the calendar: give the birth date as YYYY-MM-DD.');
}
