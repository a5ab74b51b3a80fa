import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { CodeSystemSource, ConceptMapSource, ValueSetSource } from './resources.ts';

type Span = readonly [start: number, length: number];
type Spans = Readonly<Record<string, Span>>;

interface Index {
  readonly CodeSystem: Spans;
  readonly ValueSet: Spans;
  readonly ConceptMap: Spans;
  /** Value sets that a code system names as all its codes: their URL, and its. */
  readonly implied: Readonly<Record<string, string>>;
}

/** Terminology resources by canonical URL, which may end in `|version`. */
export interface Archive {
  codeSystem(canonical: string): CodeSystemSource | undefined;
  valueSet(canonical: string): ValueSetSource | undefined;
  conceptMap(canonical: string): ConceptMapSource | undefined;
  /** The canonicals of all concept maps, each by one. */
  conceptMaps(): readonly string[];
  /** What adds designations and properties to a code system. */
  supplements(system: string): readonly CodeSystemSource[];
}

/**
 * Reads the generated files: the index (160 kB) when something is first asked for, and then the one resource that is
 * asked for, out of 5.2 MB. What was read is not kept.
 */
export function openArchive(): Archive {
  let opened: Index | undefined;
  const index = (): Index => {
    opened ??= JSON.parse(readFileSync(file('terminology-index.json'), 'utf8')) as Index;
    return opened;
  };
  return {
    codeSystem: (canonical) => read<CodeSystemSource>(index().CodeSystem, canonical),
    valueSet: (canonical) =>
      read<ValueSetSource>(index().ValueSet, canonical) ?? allOf(canonical, index().implied),
    conceptMap: (canonical) => read<ConceptMapSource>(index().ConceptMap, canonical),
    conceptMaps: () => Object.keys(index().ConceptMap),
    supplements: () => [],
  };
}

/** The compiled code reads the files from src/ too. */
const file = (name: string): URL => new URL(`../src/generated/${name}`, import.meta.url);

/** The version asked for, or undefined when that is not the one at hand. */
function read<T extends { readonly version?: string }>(spans: Spans, canonical: string): T | undefined {
  const [url = '', version, ...more] = canonical.split('|');
  const span = own(spans, canonical) ?? own(spans, url);
  if (!span || more.length) return undefined;
  const found = JSON.parse(readSpan(span)) as T;
  return version && found.version !== version ? undefined : found;
}

function readSpan([start, length]: Span): string {
  const descriptor = openSync(file('terminology.ndjson'), 'r');
  try {
    const buffer = Buffer.allocUnsafe(length);
    readSync(descriptor, buffer, 0, length, start);
    return buffer.toString('utf8');
  } finally {
    closeSync(descriptor);
  }
}

function allOf(canonical: string, implied: Index['implied']): ValueSetSource | undefined {
  const system = own(implied, canonical);
  return system === undefined ? undefined : allOfSystem(canonical, system);
}

/** The value set of all codes of a system. */
export const allOfSystem = (url: string, system: string): ValueSetSource => ({
  resourceType: 'ValueSet',
  url,
  compose: { include: [{ system }] },
});

/** A URL such as `__proto__` comes from a caller. */
const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
