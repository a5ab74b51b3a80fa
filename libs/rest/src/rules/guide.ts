import { createProfiles, type Definitions, type Finding, Problem } from '@naravard/fhir';
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

/** The profiles of a guide at work. */
export interface Profiling {
  /** What the profiles that hold for a resource find wrong with it, when it is valid R4. */
  check(resource: object): Finding[];
  /** Canonical URLs of the profiles on resources, by type. */
  readonly supported: ReadonlyMap<string, readonly string[]>;
}

interface Structure {
  readonly resourceType: string;
  readonly kind: string;
  readonly type: string;
  readonly url: string;
}

/** http://hl7.org/fhir/R4/profiling.html#profile-uses @throws Error for a profile that cannot be kept, so that nothing starts with it */
export function profiling(guide: Guide, definitions: Definitions, terminology: Terminology): Profiling {
  const structures = (guide.definitions as readonly Structure[]).filter(
    ({ resourceType }) => resourceType === 'StructureDefinition',
  );
  const profiles = createProfiles(definitions, structures, (valueSet, system, code) =>
    isMember(terminology, valueSet, system, code),
  );
  profiles.compile();
  return {
    check: (resource) =>
      [...new Set(guide.profilesFor(resource))]
        .filter((canonical) => profiles.knows(canonical))
        .flatMap((canonical) => profiles.check(resource, canonical)),
    supported: new Map(
      Object.entries(Object.groupBy(structures, ({ kind, type }) => (kind === 'resource' ? type : ''))).map(
        ([type, all = []]) => [type, all.map(({ url }) => url)],
      ),
    ),
  };
}

/** Undefined where the codes of the value set are not known here. */
function isMember(
  terminology: Terminology,
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
