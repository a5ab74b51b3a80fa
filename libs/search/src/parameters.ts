// http://hl7.org/fhir/R4/searchparameter-registry.html
import type { Definitions, SearchParameterDefinition } from '@naravard/fhir';
import { compileExpression, type Path } from './expression.ts';
import type { HotColumn, Parameter, ParameterType } from './parameter.ts';

/** What can be searched, per resource type. */
export interface Catalog {
  readonly definitions: Definitions;
  /** Undefined when the type has no such parameter, or one that is not supported: see `unsupported`. */
  parameter(type: string, code: string): Parameter | undefined;
  /** All supported parameters of a type by code. */
  parameters(type: string): readonly Parameter[];
  /** Parameters that R4 defines for the type and that are not supported (yet): composite and special ones. */
  unsupported(type: string): readonly { readonly code: string; readonly type: string }[];
  /** The parameter that says which Patient a resource is about; undefined for a type that is about none. */
  patientParameter(type: string): Parameter | undefined;
}

interface Entry {
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly unsupported: readonly { readonly code: string; readonly type: string }[];
  readonly patient: Parameter | undefined;
}

/** A parameter before its aliases and columns are known. */
interface Draft {
  readonly definition: SearchParameterDefinition;
  readonly type: ParameterType;
  readonly paths: readonly Path[];
  /** What the expression selects apart from a final `where(resolve() is X)`. */
  readonly selection: string;
  readonly only: string | null;
}

/** The catalog of R4; a type is compiled when it is first asked for (CarePlan: about 1 ms). */
export function createCatalog(definitions: Definitions): Catalog {
  const entries = new Map<string, Entry>();
  const entry = (type: string): Entry => {
    let found = entries.get(type);
    if (!found) {
      found = compileType(definitions, type);
      entries.set(type, found);
    }
    return found;
  };
  return {
    definitions,
    parameter: (type, code) => entry(type).parameters.get(code),
    parameters: (type) => [...entry(type).parameters.values()],
    unsupported: (type) => entry(type).unsupported,
    patientParameter: (type) => entry(type).patient,
  };
}

function compileType(definitions: Definitions, type: string): Entry {
  const known = definitions.resourceTypes.has(type) ? definitions.searchParameters(type) : [];
  const drafts = known.flatMap((definition) => draft(definitions, type, definition) ?? []);
  const patient = patientDraft(drafts, type);
  const parameters = new Map<string, Parameter>();
  for (const each of drafts.toSorted((a, b) => (a.definition.code < b.definition.code ? -1 : 1))) {
    parameters.set(each.definition.code, finish(type, each, drafts, patient));
  }
  return {
    parameters,
    unsupported: known
      .filter(({ code }) => !parameters.has(code))
      .map(({ code, type: kind }) => ({ code, type: kind })),
    patient: patient && parameters.get(patient.definition.code),
  };
}

function draft(definitions: Definitions, type: string, definition: SearchParameterDefinition): Draft | null {
  const { expression } = definition;
  if (definition.type === 'composite' || definition.type === 'special' || expression === undefined)
    return null;
  const paths = compileExpression(definitions, type, expression);
  // Some published expressions select nothing in R4 itself; a test lists them.
  if (!paths.length) return null;
  const only = new Set(paths.map((path) => path.only));
  const [narrowed = null] = only;
  return {
    definition,
    type: definition.type,
    paths,
    selection: selectionOf(type, expression),
    only: only.size === 1 ? narrowed : null,
  };
}

const RESOLVED = /\.where\(\s*resolve\(\)\s+is\s+[A-Za-z]+\s*\)$/;

const selectionOf = (type: string, expression: string): string =>
  expression
    .split('|')
    .map((part) => part.trim().replace(RESOLVED, ''))
    .filter((part) => part === type || part.startsWith(`${type}.`))
    .sort()
    .join(' | ');

/**
 * `patient`, or else `subject` where it may be a Patient: what the resource is about. (A Patient is about itself.)
 */
function patientDraft(drafts: readonly Draft[], type: string): Draft | undefined {
  if (type === 'Patient') return undefined;
  const references = drafts.filter((each) => each.type === 'reference');
  return (
    references.find(({ definition }) => definition.code === 'patient') ??
    references.find(({ definition }) => definition.code === 'subject' && mayPointTo(definition, 'Patient'))
  );
}

const mayPointTo = ({ targets }: SearchParameterDefinition, type: string): boolean =>
  !targets?.length || targets.includes(type);

function finish(
  resourceType: string,
  each: Draft,
  drafts: readonly Draft[],
  patient: Draft | undefined,
): Parameter {
  const stored = storedUnder(each, drafts);
  const { code, url, targets = [] } = each.definition;
  return {
    resourceType,
    code,
    type: each.type,
    url,
    stored: stored.definition.code,
    only: each.only,
    targets: each.only === null ? targets : [each.only],
    column: columnOf(each, stored, patient && storedUnder(patient, drafts)),
    paths: stored.paths,
  };
}

/**
 * Edges are kept once: of reference parameters with one selection (`patient` and `subject`, `practitioner` and
 * `participant`) the first without `where(resolve() is X)` keeps them. Where all are narrowed each keeps its own.
 */
function storedUnder(each: Draft, drafts: readonly Draft[]): Draft {
  if (each.type !== 'reference') return each;
  const open = drafts
    .filter(
      (other) => other.type === 'reference' && other.only === null && other.selection === each.selection,
    )
    .map((other) => other.definition.code)
    .sort();
  const [first] = open;
  return drafts.find((other) => other.definition.code === first) ?? each;
}

function columnOf(each: Draft, stored: Draft, patient: Draft | undefined): HotColumn | null {
  const { code } = each.definition;
  if (code === '_id') return 'id';
  if (code === '_lastUpdated') return 'last_updated';
  if (code === 'date' && each.type === 'date' && isSingle(each)) return 'period';
  return stored === patient && isSingle(stored) ? 'patient' : null;
}

/** At most one value in a resource: no list on the way and no alternatives but the types of one choice. */
const isSingle = ({ paths }: Draft): boolean =>
  paths.every((path) => !path.many && path.alternative === paths[0]?.alternative);
