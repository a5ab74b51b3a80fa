import { expand, type Sources } from './expand.ts';
import { Expansion } from './expansion.ts';
import { madeOfItself, madeOfUnknown } from './missing.ts';
import { onceIf } from './once.ts';
import type { ValueSetSource } from './resources.ts';
import { isOfOneConcept } from './snomed-sets.ts';

export interface KeptExpansions {
  /** Undefined for a value set that is not here. Throws. */
  of(valueSet: string): Expansion | undefined;
  /** What expansions are made of. */
  readonly sources: Sources;
}

/** The expansions of value sets by canonical, each made when it is first needed, also as a part of another one. */
export function keptExpansions(
  codeSystem: Sources['codeSystem'],
  valueSet: (canonical: string) => ValueSetSource | undefined,
): KeptExpansions {
  const made = new Map<string, Expansion>();
  const making = new Set<string>();
  // What takes long to find out is found out once; they are all made anew when anything is loaded.
  const faults = new Map<string, unknown>();
  const of = (canonical: string): Expansion | undefined =>
    // As many as there are numbers: they are made anew, from the concept that they name.
    onceIf(isOfOneConcept(canonical) ? new Map() : made, canonical, () => {
      const source = valueSet(canonical);
      if (!source) return undefined;
      if (making.has(canonical)) throw madeOfItself(canonical);
      if (faults.has(canonical)) throw faults.get(canonical);
      making.add(canonical);
      try {
        return new Expansion(source, expand(source, sources));
      } catch (error) {
        // Within others it may be their fault: that they are made of each other.
        if (making.size === 1 && !isOfOneConcept(canonical)) faults.set(canonical, error);
        throw error;
      } finally {
        making.delete(canonical);
      }
    });
  const codesOf: Sources['codesOf'] = (canonical) => {
    const expansion = of(canonical);
    if (!expansion) throw madeOfUnknown(canonical);
    return expansion.byKey;
  };
  const sources: Sources = { codeSystem, codesOf };
  return { of, sources };
}
