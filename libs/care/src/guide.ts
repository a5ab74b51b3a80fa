import { readdirSync, readFileSync } from 'node:fs';

/** A conformance resource of the guide, as it is served: http://hl7.org/fhir/R4/conformance-module.html */
export interface Definition {
  readonly resourceType: string;
  readonly id: string;
  readonly url: string;
}

/** The implementation guide of naravard: docs/guide.md tells what is in it. */
export interface Guide {
  /** All of it, in the order of type and id. */
  readonly definitions: readonly Definition[];
  /** The StructureDefinitions: profiles, and the extensions that they name. */
  readonly profiles: readonly Definition[];
  readonly codeSystems: readonly Definition[];
  readonly valueSets: readonly Definition[];
}

const folder = new URL('../guide/', import.meta.url);

/** Reads the guide's files, some eighty (7 ms); the compiled code reads the same ones. Call it once and pass the result down. */
export function loadGuide(): Guide {
  const definitions = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Definition);
  const of = (type: string) => definitions.filter(({ resourceType }) => resourceType === type);
  return {
    definitions,
    profiles: of('StructureDefinition'),
    codeSystems: of('CodeSystem'),
    valueSets: of('ValueSet'),
  };
}
