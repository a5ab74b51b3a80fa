import type { Finding } from './outcome.ts';

/** Who writes, as far as a domain rule asks. */
export interface Writer {
  /** The sort of legal actor: PDL (2008:355) 1 kap 3 §, SVOD (2022:913) 1 kap 4 §; null where no organisation writes. */
  readonly as: 'vardgivare' | 'omsorgsgivare' | null;
  /** Key of the legal actor (`vg:HSA-id` or `og:HSA-id`) and HSA-ids of unit and person; null where there is none. */
  readonly organisation: string | null;
  readonly unit: string | null;
  readonly person: string | null;
}

/** A resource as it is about to be stored, parsed and valid R4. */
export interface StagedResource {
  readonly type: string;
  readonly id: string;
  readonly resource: object;
  readonly writer: Writer;
  /** The instant of the request, ISO. */
  readonly at: string;
}

/**
 * The resource of a relative reference (`Type/id`), as it will be when all that is written together is stored; undefined where
 * there is none or the caller may not see it. Of a search (`Type?query`) the Bundle of what is stored and the caller finds.
 */
export type Found = (reference: string) => object | undefined;

/** A rule of care that is kept whenever a resource is written; whoever reads the error can look the law up. */
export interface DomainRule {
  /** Stable id, for example `careteam-one-fast-kontakt`; a test has it in its name. */
  readonly id: string;
  /** Section of law or specification. */
  readonly citation: string;
  /** The rule in one sentence: English and plain Swedish. */
  readonly sentence: string;
  readonly sv: string;
  /**
   * What else the rule looks at, as `Type/id` or `Type?query`; asked again with what was found until it names nothing new. A rule
   * without it looks at the resource alone.
   */
  needs?(staged: StagedResource, found: Found): readonly string[];
  /** Of a rule that access keeps: whether a change of what another organisation wrote is refused in its words. */
  keepsOwn?(staged: StagedResource): boolean;
  check(staged: StagedResource, found: Found): readonly Finding[];
}
