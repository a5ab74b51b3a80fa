// http://hl7.org/fhir/R4/valueset.html#compositions
import { Problem } from '@naravard/fhir';
import type { CodeSystem, Concept } from './code-system.ts';
import { filterTest } from './filter.ts';
import { notLoaded, unknownValueSet } from './missing.ts';
import type { IncludeSource, ValueSetSource } from './resources.ts';

export interface ExpandedCode {
  readonly system: string;
  readonly code: string;
  readonly display: string | null;
  /** A heading that is not meant to be recorded. */
  readonly abstract: boolean;
}

/** Where an expansion takes what it is made of; canonicals may end in `|version`. */
export interface Sources {
  codeSystem(canonical: string): CodeSystem | undefined;
  valueSet(canonical: string): ValueSetSource | undefined;
}

/** Codes by `system|code`, in the order of the composition. */
type Codes = ReadonlyMap<string, ExpandedCode>;

/** What a value set consists of. Throws a Problem when it, or what it is made of, is not here. */
export function expand(canonical: string, sources: Sources): readonly ExpandedCode[] {
  return [...expandSet(canonical, sources, []).values()];
}

export const codeKey = (system: string, code: string): string => `${system}|${code}`;

/** `within`: the value sets that are being expanded, outermost first. */
function expandSet(canonical: string, sources: Sources, within: readonly string[]): Codes {
  const source = sources.valueSet(canonical);
  if (!source) throw unknownValueSet(canonical);
  if (within.includes(source.url)) {
    throw new Problem(
      'unprocessable',
      `The value set '${source.url}' is made of itself; no code can be in it.`,
    );
  }
  const inner = [...within, source.url];
  const all = new Map<string, ExpandedCode>();
  for (const include of source.compose?.include ?? []) {
    for (const [key, code] of included(include, sources, inner)) if (!all.has(key)) all.set(key, code);
  }
  for (const exclude of source.compose?.exclude ?? []) {
    for (const key of included(exclude, sources, inner).keys()) all.delete(key);
  }
  return all;
}

/** One include or exclude: its codes of a system that are in all the value sets it names. */
function included(include: IncludeSource, sources: Sources, within: readonly string[]): Codes {
  const parts = [
    ...(include.system === undefined ? [] : [ofSystem(include.system, include, sources)]),
    ...(include.valueSet ?? []).map((each) => expandSet(each, sources, within)),
  ];
  const [first = new Map<string, ExpandedCode>(), ...others] = parts;
  return new Map([...first].filter(([key]) => others.every((other) => other.has(key))));
}

function ofSystem(url: string, { version, concept, filter }: IncludeSource, sources: Sources): Codes {
  // R4 asks for versions that it does not publish itself (task-code 3.6.0); what is here has to do.
  const system = (version && sources.codeSystem(`${url}|${version}`)) || sources.codeSystem(url);
  if (concept) {
    return byKey(
      concept.map(({ code, display }) => {
        const known = system?.concept(code);
        return expanded(url, {
          code,
          display: display ?? known?.display ?? null,
          abstract: known?.abstract ?? false,
        });
      }),
    );
  }
  if (!system?.complete) throw notLoaded(url, (system?.size ?? 0) > 0);
  const tests = (filter ?? []).map((each) => filterTest(each, system));
  const concepts = [...system.concepts()].filter((each) => tests.every((test) => test(each)));
  return byKey(concepts.map((each) => expanded(url, each)));
}

const expanded = (
  system: string,
  { code, display, abstract }: Pick<Concept, 'code' | 'display' | 'abstract'>,
): ExpandedCode => ({ system, code, display, abstract });

const byKey = (codes: readonly ExpandedCode[]): Codes =>
  new Map(codes.map((each) => [codeKey(each.system, each.code), each]));
