// http://hl7.org/fhir/R4/terminology-service.html
import { openArchive } from './archive.ts';
import { CodeSystem } from './code-system.ts';
import { ConceptMap } from './concept-map.ts';
import { type Allowance, type ExpandedCode, expand } from './expand.ts';
import { Expansion } from './expansion.ts';
import { keptExpansions } from './kept-expansions.ts';
import { notLoaded, unknownCode, unknownValueSet } from './missing.ts';
import { onceIf } from './once.ts';
import { ownBefore } from './own-archive.ts';
import type { ValueSetSource } from './resources.ts';
import { impliedBySnomed } from './snomed-sets.ts';

/**
 * The code systems, value sets and concept maps of R4, our own and those that were loaded. Canonical URLs may end in
 * `|version`. What is not here is a Problem: 'bad-request' for a value set or code that nobody knows, 'unprocessable' for
 * content that is not loaded (SNOMED CT, LOINC, UCUM, MIME types).
 */
export interface Terminology {
  codeSystem(canonical: string): CodeSystem | undefined;
  valueSet(canonical: string): ValueSetSource | undefined;
  conceptMap(canonical: string): ConceptMap | undefined;
  /** All of them, each in the version that its URL alone means. */
  conceptMaps(): readonly ConceptMap[];
  /** What a value set consists of, made once; undefined for one that is not here. Throws. */
  expansion(valueSet: string): Expansion | undefined;
  /** The same of a value set that is not one of these, made anew at each call. Throws. */
  expansionOf(source: ValueSetSource, allowance?: Allowance): Expansion;
  /** The codes of a value set in the order of its composition, abstract ones included. Throws. */
  expand(valueSet: string): readonly ExpandedCode[];
  /** Whether a value set holds a code; `system` undefined: in any system. Throws. */
  has(valueSet: string, system: string | undefined, code: string): boolean;
  /** The code itself and all that it subsumes. Throws. */
  below(system: string, code: string): readonly string[];
  /** The code itself and all that subsume it. Throws. */
  above(system: string, code: string): readonly string[];
  /** Of two codes of one system. Throws. */
  subsumes(system: string, a: string, b: string): Subsumption;
}

/** http://hl7.org/fhir/R4/valueset-concept-subsumption-outcome.html */
export type Subsumption = 'equivalent' | 'subsumes' | 'subsumed-by' | 'not-subsumed';

/**
 * Costs nothing until it is asked. Each code system, expansion and map is made when it is first needed and kept: all 1,050
 * systems and 1,300 value sets together are 20 MB. Call it once in main and pass it down. `own`: CodeSystem, ValueSet and
 * ConceptMap resources that are known beside them, and before them.
 */
export function loadTerminology(own: readonly object[] = []): Terminology {
  const archive = ownBefore(openArchive(), own);
  const systems = new Map<string, CodeSystem>();
  const maps = new Map<string, ConceptMap>();

  const codeSystem = (canonical: string) =>
    onceIf(systems, canonical, () => {
      const source = archive.codeSystem(canonical);
      return source && new CodeSystem(source, archive.supplements(source.url));
    });
  const conceptMap = (canonical: string) =>
    onceIf(maps, canonical, () => {
      const source = archive.conceptMap(canonical);
      return source && new ConceptMap(source);
    });
  const valueSet = (canonical: string) => archive.valueSet(canonical) ?? impliedBySnomed(canonical);
  const expansions = keptExpansions(codeSystem, valueSet);
  const known = (canonical: string): Expansion => {
    const made = expansions.of(canonical);
    if (!made) throw unknownValueSet(canonical);
    return made;
  };
  const hierarchyOf = (url: string, code: string): CodeSystem => {
    const system = codeSystem(url);
    if (!system?.complete) throw notLoaded(url, (system?.size ?? 0) > 0);
    if (!system.concept(code)) throw unknownCode(url, code);
    return system;
  };

  return {
    codeSystem,
    valueSet,
    conceptMap,
    conceptMaps: () => archive.conceptMaps().flatMap((each) => conceptMap(each) ?? []),
    expansion: expansions.of,
    expansionOf: (source, allowance) => new Expansion(source, expand(source, expansions.sources, allowance)),
    expand: (canonical) => known(canonical).codes,
    has: (canonical, system, code) => known(canonical).has(system, code),
    below: (system, code) => hierarchyOf(system, code).below(code),
    above: (system, code) => hierarchyOf(system, code).above(code),
    subsumes(system, a, b) {
      hierarchyOf(system, b);
      return subsumption(hierarchyOf(system, a), a, b);
    },
  };
}

/** http://hl7.org/fhir/R4/codesystem-operation-subsumes.html, of two codes that the system has. */
export function subsumption(system: CodeSystem, a: string, b: string): Subsumption {
  if (a === b) return 'equivalent';
  if (system.above(b).includes(a)) return 'subsumes';
  return system.above(a).includes(b) ? 'subsumed-by' : 'not-subsumed';
}
