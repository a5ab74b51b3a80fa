/** The resources of the generated file, reduced by scripts/build-terminology.ts to what is computed with. */

/** http://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.concept */
export interface ConceptSource {
  readonly code: string;
  readonly display?: string;
  /** Each with one `value[x]`. */
  readonly property?: readonly { readonly code: string; readonly [value: string]: unknown }[];
  readonly concept?: readonly ConceptSource[];
}

export interface CodeSystemSource {
  readonly resourceType: 'CodeSystem';
  readonly url: string;
  readonly version?: string;
  readonly name?: string;
  /** Absent when it is the name. */
  readonly title?: string;
  /** The value set of all its codes. */
  readonly valueSet?: string;
  readonly hierarchyMeaning?: 'grouped-by' | 'is-a' | 'part-of' | 'classified-with';
  /** Only a complete one says what its codes are; the others are refused where that matters. */
  readonly content: 'not-present' | 'example' | 'fragment' | 'complete' | 'supplement';
  readonly supplements?: string;
  readonly concept?: readonly ConceptSource[];
}

export interface FilterSource {
  readonly property: string;
  readonly op: string;
  readonly value: string;
}

export interface IncludeSource {
  readonly system?: string;
  readonly version?: string;
  readonly concept?: readonly { readonly code: string; readonly display?: string }[];
  readonly filter?: readonly FilterSource[];
  readonly valueSet?: readonly string[];
}

/** http://hl7.org/fhir/R4/valueset.html#compositions */
export interface ValueSetSource {
  readonly resourceType: 'ValueSet';
  readonly url: string;
  readonly version?: string;
  readonly name?: string;
  readonly title?: string;
  readonly compose?: {
    readonly include: readonly IncludeSource[];
    readonly exclude?: readonly IncludeSource[];
  };
}
