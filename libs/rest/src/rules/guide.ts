import {
  type BrokenProfile,
  createProfiles,
  type Definitions,
  type Finding,
  Problem,
  profileFault,
} from '@naravard/fhir';
import type { Terminology } from '@naravard/terminology';

/** An implementation guide: what is served of it, and which of its profiles hold for a resource. */
export interface Guide {
  /** Its conformance resources (StructureDefinition, ValueSet, CodeSystem and the like), each with an id. */
  readonly definitions: readonly object[];
  /** Canonical URLs of profiles, by what the resource is and by its meta.profile; those that nobody has defined are passed over. */
  profilesFor(resource: object): readonly string[];
}

/** Where R4 itself is all that is asked. */
export const noGuide: Guide = { definitions: [], profilesFor: () => [] };

/** Profiles at work. Canonicals may end in `|version`. */
export interface Profiling {
  /** What the profiles that hold for a resource find wrong with it, when it is valid R4. */
  check(resource: object): Finding[];
  /** What one profile, or type of R4, finds wrong with it, whether or not it says that it follows it; none where it is not known. */
  checkBy(resource: object, canonical: string): Finding[];
  /** Whether there is a profile of this canonical, or a type of R4. */
  knows(canonical: string): boolean;
  /** Canonical URLs of the profiles on resources, by type. */
  readonly supported: ReadonlyMap<string, readonly string[]>;
}

/** The profiles of a guide and those loaded beside it. */
export interface LoadedProfiling extends Profiling {
  /** Why a loaded profile is not kept; undefined where it is. */
  fault(canonical: string): BrokenProfile | undefined;
}

interface Structure {
  readonly resourceType: string;
  readonly kind: string;
  readonly type: string;
  readonly url: string;
  readonly version?: string;
}

/**
 * http://hl7.org/fhir/R4/profiling.html#profile-uses `loaded`: StructureDefinitions that constrain, of which those that cannot be
 * kept are told of and not checked.
 * @throws Error for a profile of the guide that cannot be kept, so that nothing starts with it
 */
export function profiling(
  guide: Guide,
  definitions: Definitions,
  terminology: Pick<Terminology, 'has'>,
  loaded: readonly object[] = [],
): LoadedProfiling {
  const own = structuresOf(guide.definitions);
  const { others, unreadable } = readable(structuresOf(loaded));
  const profiles = createProfiles(definitions, [...others, ...own], (valueSet, system, code) =>
    isMember(terminology, valueSet, system, code),
  );
  const faultOf = (canonical: string): BrokenProfile | undefined =>
    unreadable.get(canonical) ?? profiles.fault(canonical);
  for (const { url } of loaded.length ? [] : own) {
    const fault = profiles.fault(url);
    if (fault) throw fault;
  }
  const named = new Set([...unreadable.keys(), ...others.flatMap(namesOf)]);
  const isKnown = (canonical: string): boolean => profiles.knows(canonical) || unreadable.has(canonical);
  const by = (resource: object, canonical: string): Finding[] => {
    if (!named.size) return profiles.check(resource, canonical);
    const fault = faultOf(canonical);
    return fault ? [notKept(fault.message)] : checked(() => profiles.check(resource, canonical), canonical);
  };
  const holding = (resource: object): readonly string[] =>
    named.size
      ? [...guide.profilesFor(resource), ...claimed(resource).filter((canonical) => named.has(canonical))]
      : guide.profilesFor(resource);
  return {
    check: (resource) =>
      [...new Set(holding(resource))].filter(isKnown).flatMap((canonical) => by(resource, canonical)),
    checkBy: (resource, canonical) =>
      isKnown(canonical) ? by(resource, canonical) : typeFindings(definitions, resource, canonical),
    knows: (canonical) => isKnown(canonical) || coreType(definitions, canonical) !== undefined,
    supported: supportedBy([...own, ...others]),
    fault: faultOf,
  };
}

const namesOf = ({ url, version }: Structure): string[] => (version ? [url, `${url}|${version}`] : [url]);

/** Those that are profiles, and why the others are not, by their names. */
function readable(loaded: readonly Structure[]) {
  const unreadable = new Map<string, BrokenProfile>();
  const others = loaded.filter((each) => {
    const fault = profileFault(each);
    if (fault) for (const name of namesOf(each)) unreadable.set(name, fault);
    return !fault;
  });
  return { others, unreadable };
}

const structuresOf = (resources: readonly object[]): Structure[] =>
  (resources as readonly Structure[]).filter(({ resourceType }) => resourceType === 'StructureDefinition');

const supportedBy = (structures: readonly Structure[]): Profiling['supported'] =>
  new Map(
    Object.entries(Object.groupBy(structures, ({ kind, type }) => (kind === 'resource' ? type : ''))).map(
      ([type, all = []]) => [type, [...new Set(all.map(({ url }) => url))]],
    ),
  );

/** What `meta.profile` of a resource names. */
function claimed(resource: object): readonly string[] {
  const { meta } = resource as { meta?: { profile?: unknown } };
  return Array.isArray(meta?.profile) ? meta.profile.filter((each) => typeof each === 'string') : [];
}

/** Data that is stored must not stop what is written: it is said that it was not looked at. */
const notKept = (why: string): Finding => ({
  severity: 'warning',
  code: 'not-supported',
  diagnostics: `${why}. It is stored, and nothing is checked by it: mend it, or load what it is based on.`,
});

/** A constraint that somebody has loaded may fail where it is run, as by a regular expression that is none. */
function checked(check: () => Finding[], canonical: string): Finding[] {
  try {
    return check();
  } catch {
    return [notKept(`Profile ${canonical}: one of its constraints cannot be run`)];
  }
}

/** The type of R4 that a canonical is of. */
function coreType(definitions: Definitions, canonical: string): string | undefined {
  const [, type = ''] =
    /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/([A-Za-z]+)(?:\|4\.0(?:\.1)?)?$/.exec(canonical) ?? [];
  return definitions.isA(type, 'Resource') ? type : undefined;
}

function typeFindings(definitions: Definitions, resource: object, canonical: string): Finding[] {
  const type = coreType(definitions, canonical);
  const { resourceType = '' } = resource as { resourceType?: string };
  if (type === undefined || definitions.isA(resourceType, type)) return [];
  const diagnostics = `Expected a resource of type ${type} (profile ${canonical}).`;
  return [{ severity: 'error', code: 'structure', expression: resourceType, diagnostics }];
}

/** Undefined where the codes of the value set are not known here. */
function isMember(
  terminology: Pick<Terminology, 'has'>,
  valueSet: string,
  system: string | undefined,
  code: string,
): boolean | undefined {
  try {
    return terminology.has(valueSet, system, code);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
