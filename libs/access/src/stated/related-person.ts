import type { StatedFact } from '../stated-fact.ts';
import { systems } from './codes.ts';
import { type CodeableConcept, codesOf, type Identifier, type Period, type Reference } from './elements.ts';
import { limitsOf } from './limits.ts';
import { notSo, notYours } from './refusal.ts';
import { fact, idIn, type Stating } from './stating.ts';

export interface RelatedPerson {
  readonly resourceType: 'RelatedPerson';
  readonly identifier?: readonly Identifier[];
  readonly active?: boolean;
  readonly patient?: Reference;
  readonly relationship?: readonly CodeableConcept[];
  readonly period?: Period;
}

const kinds = { vardnadshavare: 'guardian', ombud: 'adult-proxy' } as const;

/**
 * Who acts for the patient (PDL 2008:355 5 kap. 5 §), by our own codes alone: a parent by any other code is next of kin
 * and may, or may not, be vårdnadshavare. The person is known by the `sub` of a guardian's token.
 */
export function relatedPerson(resource: RelatedPerson, stating: Stating): StatedFact[] {
  const codes = codesOf(resource.relationship, systems.representative).filter(isKind);
  if (resource.active === false || codes.length === 0) return [];
  if (stating.writer.kind !== 'system') {
    throw notYours(
      'RelatedPerson.relationship',
      'Vårdnadshavare and ombud come from the population register, through the systems of the organisations: leave this code out.',
    );
  }
  const patient = idIn(resource.patient, 'Patient', stating);
  if (patient === null) throw notSo('RelatedPerson.patient', 'Name the patient by reference, as Patient/id.');
  const people = (resource.identifier ?? []).flatMap(({ system, value }) =>
    system === systems.person && value ? [value] : [],
  );
  if (people.length === 0) {
    throw notSo(
      'RelatedPerson.identifier',
      `Give the id that the person logs in by, with the system ${systems.person}: never a personnummer.`,
    );
  }
  const during = limitsOf(resource.period, 'RelatedPerson.period');
  return [...new Set(people)].flatMap((person) =>
    codes.map((code) => fact(kinds[code], stating, patient, { person, during })),
  );
}

const isKind = (code: string): code is keyof typeof kinds => Object.hasOwn(kinds, code);
