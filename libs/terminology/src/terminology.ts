// http://hl7.org/fhir/R4/terminology-service.html
import { openArchive } from './archive.ts';
import { CodeSystem } from './code-system.ts';
import { codeKey, type ExpandedCode, expand } from './expand.ts';
import { notLoaded, unknownCode } from './missing.ts';
import { ownBefore } from './own-archive.ts';
import type { ValueSetSource } from './resources.ts';

/**
 * The code systems and value sets of R4 and our own. Canonical URLs may end in `|version`. What is not here is a
 * Problem: 'bad-request' for a value set or code that nobody knows, 'unprocessable' for content that is not loaded
 * (SNOMED CT, LOINC, UCUM, MIME types).
 */
export interface Terminology {
  codeSystem(canonical: string): CodeSystem | undefined;
  valueSet(canonical: string): ValueSetSource | undefined;
  /** The codes of a value set in the order of its composition, abstract ones included. Throws. */
  expand(valueSet: string): readonly ExpandedCode[];
  /** Whether a value set holds a code; `system` undefined: in any system. Throws. */
  has(valueSet: string, system: string | undefined, code: string): boolean;
  /** The code itself and all that it subsumes. Throws. */
  below(system: string, code: string): readonly string[];
  /** The code itself and all that subsume it. Throws. */
  above(system: string, code: string): readonly string[];
  /** http://hl7.org/fhir/R4/codesystem-operation-subsumes.html, of two codes of one system. Throws. */
  subsumes(system: string, a: string, b: string): 'equivalent' | 'subsumes' | 'subsumed-by' | 'not-subsumed';
}

/**
 * Costs nothing until it is asked. Each code system and expansion is made when it is first needed and kept: all 1,050
 * systems and 1,300 value sets together are 17 MB. Call it once in main and pass it down. `own`: CodeSystem and ValueSet
 * resources that are known beside them, and before them.
 */
export function loadTerminology(own: readonly object[] = []): Terminology {
  const archive = ownBefore(openArchive(), own);
  const systems = new Map<string, CodeSystem>();
  const expansions = new Map<string, readonly ExpandedCode[]>();
  const members = new Map<string, ReadonlySet<string>>();

  const codeSystem = (canonical: string): CodeSystem | undefined => {
    const known = systems.get(canonical);
    if (known) return known;
    const source = archive.codeSystem(canonical);
    if (!source) return undefined;
    const made = new CodeSystem(source);
    systems.set(canonical, made);
    return made;
  };
  const sources = { codeSystem, valueSet: archive.valueSet };
  const expandOnce = (canonical: string): readonly ExpandedCode[] =>
    once(expansions, canonical, () => expand(canonical, sources));
  const hierarchyOf = (url: string, code: string): CodeSystem => {
    const system = codeSystem(url);
    if (!system?.complete) throw notLoaded(url, (system?.size ?? 0) > 0);
    if (!system.concept(code)) throw unknownCode(url, code);
    return system;
  };

  return {
    ...sources,
    expand: expandOnce,
    has(valueSet, system, code) {
      const codes = once(members, valueSet, () => memberKeys(expandOnce(valueSet)));
      return codes.has(system === undefined ? code : codeKey(system, code));
    },
    below: (system, code) => hierarchyOf(system, code).below(code),
    above: (system, code) => hierarchyOf(system, code).above(code),
    subsumes(system, a, b) {
      const found = hierarchyOf(system, a);
      hierarchyOf(system, b);
      if (a === b) return 'equivalent';
      if (found.below(a).includes(b)) return 'subsumes';
      return found.above(a).includes(b) ? 'subsumed-by' : 'not-subsumed';
    },
  };
}

/** Each code both alone and with its system; no system has white space or is empty, so the two do not meet. */
const memberKeys = (codes: readonly ExpandedCode[]): ReadonlySet<string> =>
  new Set(codes.flatMap(({ system, code }) => [code, codeKey(system, code)]));

function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  const known = made.get(key);
  if (known !== undefined) return known;
  const value = make();
  made.set(key, value);
  return value;
}
