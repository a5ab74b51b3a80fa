import { Problem, parseDateRange } from '@naravard/fhir';
import { shown } from '@naravard/search';
import type { LogFilter } from '@naravard/store';
import type { Pair } from '../call.ts';
import { interactionsOf, shapes } from './interaction-shape.ts';

/** What a search of the audit asks for. */
export interface AuditQuery {
  filters: LogFilter[];
  count: number;
  /** Parameters that are not known, left out under `Prefer: handling=lenient`. */
  ignored: string[];
}

const defaultCount = 20;
export const maxCount = 200;

/**
 * The search parameters of AuditEvent that the audit can answer, as conditions on its rows.
 * http://hl7.org/fhir/R4/auditevent.html#search
 * @throws Problem 'unknown-parameter' (unless lenient) or 'bad-request'
 */
export function parseAuditQuery(pairs: readonly Pair[], base: string, lenient: boolean): AuditQuery {
  const query: AuditQuery = { filters: [], count: defaultCount, ignored: [] };
  for (const [name, value] of pairs) {
    if (value === '' || name === '_summary' || name === '_elements') continue;
    if (name === '_count') query.count = countOf(value, maxCount);
    else if (name === '_sort') checkSort(value);
    else {
      const parse = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
      if (parse) query.filters.push(parse(value, base));
      else if (lenient) query.ignored.push(shown(name));
      else throw unknown(name);
    }
  }
  return query;
}

type Parse = (value: string, base: string) => LogFilter;

const none: LogFilter = { kind: 'id', ids: [] };

const date: Parse = (value) => timeFilter(value);

const parameters: Readonly<Record<string, Parse>> = {
  patient: (value, base) => ({
    kind: 'patient',
    ids: value.split(',').map((each) => patientOf(each, base)),
  }),
  entity: (value, base) => ({ kind: 'target', keys: value.split(',').map((each) => keyOf(each, base)) }),
  agent: (value, base) => ({
    kind: 'agent',
    ids: value.split(',').map((each) => relative(each, base).replace(/^Patient\//, '')),
  }),
  'agent:identifier': (value) => ({ kind: 'agent', ids: value.split(',').map(codeOf) }),
  action: (value) => ({
    kind: 'interaction',
    ...interactionsOf(value.split(',').map((each) => chosen('action', codeOf(each), actions))),
  }),
  subtype: (value) => subtypes(value.split(',').map(codeOf)),
  type: (value) => (value.split(',').map(codeOf).includes('rest') ? everything : none),
  outcome: (value) => ({
    kind: 'outcome',
    codes: value.split(',').map((each) => Number(chosen('outcome', codeOf(each), outcomes))),
  }),
  date,
  _lastUpdated: date,
  _id: (value) => ({ kind: 'id', ids: value.split(',').filter((id) => uuid.test(id)) }),
};

export const parameterNames: readonly string[] = Object.keys(parameters);

const everything: LogFilter = { kind: 'time', start: null, end: null, not: false };
const actions = ['C', 'R', 'U', 'D', 'E'];
const outcomes = ['0', '4', '8', '12'];
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A token without its system: each of these has one system only. */
const codeOf = (token: string): string => token.slice(token.lastIndexOf('|') + 1);

/** `operation` is every interaction with a name of its own. */
const subtypes = (codes: readonly string[]): LogFilter => ({
  kind: 'interaction',
  oneOf: codes,
  noneOf: codes.includes('operation') ? Object.keys(shapes) : null,
});

function chosen(name: string, value: string, allowed: readonly string[]): string {
  if (allowed.includes(value)) return value;
  throw bad(name, `write one of ${allowed.join(', ')}.`);
}

const relative = (value: string, base: string): string =>
  value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value;

function patientOf(value: string, base: string): string {
  const id = relative(value, base).replace(/^Patient\//, '');
  if (/^[A-Za-z0-9.-]{1,64}$/.test(id)) return id;
  throw bad('patient', 'write Patient/id.');
}

function keyOf(value: string, base: string): string {
  const key = relative(value, base);
  if (/^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/.test(key)) return key;
  throw bad('entity', 'write Type/id.');
}

/** http://hl7.org/fhir/R4/search.html#date; `recorded` is an instant. */
function timeFilter(value: string): LogFilter {
  const [, prefix = 'eq', text = ''] = /^(eq|ne|gt|lt|ge|le|sa|eb)?(.*)$/s.exec(value) ?? [];
  // A plus sign of the zone arrives as a space when it is not encoded.
  const range = parseDateRange(text.replace(/ (?=\d\d:\d\d$)/, '+'));
  if (!range?.start || !range.end) {
    throw bad('date', 'write a date or an instant with one of the prefixes eq, ne, gt, lt, ge, le, sa, eb.');
  }
  const { start, end } = range;
  const time = { kind: 'time', start: null, end: null, not: false } as const;
  if (prefix === 'gt' || prefix === 'sa') return { ...time, start: end };
  if (prefix === 'ge') return { ...time, start };
  if (prefix === 'lt' || prefix === 'eb') return { ...time, end: start };
  if (prefix === 'le') return { ...time, end };
  return { ...time, start, end, not: prefix === 'ne' };
}

/** @throws Problem 'bad-request' */
export function countOf(value: string, most: number): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Math.min(Number(value), most);
  throw bad('_count', `write a whole number from 1 to ${most}.`);
}

function checkSort(value: string): void {
  if (value === '-date' || value === '-_lastUpdated') return;
  throw bad('_sort', 'the log is given newest first: write -date, or leave _sort out.');
}

const bad = (name: string, advice: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    expression: name,
    diagnostics: `The value of '${name}' cannot be used: ${advice}`,
  });

const unknown = (name: string): Problem =>
  new Problem('unknown-parameter', {
    severity: 'error',
    expression: shown(name),
    diagnostics: `The log is searched by ${parameterNames.join(', ')}, not by ${shown(name)}: leave it out.`,
  });
