/** What is read of terminology resources: of the generated file, of our guide, and of what has been loaded. */

export interface Coding {
  readonly system?: string;
  readonly version?: string;
  readonly code?: string;
  readonly display?: string;
}

/** Another text for a concept, in a language or for a use. http://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.concept.designation */
export interface Designation {
  readonly language?: string;
  readonly use?: Coding;
  readonly value: string;
}

/** One with one `value[x]`. */
export interface PropertySource {
  readonly code: string;
  readonly [value: string]: unknown;
}

/** http://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.concept */
export interface ConceptSource {
  readonly code: string;
  readonly display?: string;
  readonly definition?: string;
  readonly designation?: readonly Designation[];
  readonly property?: readonly PropertySource[];
  readonly concept?: readonly ConceptSource[];
}

export interface CodeSystemSource {
  readonly resourceType: 'CodeSystem';
  readonly url: string;
  readonly version?: string;
  readonly name?: string;
  /** Absent when it is the name. */
  readonly title?: string;
  /** Of its displays. */
  readonly language?: string;
  /** The value set of all its codes. */
  readonly valueSet?: string;
  readonly hierarchyMeaning?: 'grouped-by' | 'is-a' | 'part-of' | 'classified-with';
  /** Only a complete one says what its codes are; the others are refused where that matters. */
  readonly content: 'not-present' | 'example' | 'fragment' | 'complete' | 'supplement';
  /** Of a supplement: the code system whose concepts it adds designations and properties to. */
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
  readonly concept?: readonly Omit<ConceptSource, 'concept' | 'property'>[];
  readonly filter?: readonly FilterSource[];
  readonly valueSet?: readonly string[];
}

/** http://hl7.org/fhir/R4/valueset.html#compositions */
export interface ValueSetSource {
  readonly resourceType: 'ValueSet';
  /** Absent in one that a caller made for one question. */
  readonly url?: string;
  readonly version?: string;
  readonly name?: string;
  readonly title?: string;
  /** Absent in the generated file when it is active. */
  readonly status?: string;
  readonly compose?: {
    /** Whether inactive codes belong to it; undefined = yes. */
    readonly inactive?: boolean;
    readonly include: readonly IncludeSource[];
    readonly exclude?: readonly IncludeSource[];
  };
  /** What stands for the codes where there is no compose. */
  readonly expansion?: { readonly contains?: readonly ContainsSource[] };
}

/** http://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.expansion.contains */
export interface ContainsSource {
  readonly system?: string;
  readonly version?: string;
  /** Absent in a heading that is no code. */
  readonly code?: string;
  readonly display?: string;
  readonly abstract?: boolean;
  readonly inactive?: boolean;
  readonly designation?: readonly Designation[];
  readonly contains?: readonly ContainsSource[];
}

export interface DependencySource {
  readonly property: string;
  readonly system?: string;
  readonly value: string;
  readonly display?: string;
}

export interface TargetSource {
  readonly code?: string;
  readonly display?: string;
  /** http://hl7.org/fhir/R4/valueset-concept-map-equivalence.html, of the target as seen from the source. */
  readonly equivalence: string;
  readonly dependsOn?: readonly DependencySource[];
  readonly product?: readonly DependencySource[];
}

export interface GroupSource {
  readonly source?: string;
  readonly sourceVersion?: string;
  readonly target?: string;
  readonly targetVersion?: string;
  readonly element: readonly {
    readonly code?: string;
    readonly display?: string;
    readonly target?: readonly TargetSource[];
  }[];
  readonly unmapped?: {
    readonly mode: 'provided' | 'fixed' | 'other-map';
    readonly code?: string;
    readonly display?: string;
    readonly url?: string;
  };
}

/** http://hl7.org/fhir/R4/conceptmap.html */
export interface ConceptMapSource {
  readonly resourceType: 'ConceptMap';
  /** Absent in one that a caller made for one question. */
  readonly url?: string;
  readonly version?: string;
  readonly name?: string;
  readonly sourceUri?: string;
  readonly sourceCanonical?: string;
  readonly targetUri?: string;
  readonly targetCanonical?: string;
  readonly group?: readonly GroupSource[];
}
