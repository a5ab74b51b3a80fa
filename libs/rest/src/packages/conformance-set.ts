import { Problem, readJson } from '@naravard/fhir';
import type { Canonical } from './loaded.ts';

/** What a load stores: resources, and where each came from. */
export interface ConformanceSet {
  /** Of a package: what its resources are marked with. */
  readonly package?: {
    readonly name: string;
    readonly version: string;
    readonly dependsOn: readonly string[];
  };
  readonly resources: readonly LoadedResource[];
  readonly leftOut: readonly LeftOut[];
}

export interface LoadedResource {
  /** File, or place in one, for people. */
  readonly from: string;
  readonly text: string;
  readonly resource: Canonical;
}

/** What is not stored, and why. */
export interface LeftOut {
  readonly from: string;
  readonly reason: string;
}

/** Types of http://hl7.org/fhir/R4/conformance-module.html and http://hl7.org/fhir/R4/terminology-module.html that are loaded. */
export const loadedTypes: ReadonlySet<string> = new Set([
  'CapabilityStatement',
  'CodeSystem',
  'ConceptMap',
  'ImplementationGuide',
  'OperationDefinition',
  'SearchParameter',
  'StructureDefinition',
  'ValueSet',
]);

/** Why a resource is not loaded; undefined where it is. `own`: canonicals of the service's own guide. */
export function whyNotLoaded(resource: unknown, own: ReadonlySet<string>): string | undefined {
  const { resourceType, url } = (resource ?? {}) as Partial<Canonical>;
  if (typeof resourceType !== 'string') return 'it is no resource';
  if (!loadedTypes.has(resourceType))
    return `${resourceType.slice(0, 64)} is not loaded: send it to its own address`;
  if (typeof url !== 'string') return 'it has no url by which others could name it';
  if (own.has(url)) return 'it is of the guide of this service, which keeps it itself';
  return undefined;
}

/** Resources by the texts they lie in, sorted into what is loaded and what is not. @throws Problem 'structure' for what is not JSON */
export function sorted(
  files: Iterable<{ readonly name: string; readonly text: string }>,
  own: ReadonlySet<string>,
  depth: number,
): Pick<ConformanceSet, 'resources' | 'leftOut'> {
  const resources: LoadedResource[] = [];
  const leftOut: LeftOut[] = [];
  for (const { name: from, text } of files) {
    const resource = read(from, text, depth);
    const reason = whyNotLoaded(resource, own);
    if (reason === undefined) resources.push({ from, text, resource: resource as Canonical });
    else leftOut.push({ from, reason });
  }
  return { resources, leftOut };
}

function read(from: string, text: string, depth: number): unknown {
  try {
    return readJson(text, depth);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem('structure', `${from.slice(0, 200)} is not JSON that can be read.`, { cause: error });
  }
}
