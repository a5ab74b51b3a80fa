// http://hl7.org/fhir/R4/search.html#modifyingresults
import { Problem, type WantedElement } from '@naravard/fhir';
import type { Parameter } from '../catalog/parameter.ts';
import type { Catalog } from '../catalog/parameters.ts';
import type { Ignored, SortKey } from '../query/query.ts';
import { nearMiss } from './near-miss.ts';
import { shown } from './shown.ts';
import { parseElements, parseSummary, type Summary } from './subset-parameters.ts';

/** Page size when none is asked for, and the most that is given: a larger wish is cut down, as R4 allows. */
export const DEFAULT_COUNT = 20;
export const MAX_COUNT = 1000;

/** A sort key costs an index or a subquery per row. */
const MAX_SORT_KEYS = 8;

/** R4's parameters that shape the result, and those that search in ways of their own. */
export const RESULT_PARAMETERS: ReadonlySet<string> = new Set([
  '_sort',
  '_count',
  '_total',
  '_summary',
  '_elements',
  '_contained',
  '_format',
  '_pretty',
]);

/** Known to R4 and not supported yet; `_query` comes from the definitions. */
export const NOT_YET: ReadonlySet<string> = new Set(['_containedType', '_type', '_score']);

/**
 * A modifier would change what these mean, so it is refused even where the caller is lenient.
 * @throws Problem 'unknown-parameter'.
 */
export function refuseModifier(name: string): void {
  const [code = '', ...modifier] = name.split(':');
  if (!modifier.length || !(RESULT_PARAMETERS.has(code) || NOT_YET.has(code) || code === '_filter')) return;
  throw new Problem('unknown-parameter', {
    severity: 'error',
    expression: shown(name),
    diagnostics: `'${code}' has no modifiers: write ${code}=value.`,
  });
}

/** Where the result parameters of a query end up while it is read. */
export interface ResultDraft {
  sort: { readonly code: string; readonly descending: boolean }[];
  count: number | null;
  total: 'none' | 'estimate' | 'accurate' | null;
  summary: Summary | null;
  elements: readonly WantedElement[] | null;
  readonly seen: Set<string>;
  readonly ignored: Ignored[];
}

/**
 * Applies one result parameter. Returns its value as it stands in `self`, or null when it is not part of it
 * (`_format` and `_pretty` belong to the HTTP layer).
 */
export function applyResultParameter(
  draft: ResultDraft,
  catalog: Catalog,
  types: readonly string[],
  [name, value]: readonly [string, string],
  lenient: boolean,
): string | null {
  if (name === '_format' || name === '_pretty') return null;
  if (draft.seen.has(name)) throw bad(name, 'give it once only.');
  draft.seen.add(name);
  switch (name) {
    case '_count':
      draft.count = parseCount(value);
      return String(draft.count);
    case '_total':
      if (value !== 'none' && value !== 'estimate' && value !== 'accurate') {
        throw bad(name, 'write none, estimate or accurate.');
      }
      draft.total = value;
      return value;
    case '_summary':
      draft.summary = parseSummary(value);
      return value;
    case '_elements':
      draft.elements = parseElements(catalog.definitions, types, value);
      return value;
    case '_contained':
      if (value === 'false') return value;
      if (value !== 'true' && value !== 'both') throw bad(name, 'write false, true or both.');
      return refuse(
        draft,
        name,
        "'_contained' is not supported but as false: contained resources are not searched.",
        lenient,
      );
    default:
      return sort(draft, catalog, types, value, lenient);
  }
}

function parseCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw bad('_count', `write a whole number from 0 to ${MAX_COUNT}.`);
  return Math.min(Number(value), MAX_COUNT);
}

function sort(
  draft: ResultDraft,
  catalog: Catalog,
  types: readonly string[],
  value: string,
  lenient: boolean,
): string | null {
  const applied: string[] = [];
  const keys = value.split(',');
  if (keys.length > MAX_SORT_KEYS) throw bad('_sort', `give at most ${MAX_SORT_KEYS} keys.`);
  for (const key of keys) {
    const descending = key.startsWith('-');
    const code = descending ? key.slice(1) : key;
    const reason = whyUnsorted(catalog, types, code);
    if (reason === null) {
      draft.sort.push({ code, descending });
      applied.push(key);
    } else {
      refuse(draft, '_sort', reason, lenient);
    }
  }
  return applied.length ? applied.join(',') : null;
}

/** Null when all the types have the parameter and order by values of one kind. */
function whyUnsorted(catalog: Catalog, types: readonly string[], code: string): string | null {
  const without = types.find((type) => !isOrdered(catalog.parameter(type, code)));
  if (without !== undefined) {
    return `${without} cannot be sorted by '${shown(code)}'.${sortAdvice(catalog, without, code)}`;
  }
  const kinds = new Set(types.map((type) => catalog.parameter(type, code)?.type));
  if (kinds.size < 2) return null;
  return `'${shown(code)}' is a ${[...kinds].join(' in one type and a ')} in another, which have no order together: search one type, or sort by another key.`;
}

const isOrdered = (parameter: Parameter | undefined): boolean =>
  parameter !== undefined && parameter.type !== 'composite';

function sortAdvice(catalog: Catalog, type: string, code: string): string {
  const { components } = catalog.parameter(type, code) ?? {};
  if (components) {
    const each = components.map(({ name }) => name).join(', ');
    return ` It combines values (${each}), which have no order together: sort by one of them.`;
  }
  const near = nearMiss(code, names(catalog, type));
  return near ? ` Did you mean '${near}'?` : '';
}

/** The sort keys as parameters of one of the types. */
export const sortOf = (draft: ResultDraft, catalog: Catalog, type: string): SortKey[] =>
  draft.sort.flatMap(({ code, descending }) => {
    const parameter = catalog.parameter(type, code);
    return parameter ? [{ parameter, descending }] : [];
  });

function refuse(draft: ResultDraft, name: string, reason: string, lenient: boolean): null {
  if (!lenient)
    throw new Problem('unknown-parameter', { severity: 'error', expression: name, diagnostics: reason });
  draft.ignored.push({ name, reason });
  return null;
}

const bad = (name: string, advice: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    expression: name,
    diagnostics: `The value of '${name}' cannot be used: ${advice}`,
  });

const names = (catalog: Catalog, type: string): string[] => catalog.parameters(type).map(({ code }) => code);
