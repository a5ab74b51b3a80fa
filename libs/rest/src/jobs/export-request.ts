import { Problem } from '@naravard/fhir';
import { SEARCH_LIMITS, shown } from '@naravard/search';
import type { Call, Pair } from '../call.ts';
import type { Engine } from '../engine.ts';
import { ndjsonFormats } from '../ndjson.ts';
import { inputOf } from '../operations/input.ts';
import { checkScope } from '../scope-check.ts';
import type { HeldRequest } from './held-request.ts';

/** What is exported of: everything, what is about patients, or what is about those of a Group. */
export type Level = 'system' | 'patients' | 'group';

/** A bulk export as its job keeps it. */
export interface HeldExport extends HeldRequest {
  readonly level: Level;
  /** A file each, in this order. */
  readonly types: readonly string[];
  readonly since: string | null;
  /** Searches as `Encounter?status=finished`. */
  readonly filters: readonly string[];
  readonly elements: string | null;
  /** Ids, of a Group. */
  readonly patients: readonly string[];
}

export type ExportInput = Pick<HeldExport, 'types' | 'since' | 'filters' | 'elements'>;

const known = {
  _type: 'string',
  _since: 'date',
  _typeFilter: 'string',
  _elements: 'string',
  _outputFormat: 'string',
} as const;

/** What is exported as: the media type, and the names that Bulk Data Access has for it. */
const formats = new Set([...Object.keys(ndjsonFormats), 'ndjson']);

/**
 * https://hl7.org/fhir/uv/bulkdata/STU2/export.html#query-parameters, from the address or from posted Parameters. A parameter
 * that is not known is refused, or left aside when the caller is lenient.
 * @throws Problem 'bad-request', 'unknown-parameter', or 'forbidden' for a type that no scope names
 */
export function exportInput(engine: Engine, call: Call, level: Level): ExportInput {
  const pairs = [...call.query, ...posted(engine, call)].filter(([, value]) => value !== '');
  checkNames(pairs, call.prefer.handling === 'lenient');
  const all = (name: string) => pairs.filter(([key]) => key === name).map(([, value]) => value);
  const one = (name: string): string | null => {
    const [first = null, ...more] = all(name);
    if (more.length) throw bad(name, 'give it once.');
    return first;
  };
  const format = one('_outputFormat');
  if (format !== null && !formats.has(format.replaceAll(' ', '+')))
    throw bad('_outputFormat', 'only application/fhir+ndjson is written.');
  const types = typesOf(engine, call, level, all('_type').join(','));
  const filters = all('_typeFilter').flatMap((value) => value.split(betweenSearches));
  if (filters.length > SEARCH_LIMITS.parameters)
    throw new Problem(
      'too-costly',
      `An export takes at most ${SEARCH_LIMITS.parameters} searches; split it.`,
    );
  return { types, since: sinceOf(one('_since')), filters, elements: all('_elements').join(',') || null };
}

/** Commas stand between the alternatives of a search too. */
const betweenSearches = /,(?=[A-Z][A-Za-z]+\?)/;

function posted(engine: Engine, call: Call): Pair[] {
  if (call.body === '') return [];
  const input = inputOf(engine, call, known);
  const since = input.date('_since');
  return [
    ...(['_type', '_typeFilter', '_elements', '_outputFormat'] as const).flatMap((name) =>
      input.texts(name).map((value): Pair => [name, value]),
    ),
    ...(since ? [['_since', since.text] as const] : []),
  ];
}

function checkNames(pairs: readonly Pair[], lenient: boolean): void {
  const unknown = pairs.find(([name]) => !Object.hasOwn(known, name));
  if (!unknown || lenient) return;
  throw new Problem('unknown-parameter', {
    severity: 'error',
    expression: shown(unknown[0]),
    diagnostics: `An export takes ${Object.keys(known).join(', ')}: leave out the others, or send Prefer: handling=lenient.`,
  });
}

/** https://hl7.org/fhir/R4/datatypes.html#instant */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

function sinceOf(value: string | null): string | null {
  // A plus sign of an offset is a space after URL decoding.
  const text = value?.replace(/ (?=\d\d:\d\d$)/, '+') ?? null;
  if (text === null) return null;
  if (instant.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString();
  throw bad('_since', 'give an instant, as 2026-11-23T10:00:00+01:00.');
}

/** The log is no stored resource, and has its own addresses. */
const LOG = 'AuditEvent';

function typesOf(engine: Engine, { context }: Call, level: Level, asked: string): readonly string[] {
  const isHere = (type: string) =>
    type !== LOG &&
    engine.mounted.has(type) &&
    (level === 'system' || type === 'Patient' || engine.catalog.patientParameter(type) !== undefined);
  if (asked === '') return [...engine.mounted].filter(isHere).sort();
  const types = [...new Set(asked.split(','))].sort();
  const foreign = types.find((type) => !isHere(type));
  if (foreign !== undefined) {
    const where = level === 'system' ? 'exported here' : 'about a patient and exported here';
    throw bad('_type', `'${shown(foreign)}' is no type that is ${where}; see /metadata.`);
  }
  for (const type of types) checkScope(context.actor.grants, type, 's');
  return types;
}

/** 400: `name` is the parameter at fault. */
export const bad = (name: string, advice: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    expression: name,
    diagnostics: `The value of '${name}' cannot be used: ${advice}`,
  });
