import { type Finding, loadDefinitions } from '@naravard/fhir';
import type { InValueSet } from '../../libs/fhir/src/profile/check.ts';
import { createProfiles, type Profiles } from '../../libs/fhir/src/profile/profiles.ts';

export const definitions = loadDefinitions();
export const own = 'https://example.se/StructureDefinition';

interface Element {
  readonly id: string;
  readonly [key: string]: unknown;
}

export interface Resource {
  readonly resourceType: string;
  readonly [key: string]: unknown;
}

/** A StructureDefinition with as little around its differential as it may have; `base`: by default the type of R4. */
export const profileOn = (
  type: string,
  name: string,
  elements: readonly Element[],
  base?: string,
): object => ({
  resourceType: 'StructureDefinition',
  url: `${own}/${name}`,
  version: '1.0',
  type,
  derivation: 'constraint',
  baseDefinition: base ?? `http://hl7.org/fhir/StructureDefinition/${type}`,
  differential: { element: elements },
});

const noValueSets: InValueSet = () => undefined;

export const profilesOf = (sources: readonly object[], inValueSet = noValueSets): Profiles =>
  createProfiles(definitions, sources, inValueSet);

/** `severity expression: diagnostics` of each finding about a resource beside one profile of these elements. */
export function findingsOf(elements: readonly Element[], resource: Resource): string[] {
  const profiles = profilesOf([profileOn(resource.resourceType, 'asked', elements)]);
  return profiles.check(resource, `${own}/asked`).map(line);
}

/** Without the name of the profile, which every finding has. */
export function line({ severity, expression, diagnostics }: Finding): string {
  const named = ` (profile ${own}/`;
  if (!diagnostics.includes(named)) throw new Error(`the finding does not name its profile: ${diagnostics}`);
  return `${severity} ${expression}: ${diagnostics.slice(0, diagnostics.indexOf(named))}`;
}
