import { Problem, readJson } from '@naravard/fhir';

/** What package/package.json says. https://confluence.hl7.org/display/FHIR/NPM+Package+Specification */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  /** `name#version` of what it is made on, but R4 itself. */
  readonly dependsOn: readonly string[];
}

interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly fhirVersions?: unknown;
  readonly 'fhir-version-list'?: unknown;
  readonly dependencies?: unknown;
}

/** @throws Problem 'structure' when it is none, 'unprocessable' when it is of another version of FHIR */
export function readManifest(text: string): PackageManifest {
  const manifest = readJson(text) as Manifest | null;
  const { name, version, dependencies } = manifest ?? {};
  if (
    typeof name !== 'string' ||
    !/^[a-z0-9_.@/-]{1,200}$/i.test(name) ||
    typeof version !== 'string' ||
    !/^[\w.+-]{1,100}$/.test(version)
  ) {
    throw new Problem('structure', 'package/package.json lacks name or version of the package.');
  }
  const versions = manifest?.fhirVersions ?? manifest?.['fhir-version-list'];
  if (!Array.isArray(versions) || !versions.some((each) => each === '4.0.1' || each === '4.0')) {
    throw new Problem(
      'unprocessable',
      'The package is not of FHIR R4: load one whose package/package.json has 4.0.1 among fhirVersions.',
    );
  }
  return { name, version, dependsOn: dependenciesOf(dependencies) };
}

/** R4's own definitions and expansions are here already. */
const isCore = (name: string): boolean => /^hl7\.fhir\.(?:r4\.)?core$|^hl7\.fhir\.r4\./.test(name);

const dependenciesOf = (dependencies: unknown): string[] =>
  typeof dependencies === 'object' && dependencies !== null
    ? Object.entries(dependencies)
        .filter(([name]) => !isCore(name))
        .map(([name, version]) => `${name}#${String(version)}`)
    : [];
