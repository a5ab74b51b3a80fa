/** A conformance resource that is stored, as far as it is looked at here. http://hl7.org/fhir/R4/canonicalresource.html */
export interface Canonical {
  readonly resourceType: string;
  readonly id?: string;
  readonly url?: string;
  readonly version?: string;
  readonly status?: string;
  readonly derivation?: string;
}

/** http://hl7.org/fhir/R4/valueset-publication-status.html: what is retired holds no more; a draft that somebody has loaded is meant. */
export const isInForce = ({ status }: Canonical): boolean => status !== 'retired';

/** Profiles and extensions; logical models and R4's own types are stored to be read alone. */
export const isProfile = ({ resourceType, derivation }: Canonical): boolean =>
  resourceType === 'StructureDefinition' && derivation === 'constraint';

/** The canonical as others refer to it: `url|version`. */
export const canonicalOf = ({ url = '', version }: Canonical): string =>
  version === undefined ? url : `${url}|${version}`;

/** Earlier versions first: what has no version asked for is the last one. Numbers within versions count as numbers. */
export const byVersion = (a: Canonical, b: Canonical): number =>
  compare(a.url, b.url) || compare(a.version, b.version) || compare(a.id, b.id);

const compare = (a = '', b = ''): number => order.compare(a, b);

const order = new Intl.Collator('en', { numeric: true });
