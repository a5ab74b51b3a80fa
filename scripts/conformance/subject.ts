import { type Definitions, loadDefinitions } from '@naravard/fhir';
import { createEngine, type Engine, type EngineOptions, type Module } from '@naravard/rest';
import type { Interaction } from '../../libs/rest/src/call.ts';
import { capabilityStatement } from '../../libs/rest/src/capability.ts';
import { interactions, operations } from '../../libs/rest/src/interactions/table.ts';
import { allModules } from '../../services/all-in-one/src/modules.ts';

/** What the page is about: the service with all modules mounted, as its main wires it, but without a database. */
export interface Subject {
  definitions: Definitions;
  engine: Engine;
  interactions: readonly Interaction[];
  modules: readonly Module[];
  statement: Statement;
}

/** The parts of the CapabilityStatement that the page repeats. */
export interface Statement {
  fhirVersion: string;
  format: readonly string[];
  patchFormat: readonly string[];
  rest: readonly {
    resource: readonly (StatedResource & { type: string })[];
    interaction: readonly { code: string }[];
  }[];
}

export interface StatedResource {
  versioning: string;
  readHistory: boolean;
  updateCreate: boolean;
  conditionalCreate: boolean;
  conditionalRead: string;
  conditionalUpdate: boolean;
  conditionalDelete: string;
  referencePolicy: readonly string[];
}

export function createSubject(): Subject {
  const definitions = loadDefinitions();
  const modules = allModules(definitions);
  // Nothing is asked of the store: compiling the catalog and the statement needs the definitions alone.
  const engine = createEngine({
    definitions,
    modules,
    base: 'http://localhost:8080/fhir',
  } as unknown as EngineOptions);
  const statement = capabilityStatement(engine, interactions, operations) as Statement;
  return { definitions, engine, interactions, modules, statement };
}
