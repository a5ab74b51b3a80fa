// http://hl7.org/fhir/R4/search.html#modifyingresults
import { Problem } from '@naravard/fhir';
import { nearMiss } from './near-miss.ts';
import type { Catalog } from './parameters.ts';
import type { Ignored, SortKey } from './query.ts';

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
  '_format',
  '_pretty',
]);

/** Known to R4 and not supported yet; `_content`, `_text` and `_query` come from the definitions. */
export const NOT_YET: ReadonlySet<string> = new Set([
  '_include',
  '_revinclude',
  '_has',
  '_filter',
  '_elements',
  '_contained',
  '_containedType',
  '_list',
  '_type',
  '_score',
]);

/** Where the result parameters of a query end up while it is read. */
export interface ResultDraft {
  sort: SortKey[];
  count: number | null;
  total: 'none' | 'estimate' | 'accurate' | null;
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
  type: string,
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
      return summary(draft, value, lenient);
    default:
      return sort(draft, catalog, type, value, lenient);
  }
}

function parseCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw bad('_count', `write a whole number from 0 to ${MAX_COUNT}.`);
  return Math.min(Number(value), MAX_COUNT);
}

function summary(draft: ResultDraft, value: string, lenient: boolean): string | null {
  switch (value) {
    case 'count':
      draft.count = 0;
      return value;
    case 'false':
      return value;
    case 'true':
    case 'text':
    case 'data':
      return refuse(
        draft,
        '_summary',
        `_summary=${value} is not supported yet; leave it out or use count.`,
        lenient,
      );
    default:
      throw bad('_summary', 'write count or false.');
  }
}

function sort(
  draft: ResultDraft,
  catalog: Catalog,
  type: string,
  value: string,
  lenient: boolean,
): string | null {
  const applied: string[] = [];
  const keys = value.split(',');
  if (keys.length > MAX_SORT_KEYS) throw bad('_sort', `give at most ${MAX_SORT_KEYS} keys.`);
  for (const key of keys) {
    const descending = key.startsWith('-');
    const code = descending ? key.slice(1) : key;
    const parameter = catalog.parameter(type, code);
    if (parameter) {
      draft.sort.push({ parameter, descending });
      applied.push(key);
    } else {
      const near = nearMiss(code, names(catalog, type));
      const advice = near ? ` Did you mean '${near}'?` : '';
      refuse(draft, '_sort', `${type} cannot be sorted by '${shown(code)}'.${advice}`, lenient);
    }
  }
  return applied.length ? applied.join(',') : null;
}

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

/** A name as it may be repeated in an answer: what is not a parameter name may be anything, so it is cut. */
export const shown = (name: string): string => name.replace(/[^\w:.-]/g, '?').slice(0, 64);
