// http://hl7.org/fhir/R4/valueset.html#compositions
import { Problem } from '@naravard/fhir';
import type { CodeSystem, Concept } from './code-system.ts';
import { filterTest } from './filter.ts';
import { notLoaded } from './missing.ts';
import type {
  ContainsSource,
  Designation,
  FilterSource,
  IncludeSource,
  ValueSetSource,
} from './resources.ts';

export interface ExpandedCode {
  readonly system: string;
  /** Of the code system that it was taken from; null where that is not here or has none. */
  readonly version: string | null;
  readonly code: string;
  readonly display: string | null;
  /** A heading that is not meant to be recorded. */
  readonly abstract: boolean;
  /** No longer in use. */
  readonly inactive: boolean;
  /** Those of the value set, then those of the code system. */
  readonly designations: readonly Designation[];
}

/** Where an expansion takes what it is made of; canonicals may end in `|version`. */
export interface Sources {
  codeSystem(canonical: string): CodeSystem | undefined;
  /** The codes of another value set. Throws a Problem when it is not here. */
  codesOf(canonical: string): Codes;
}

/** What the expansion of a value set that a caller made may cost; there is no bound for those that are loaded. */
export interface Allowance {
  /** Codes still to be looked at, counted down. */
  codes: number;
}

/** Codes by `system|code`, in the order of the composition. */
export type Codes = ReadonlyMap<string, ExpandedCode>;

export const codeKey = (system: string, code: string): string => `${system}|${code}`;

/** What a value set consists of. Throws a Problem when what it is made of is not here, or its allowance is used up. */
export function expand(source: ValueSetSource, sources: Sources, allowance?: Allowance): Codes {
  const { compose, expansion } = source;
  const within = { ...sources, allowance };
  if (!compose && expansion) return byKey((expansion.contains ?? []).flatMap(contained));
  if (!compose)
    throw new Problem('unprocessable', 'The value set does not tell its codes: it has no compose.');
  const all = new Map<string, ExpandedCode>();
  for (const include of compose.include) {
    for (const [key, code] of included(include, within)) {
      if (!all.has(key) && !(compose.inactive === false && code.inactive)) all.set(key, code);
    }
  }
  for (const exclude of compose.exclude ?? []) {
    for (const key of included(exclude, within).keys()) all.delete(key);
  }
  return all;
}

/** The codes of an expansion that came with the value set. */
function contained(source: ContainsSource): ExpandedCode[] {
  const { system, version = null, code, display = null, contains = [] } = source;
  const { abstract = false, inactive = false, designation: designations = [] } = source;
  const inner = contains.flatMap(contained);
  if (system === undefined || code === undefined) return inner;
  return [{ system, version, code, display, abstract, inactive, designations }, ...inner];
}

interface Within extends Sources {
  readonly allowance: Allowance | undefined;
}

/** One include or exclude: its codes of a system that are in all the value sets it names. */
function included(include: IncludeSource, within: Within): Codes {
  const parts = [
    ...(include.system === undefined ? [] : [ofSystem(include.system, include, within)]),
    ...(include.valueSet ?? []).map((each) => ofSet(each, within)),
  ];
  const [first = new Map<string, ExpandedCode>(), ...others] = parts;
  if (!others.length) return first;
  return new Map([...first].filter(([key]) => others.every((other) => other.has(key))));
}

function ofSet(canonical: string, within: Within): Codes {
  const codes = within.codesOf(canonical);
  spend(within, codes.size);
  return codes;
}

function ofSystem(url: string, { version, concept, filter = [] }: IncludeSource, within: Within): Codes {
  // R4 asks for versions that it does not publish itself (task-code 3.6.0); what is here has to do.
  const system = (version && within.codeSystem(`${url}|${version}`)) || within.codeSystem(url);
  if (concept) {
    spend(within, concept.length);
    return byKey(concept.map((each) => listed(url, each, system)));
  }
  if (!system?.complete) throw notLoaded(url, (system?.size ?? 0) > 0);
  spend(within, system.size * (1 + filter.length));
  const concepts = selected(system, filter, within.allowance === undefined);
  return byKey(concepts.map((each) => ofConcept(system, url, each)));
}

/** What subsumes is asked most, of systems of 350,000 codes too: then it is looked for from there. */
function selected(system: CodeSystem, filter: readonly FilterSource[], loaded: boolean): readonly Concept[] {
  const [first, second] = filter;
  if (first?.op === 'is-a' && !second)
    return system.below(first.value).flatMap((code) => system.concept(code) ?? []);
  const tests = filter.map((each) => filterTest(each, system, loaded));
  return [...system.concepts()].filter((each) => tests.every((test) => test(each)));
}

const ofConcept = (
  { version }: CodeSystem,
  system: string,
  { code, display, abstract, inactive, designations }: Concept,
): ExpandedCode => ({ system, version, code, display, abstract, inactive, designations });

/** A code that the value set itself names, with its own display before that of the system. */
function listed(
  url: string,
  { code, display, designation = [] }: NonNullable<IncludeSource['concept']>[number],
  system: CodeSystem | undefined,
): ExpandedCode {
  const known = system?.concept(code);
  const designations = known?.designations ?? [];
  return {
    system: url,
    version: system?.version ?? null,
    code,
    display: display ?? known?.display ?? null,
    abstract: known?.abstract ?? false,
    inactive: known?.inactive ?? false,
    designations: designation.length ? [...designation, ...designations] : designations,
  };
}

/** Many small includes of large systems cost more than they weigh. */
function spend({ allowance }: Within, codes: number): void {
  if (!allowance) return;
  allowance.codes -= codes;
  if (allowance.codes >= 0) return;
  throw new Problem(
    'too-costly',
    'The value set is made of too many codes to be expanded for one question: have it loaded and ask by its url, or include less.',
  );
}

const byKey = (codes: readonly ExpandedCode[]): Codes =>
  new Map(codes.map((each) => [codeKey(each.system, each.code), each]));
