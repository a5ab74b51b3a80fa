/** The shapes in which R4 is known to the rest of the code; `loadDefinitions` makes them. */

export type TypeKind = 'resource' | 'complex' | 'primitive' | 'backbone';

/** One type an element may have. `targets`: allowed types of a Reference or canonical; empty means any. */
export interface ElementType {
  /** 'Reference', 'CodeableConcept', 'CarePlan.activity', 'SimpleQuantity', 'code', ... */
  readonly code: string;
  readonly targets: readonly string[];
}

/** A FHIRPath invariant (`ElementDefinition.constraint`). */
export interface InvariantDefinition {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly expression: string;
}

export interface ElementDefinition {
  /** Without `[x]`. */
  readonly name: string;
  readonly min: number;
  /** 1 or Infinity. */
  readonly max: number;
  readonly types: readonly ElementType[];
  /** True for `value[x]`: the JSON property is `valueQuantity`, `valueString`, ... */
  readonly choice: boolean;
  /** Canonical URL, without version, of the value set that is required (or the maximum value set). */
  readonly binding: string | undefined;
  readonly modifier: boolean;
  /** Part of `_summary=true`. */
  readonly summary: boolean;
  readonly invariants: readonly InvariantDefinition[];
}

export interface TypeDefinition {
  readonly name: string;
  readonly kind: TypeKind;
  readonly abstract: boolean;
  /** 'DomainResource' for CarePlan; undefined for Resource and Element. */
  readonly base: string | undefined;
  /** By name without `[x]`, inherited ones first. */
  readonly elements: ReadonlyMap<string, ElementDefinition>;
  /** Own and inherited. */
  readonly invariants: readonly InvariantDefinition[];
}

/** One JSON property that a FHIRPath step may mean, and the type of what stands there. */
export interface Child {
  readonly property: string;
  readonly type: string;
  readonly array: boolean;
}

export type SearchParameterType =
  | 'number'
  | 'date'
  | 'string'
  | 'token'
  | 'reference'
  | 'composite'
  | 'quantity'
  | 'uri'
  | 'special';

/** A SearchParameter of R4: https://hl7.org/fhir/R4/searchparameter-registry.html */
export interface SearchParameterDefinition {
  readonly code: string;
  readonly type: SearchParameterType;
  readonly base: readonly string[];
  readonly url: string;
  /** FHIRPath over all of `base`, alternatives joined by `|`; absent for the special ones (`_text`, `near`, ...). */
  readonly expression?: string;
  readonly targets?: readonly string[];
  readonly multipleOr?: false;
  readonly components?: readonly { readonly definition: string; readonly expression: string }[];
}

export interface Definitions {
  /** The 146 concrete resource types. */
  readonly resourceTypes: ReadonlySet<string>;
  /** 'CarePlan', 'CarePlan.activity' (backbone element), 'Period', 'string', 'DomainResource'. */
  type(name: string): TypeDefinition | undefined;
  /** True when `name` is `ancestor` or is derived from it: ('Age', 'Quantity'), ('CarePlan', 'Resource'). */
  isA(name: string, ancestor: string): boolean;
  /**
   * Typed navigation. ('Observation', 'value') -> valueQuantity: Quantity, valueString: string, ...;
   * ('CarePlan', 'activity') -> activity: CarePlan.activity[]. Content references are resolved and SimpleQuantity is
   * a Quantity. A choice may also be named in full ('valueQuantity'). Empty when there is no such element.
   */
  children(typeName: string, element: string): readonly Child[];
  /** The parameters of a resource type, including those of DomainResource and Resource. */
  searchParameters(type: string): readonly SearchParameterDefinition[];
  /**
   * The codes of a value set with a required binding in R4, each both as `code` and as `system|code`; undefined for
   * a value set that R4 does not enumerate (MIME types, languages, UCUM, LOINC). A version suffix is ignored.
   */
  codes(valueSet: string): ReadonlySet<string> | undefined;
  /** Names of the compartments: Device, Encounter, Patient, Practitioner, RelatedPerson. */
  readonly compartments: ReadonlySet<string>;
  /**
   * Codes of the reference parameters that put a resource of `type` into the compartment of a `name`, and `_id` for the
   * resource that it is of; none when the type is not in it. http://hl7.org/fhir/R4/compartmentdefinition.html
   */
  compartment(name: string, type: string): readonly string[];
  /** The OperationDefinitions of R4 and of Bulk Data Access. */
  readonly operations: readonly object[];
}
