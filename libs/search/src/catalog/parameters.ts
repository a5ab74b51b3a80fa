// http://hl7.org/fhir/R4/searchparameter-registry.html
import type { Definitions, SearchParameterDefinition } from '@naravard/fhir';
import type { Terminology } from '@naravard/terminology';
import { isFullTextField } from '../full-text/full-text-syntax.ts';
import { compileComponents } from './components.ts';
import { type CustomParameters, compileCustom, isRefused } from './custom-parameter.ts';
import { compileExpression, type Path } from './expression.ts';
import { ownParameters } from './own-parameters.ts';
import type { Component, HotColumn, Parameter, ParameterType } from './parameter.ts';

/** What can be searched, per resource type. */
export interface Catalog {
  readonly definitions: Definitions;
  readonly terminology: Terminology;
  /** Undefined when the type has no such parameter, or one that is not supported: see `unsupported`. */
  parameter(type: string, code: string): Parameter | undefined;
  /** All supported parameters of a type by code. */
  parameters(type: string): readonly Parameter[];
  /** Parameters that are defined for the type and that it cannot be searched by, or not yet. */
  unsupported(type: string): readonly Unsupported[];
  /** The parameter that says which Patient a resource is about; undefined for a type that is about none. */
  patientParameter(type: string): Parameter | undefined;
  /** All parameters of a type that rows are taken for: the supported ones and those that are being indexed. */
  extracted(type: string): readonly Parameter[];
  /** The parameters of R4 and of our own, as they are defined for a type. */
  defined(type: string): readonly SearchParameterDefinition[];
  /** Whether a parameter of R4 or of our own has this URL. */
  isDefinedUrl(url: string): boolean;
  /** The custom parameters of all types, searched by or being indexed. */
  readonly custom: readonly Parameter[];
  /** Grows with each change of a custom parameter. */
  readonly version: number;
  /** The same catalog with these custom parameters and no others. */
  with(custom: CustomParameters): Catalog;
  /** Whether `_text` and `_content` can be searched, and resources are indexed for them. */
  readonly fullText: boolean;
}

export interface Unsupported {
  readonly code: string;
  readonly type: string;
  /** A clause in English that follows the parameter's name: `is not supported; leave it out`. */
  readonly reason: string;
}

interface Entry {
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly unsupported: readonly Unsupported[];
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
  readonly components?: readonly Component[];
}

/** The catalog of R4 and of our own parameters; a type is compiled when it is first asked for (CarePlan: about 1 ms). */
export function createCatalog(
  definitions: Definitions,
  terminology: Terminology,
  { fullText = true }: { fullText?: boolean | undefined } = {},
): Catalog {
  const entries = new Map<string, Entry>();
  const entry = (type: string): Entry => {
    let found = entries.get(type);
    if (!found) {
      found = compileType(definitions, type);
      entries.set(type, found);
    }
    return found;
  };
  const standard: Catalog = {
    definitions,
    terminology,
    parameter: (type, code) => entry(type).parameters.get(code),
    parameters: (type) => [...entry(type).parameters.values()],
    extracted: (type) => [...entry(type).parameters.values()],
    defined: (type) => definedFor(definitions, type),
    isDefinedUrl: (url) =>
      [...definitions.resourceTypes].some((type) =>
        definedFor(definitions, type).some((each) => each.url === url),
      ),
    unsupported: (type) => entry(type).unsupported,
    patientParameter: (type) => entry(type).patient,
    custom: [],
    version: 0,
    with: (custom) => extended(standard, custom),
    fullText,
  };
  return standard;
}

const definedFor = (definitions: Definitions, type: string): readonly SearchParameterDefinition[] =>
  definitions.resourceTypes.has(type)
    ? [...definitions.searchParameters(type), ...ownParameters.filter(({ base }) => base.includes(type))]
    : [];

/** A catalog of custom parameters before a standard one; those that do not compile any more are left out. */
function extended(standard: Catalog, { version, parameters }: CustomParameters): Catalog {
  const { definitions } = standard;
  const compiled = Map.groupBy(
    parameters.flatMap((custom) => {
      const parameter = compileCustom(
        definitions,
        custom.base,
        custom.definition,
        standard.defined(custom.base),
      );
      return isRefused(parameter) ? [] : [{ ...custom, parameter }];
    }),
    ({ base }) => base,
  );
  const of = (type: string) => compiled.get(type) ?? [];
  const ready = (type: string) =>
    of(type)
      .filter(({ isReady }) => isReady)
      .map(({ parameter }) => parameter);
  return {
    ...standard,
    custom: [...compiled.values()].flat().map(({ parameter }) => parameter),
    version,
    parameter: (type, code) =>
      standard.parameter(type, code) ?? ready(type).find((parameter) => parameter.code === code),
    parameters: (type) => [...standard.parameters(type), ...ready(type)],
    extracted: (type) => [...standard.extracted(type), ...of(type).map(({ parameter }) => parameter)],
    unsupported: (type) => [
      ...standard.unsupported(type),
      ...of(type)
        .filter(({ isReady }) => !isReady)
        .map(({ parameter, percent }) => ({
          code: parameter.code,
          type: parameter.type,
          reason: `is being indexed, ${percent} % done; try again later`,
        })),
    ],
  };
}

function compileType(definitions: Definitions, type: string): Entry {
  const known = definedFor(definitions, type);
  const drafts = known.flatMap((definition) => draft(definitions, type, definition, known) ?? []);
  const patient = patientDraft(drafts, type);
  const parameters = new Map<string, Parameter>();
  for (const each of drafts.toSorted((a, b) => (a.definition.code < b.definition.code ? -1 : 1))) {
    parameters.set(each.definition.code, finish(type, each, drafts, patient));
  }
  return {
    parameters,
    unsupported: known
      .filter(({ code }) => !parameters.has(code) && !isFullTextField(code))
      .map((definition) => ({
        code: definition.code,
        type: definition.type,
        reason: reasonAgainst(definition),
      })),
    patient: patient && parameters.get(patient.definition.code),
  };
}

function reasonAgainst({ code, type, expression }: SearchParameterDefinition): string {
  if (code === 'near')
    return 'is not supported: search by distance is not built; search by address or organization';
  return type === 'special' || expression === undefined
    ? 'is not supported; leave it out'
    : 'is not supported: the expression that R4 publishes for it selects nothing; leave it out';
}

function draft(
  definitions: Definitions,
  type: string,
  definition: SearchParameterDefinition,
  known: readonly SearchParameterDefinition[],
): Draft | null {
  const { expression } = definition;
  if (definition.type === 'special' || expression === undefined) return null;
  const paths = compileExpression(definitions, type, expression);
  // Some published expressions select nothing in R4 itself; a test lists them.
  if (!paths.length) return null;
  if (definition.type === 'composite') {
    const components = compileComponents(definitions, type, definition, paths, known);
    return components && { definition, type: 'composite', paths, selection: '', only: null, components };
  }
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
    ...(each.components && { components: each.components }),
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
