import { parseDateRange } from '../date.ts';
import { isObject, type Node, type Nodes } from './node.ts';

const zoned = /(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The order of two values of one kind, or undefined where it cannot be told: unlike types, unlike units, or dates whose
 * precision leaves it open (2024-05 and 2024-05-17). A date without zone is Europe/Stockholm.
 * http://hl7.org/fhirpath/N1/#comparison
 */
export function order(a: unknown, b: unknown, isDate: boolean): -1 | 0 | 1 | undefined {
  if (typeof a === 'number' && typeof b === 'number') return sign(a - b);
  if (typeof a === 'string' && typeof b === 'string')
    return isDate ? dateOrder(a, b) : a < b ? -1 : a > b ? 1 : 0;
  if (isObject(a) && isObject(b)) return quantityOrder(a, b);
  return undefined;
}

const sign = (difference: number): -1 | 0 | 1 => (difference < 0 ? -1 : difference > 0 ? 1 : 0);

function dateOrder(a: string, b: string): -1 | 0 | 1 | undefined {
  if (a === b) return 0;
  if (a.length === b.length && zone(a) === zone(b)) return a < b ? -1 : 1;
  const first = parseDateRange(a);
  const second = parseDateRange(b);
  if (!first?.start || !first.end || !second?.start || !second.end) return undefined;
  if (first.start === second.start && first.end === second.end) return 0;
  if (first.end <= second.start) return -1;
  return second.end <= first.start ? 1 : secondsOrder(a, b, first.start, second.start);
}

/** Seconds and fractions of them are one precision in FHIRPath. */
function secondsOrder(a: string, b: string, start: string, other: string): -1 | 0 | 1 | undefined {
  return a.length > 16 && b.length > 16 ? (start < other ? -1 : start > other ? 1 : 0) : undefined;
}

const zone = (text: string): string | undefined => (text.length > 10 ? zoned.exec(text)?.[0] : undefined);

function quantityOrder(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): -1 | 0 | 1 | undefined {
  if (typeof a.value !== 'number' || typeof b.value !== 'number') return undefined;
  const coded = a.code !== undefined || b.code !== undefined;
  const alike = coded ? a.code === b.code && a.system === b.system : a.unit === b.unit;
  return alike ? sign(a.value - b.value) : undefined;
}

const dateTypes = new Set(['date', 'dateTime', 'instant', 'System.Date', 'System.DateTime']);
export const isDateType = (type: string): boolean => dateTypes.has(type);

/** The order of two single nodes; undefined where either is missing or the order is open. */
export function nodeOrder(left: Nodes, right: Nodes): -1 | 0 | 1 | undefined {
  const [a] = left;
  const [b] = right;
  if (!a || !b || left.length > 1 || right.length > 1) return undefined;
  return order(a.value, b.value, isDateType(a.type) || isDateType(b.type));
}

/** `=`: undefined when either side is empty. http://hl7.org/fhirpath/N1/#equals */
export function equal(left: Nodes, right: Nodes): boolean | undefined {
  if (!left.length || !right.length) return undefined;
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) {
    const same = sameNode(left[at] as Node, right[at] as Node);
    if (same !== true) return same;
  }
  return true;
}

/** Equality of two nodes, extensions included; undefined for dates of unlike precision. */
export function sameNode(a: Node, b: Node): boolean | undefined {
  if (
    typeof a.value === 'string' &&
    typeof b.value === 'string' &&
    isDateType(a.type) &&
    isDateType(b.type)
  ) {
    const compared = dateOrder(a.value, b.value);
    return compared === undefined ? undefined : compared === 0;
  }
  return sameJson(a.value, b.value);
}

function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, at) => sameJson(each, b[at]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameJson(a[key], b[key]));
}

export const includes = (nodes: Nodes, node: Node): boolean =>
  nodes.some((each) => sameNode(each, node) === true);

/** The nodes without repetition. */
export function distinct(nodes: Nodes): Node[] {
  const kept: Node[] = [];
  const seen = new Set<unknown>();
  for (const node of nodes) {
    const primitive = typeof node.value !== 'object' && node.value !== undefined && !isDateType(node.type);
    if (primitive ? seen.has(node.value) : includes(kept, node)) continue;
    if (primitive) seen.add(node.value);
    kept.push(node);
  }
  return kept;
}
