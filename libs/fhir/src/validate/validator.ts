import type { Definitions } from '../definitions/definitions.ts';
import type { Finding } from '../outcome.ts';
import { isObject } from '../path/node.ts';
import { Plans } from './plan.ts';
import { References } from './references.ts';
import { Report } from './report.ts';
import { Visitor } from './visitor.ts';

export interface ValidationOptions {
  /** The address of our own FHIR base, for example `https://fhir.example.se/fhir`: absolute references below it are ours. */
  readonly base?: string;
}

/**
 * Takes parsed JSON, returns what is wrong with it as R4; an empty array or warnings alone mean that it is valid. Never
 * throws on bad input. Each finding's `expression` is FHIRPath; `diagnostics` never repeats a value.
 */
export type Validator = (resource: unknown, options?: ValidationOptions) => Finding[];

export interface ValidatorSettings {
  /** URLs of the modifier extensions that the service understands; all others are refused. Default: none. */
  readonly modifierExtensions?: Iterable<string>;
}

/**
 * Base validation of R4 (http://hl7.org/fhir/R4/validation.html): structure, cardinality, primitive forms, required
 * bindings, references, invariants, narrative, and so for nested resources; profiles and the existence of what is
 * referred to are not looked at. Plans are compiled on first use of a type, so make one validator and keep it.
 */
export function createValidator(definitions: Definitions, settings: ValidatorSettings = {}): Validator {
  const shared = {
    definitions,
    plans: new Plans(definitions),
    modifierExtensions: new Set(settings.modifierExtensions),
  };
  const withoutBase = new References(definitions, undefined);
  return (resource, options) => {
    const report = new Report();
    const references = options?.base === undefined ? withoutBase : new References(definitions, options.base);
    const root = isObject(resource) ? resource : {};
    new Visitor(shared, references, report, root).resource(resource);
    return report.findings;
  };
}
