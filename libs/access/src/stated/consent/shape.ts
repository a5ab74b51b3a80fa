import type { StatedFact } from '../../stated-fact.ts';
import type { CodeableConcept, Coding, Extension, Period, Reference } from '../elements.ts';
import type { Stating } from '../stating.ts';

/** What states facts in a Consent (http://hl7.org/fhir/R4/consent.html). */
export interface Consent {
  readonly resourceType: 'Consent';
  readonly status: string;
  readonly scope?: CodeableConcept;
  readonly category?: readonly CodeableConcept[];
  readonly patient?: Reference;
  readonly dateTime?: string;
  readonly performer?: readonly Reference[];
  readonly organization?: readonly Reference[];
  readonly sourceReference?: Reference;
  readonly policyRule?: CodeableConcept;
  readonly extension?: readonly Extension[];
  readonly provision?: Provision;
}

export interface Provision {
  readonly type?: string;
  readonly period?: Period;
  readonly actor?: readonly Actor[];
  readonly class?: readonly Coding[];
  readonly dataPeriod?: Period;
  readonly provision?: readonly Provision[];
}

export interface Actor {
  readonly role?: CodeableConcept;
  readonly reference?: Reference;
}

export interface ConsentStating extends Stating {
  readonly patient: string;
  /** Key of the legal actor that records it. */
  readonly organisation: string;
}

/** The facts of one category. @throws Problem 'forbidden' or 'business-rule' */
export type ConsentFacts = (consent: Consent, stating: ConsentStating) => StatedFact[];

export const isVardgivare = ({ organisation }: ConsentStating): boolean => organisation.startsWith('vg:');

/** Whether a Consent has an extension with the value true. */
export const affirms = ({ extension }: Consent, url: string): boolean =>
  (extension ?? []).some((each) => each.url === url && each.valueBoolean === true);
