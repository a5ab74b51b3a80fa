import type { Walk } from '../catalog/expression.ts';
import type { Parameter } from '../catalog/parameter.ts';
import type { Catalog } from '../catalog/parameters.ts';
import { createTextReader } from '../full-text/full-text.ts';
import { faceOf } from '../query/condition.ts';
import { presenceKey } from '../sql/index-table.ts';
import { emptySink, type Leaf, type RowSink } from '../types/face.ts';
import { orAbsent } from '../types/token/token-leaf.ts';
import { soleCode } from '../types/token/token-value.ts';
import type { IndexRows } from './index-rows.ts';
import { furtherEdges } from './referred.ts';

export type Extractor = (type: string, id: string, resource: unknown) => IndexRows;

interface TypeExtractor {
  readonly walks: readonly Walk<RowSink>[];
  /** Code of the reference parameter whose one Patient the resource is about. */
  readonly patient: string | null;
}

/**
 * Takes from a valid resource all that it is found by. `base` is our own FHIR base URL: absolute references to it are
 * ours. Compiled once per type, for every create waits for it (Synthea's Encounters, CareTeams and CarePlans: 10 us each).
 */
export function createExtractor(catalog: Catalog, base: string): Extractor {
  const types = new Map<string, TypeExtractor>();
  const readText = catalog.fullText ? createTextReader(catalog.definitions) : undefined;
  return (type, id, resource) => {
    let extractor = types.get(type);
    if (!extractor) {
      extractor = compileExtractor(catalog, type, base);
      types.set(type, extractor);
    }
    const sink = emptySink(resource);
    for (const walk of extractor.walks) walk(resource, sink);
    const patient = type === 'Patient' ? id : patientOf(sink, extractor.patient);
    if (patient === null && isAboutSeveral(sink, extractor.patient)) sink.labels.push(SEVERAL_PATIENTS);
    const rows = finish(sink, patient, catalog.version);
    rows.references.push(...furtherEdges(resource, rows.references, base));
    const fullText = readText?.(type, resource);
    if (fullText) rows.fullText = fullText;
    return rows;
  };
}

function compileExtractor(catalog: Catalog, type: string, base: string): TypeExtractor {
  const walks = catalog
    .extracted(type)
    .filter((parameter) => parameter.stored === parameter.code)
    .flatMap((parameter) =>
      parameter.paths.flatMap((path) => {
        const leaf = faceOf(parameter).extract(parameter, path, base);
        // An element that lacks a component of a composite parameter lacks no value of its own.
        if (parameter.type === 'composite') return leaf ? [path.walk(leaf)] : [];
        if (!leaf) return [];
        const walk = path.walk(noticing(parameter, leaf));
        return [parameter.type === 'token' && soleCode(parameter) ? orAbsent(parameter.code, walk) : walk];
      }),
    );
  return { walks: [...walks, labelWalk], patient: catalog.patientParameter(type)?.stored ?? null };
}

/**
 * Notes a value that the leaf has no row for, such as a reference with a display alone or a concept that is only text,
 * so that `:missing` knows of it.
 */
function noticing({ code }: Parameter, leaf: Leaf): Leaf {
  return (value, sink) => {
    const before = sizeOf(sink);
    leaf(value, sink);
    if (sizeOf(sink) !== before) return;
    const alone = emptySink(sink.resource);
    leaf(value, alone);
    if (sizeOf(alone) === 0) sink.tokens.add(presenceKey(code));
  };
}

const sizeOf = ({ tokens, identifiers, references, texts, dates, quantities, period }: RowSink): number =>
  tokens.size +
  identifiers.length +
  references.length +
  texts.length +
  dates.length +
  quantities.length +
  (period ? 1 : 0);

/** Labels decide access, so they stand in the key row besides being tokens of `_security`. */
const labelWalk: Walk<RowSink> = (resource, sink) => {
  const security = (resource as { meta?: { security?: { system?: string; code?: string }[] } }).meta
    ?.security;
  if (!Array.isArray(security)) return;
  for (const { system, code } of security) if (code) sink.labels.push(`${system ?? ''}|${code}`);
};

function patientOf(sink: RowSink, param: string | null): string | null {
  if (param === null) return null;
  let found: string | null = null;
  for (const row of sink.references) {
    if (row.param !== param || row.targetType !== 'Patient' || row.target === null) continue;
    if (found !== null && found !== row.target) return null;
    found = row.target;
  }
  return found;
}

/** Label of a resource that is about patients, but not about one: access keeps it from who needs a relation. */
export const SEVERAL_PATIENTS = 'https://naravard.se/fhir/CodeSystem/access|several-patients';

const isAboutSeveral = (sink: RowSink, param: string | null): boolean =>
  sink.references.some((row) => row.targetType === 'Patient' || row.param === param);

function finish(sink: RowSink, patient: string | null, catalog: number): IndexRows {
  return {
    catalog,
    patient,
    period: sink.period,
    labels: [...new Set(sink.labels)],
    tokens: [...sink.tokens],
    identifiers: unique(sink.identifiers),
    references: unique(sink.references),
    texts: unique(sink.texts),
    dates: unique(sink.dates),
    quantities: unique(sink.quantities),
    composites: uniqueByJson(sink.composites),
  };
}

/** Beyond so many rows equal ones are found by their JSON, which costs more for few (a fifth of an extraction). */
const FEW = 16;

function unique<Row extends object>(rows: Row[]): Row[] {
  if (rows.length < 2) return rows;
  if (rows.length > FEW) return uniqueByJson(rows);
  return rows.filter((row, at) => !rows.slice(0, at).some((before) => isEqual(before, row)));
}

function isEqual<Row extends object>(a: Row, b: Row): boolean {
  for (const name in a) if (a[name] !== b[name]) return false;
  return true;
}

/** Rows are written with their members in one order, so equal rows have equal JSON. */
function uniqueByJson<Row>(rows: Row[]): Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = JSON.stringify(row);
    return !seen.has(key) && seen.add(key);
  });
}
