import type { LegalActor } from './caller.ts';

/** What a decision looks at in one resource, or in one earlier version of it: facts of the writer's token, never of the body. */
export interface Row {
  /** FHIR type. */
  readonly type: string;
  /** Id of the Patient it is about; a Patient is about itself; null = about nobody, or not known about whom. */
  readonly patient: string | null;
  /** The vårdgivare or omsorgsgivare that wrote it and answers for it. */
  readonly custodian: LegalActor | null;
  /** HSA-id of the unit that wrote it: what an inner spärr compares. */
  readonly unit: string | null;
  /** Code that a spärr may exclude (information-type.ts); null when it is of no such type. */
  readonly informationType: string | null;
  /** Instant of the information, which limited blocks are compared with (Inera: blockComparisonTime); null or no date = unknown. */
  readonly time: string | null;
  /** Codes of `meta.security`, those of the Patient included, and `several-patients` (marks.ts). */
  readonly labels: readonly string[];
  /** Note between staff: journal that the patient may request, not shown by default. */
  readonly internalNote: boolean;
  /** Made available while the person lastingly could not take a stand (SVOD 2 kap 6 §). */
  readonly availableBy26: boolean;
  /** Documentation that SVOD does not cover (1 kap 3 §), as of addiction care in socialtjänst. */
  readonly outsideSvod: boolean;
  /** Tells who has blocked, as the Consent that is a spärr does, and the Task that asks to have it lifted. */
  readonly showsBlock: boolean;
  /** Tells what the person answers to a question on sharing, as the Consent that is an answer does. */
  readonly answer: boolean;
}
