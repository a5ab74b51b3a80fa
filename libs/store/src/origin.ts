import type { Mask } from '@naravard/access';

/** Where a version is kept; never shown to a caller as it is. */
export interface VersionKey {
  readonly bucket: number;
  readonly rid: string;
  readonly version: number;
}

/** PDL (2008:355) 3 kap 6 §: who made a version, for whom and when. */
export interface Origin {
  readonly key: VersionKey;
  readonly type: string;
  readonly id: string;
  /** Instant, UTC with milliseconds. */
  readonly recorded: string;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** What made the version where its method does not tell: `merge`, by Patient/$merge. */
  readonly activity: string | null;
  readonly patient: string | null;
  /** Key of the legal actor that wrote it. */
  readonly custodian: string | null;
  /** HSA-id of the unit that wrote it. */
  readonly unit: string | null;
  /** Id of the actor: employeeHsaId, or the id of a person or client. */
  readonly author: string | null;
  /** How much the caller is shown of the version that it is of. */
  readonly mask: Exclude<Mask, 'everything'>;
}

/** A resource, or one version of it. */
export interface OriginTarget {
  readonly type: string;
  readonly id: string;
  readonly version?: number;
}

/**
 * One version, whose absence is audited, or those of some resources, newest first: who asks for these asks for stored
 * Provenance resources too, which leaves the row that nothing was found.
 */
export type OriginQuery =
  | { readonly kind: 'one'; readonly key: VersionKey }
  | {
      readonly kind: 'targets';
      readonly targets: readonly OriginTarget[];
      readonly count: number;
      readonly total: boolean;
      readonly after?: readonly (string | null)[] | undefined;
    };

export interface OriginPage {
  origins: Origin[];
  /** Position after the last one, to be passed back as `query.after`; absent on the last page. */
  next?: readonly (string | null)[];
  /** Present when `query.total`. */
  total?: number;
}
