// http://hl7.org/fhir/R4/search.html#composite

import type { Component, SimpleType } from '../../catalog/parameter.ts';
import type { IndexRows } from '../../rows/index-rows.ts';
import { presenceKey } from '../../sql/index-table.ts';
import { noSystemKey, systemCodeKey, systemOnlyKey, tokenKey } from '../token/token-key.ts';

export type CompositeRow = IndexRows['composites'][number];

/** What a component is compared by beside its keys; a column of table `composite_value`. */
type Slot = 'numbers' | 'dates' | 'texts';

/** Null: by keys alone. */
function slotOf(type: SimpleType): Slot | null {
  switch (type) {
    case 'number':
    case 'quantity':
      return 'numbers';
    case 'date':
      return 'dates';
    case 'string':
      return 'texts';
    case 'token':
    case 'reference':
    case 'uri':
      return null;
    default:
      return type satisfies never;
  }
}

/** Which of the values in its slot is the component's, from 0. */
export function placeOf(components: readonly Component[], component: Component): number {
  const slot = slotOf(component.parameter.type);
  const before = components.slice(0, components.indexOf(component));
  return before.filter(({ parameter }) => slotOf(parameter.type) === slot).length;
}

/** The keys that a query with this system (undefined: any, null: none) and code (undefined: any) looks for. */
export function keyOf(param: string, system: string | null | undefined, code: string | undefined): string {
  if (code === undefined) return systemOnlyKey(param, system ?? '');
  if (system === undefined) return tokenKey(param, code);
  return system === null ? noSystemKey(param, code) : systemCodeKey(param, system, code);
}

/** The key of a resource of ours; `type` null: of whatever type. */
export const localKey = (param: string, type: string | null, id: string): string =>
  tokenKey(param, `${type ?? '*'}/${id}`);

/** The key of a URL elsewhere. */
export const urlKey = (param: string, url: string): string => tokenKey(param, url);

/** One value of a component, with the keys that belong to it alone: those of a quantity's unit. */
interface Value {
  readonly keys: readonly string[];
  readonly numbers?: CompositeRow['numbers'][number];
  readonly dates?: CompositeRow['dates'][number];
  readonly texts?: string;
}

/** What an ordinary extraction of the component found. */
type Found = Pick<IndexRows, 'identifiers' | 'references' | 'texts' | 'dates' | 'quantities'> & {
  readonly tokens: ReadonlySet<string>;
};

/** The values of a component, of which a row has one. All keys of an element's codes or references make one value. */
export function valuesOf({ parameter: { stored, type } }: Component, found: Found): Value[] {
  switch (slotOf(type)) {
    case 'numbers':
      return found.quantities.map(({ low, high, ...unit }) => ({
        keys: unitKeys(stored, unit),
        numbers: { low, high },
      }));
    case 'dates':
      return found.dates.map(({ start, end }) => ({ keys: [], dates: { start, end } }));
    case 'texts':
      return [...new Set(found.texts.map(({ folded }) => folded))].map((texts) => ({ keys: [], texts }));
    case null: {
      const keys = equalityKeys(stored, found);
      return keys.length ? [{ keys }] : [];
    }
  }
}

function unitKeys(
  param: string,
  { system, code, unit }: { system: string | null; code: string | null; unit: string | null },
): string[] {
  const keys = new Set<string>();
  if (system !== null) keys.add(keyOf(param, system, undefined));
  if (system !== null && code !== null) keys.add(keyOf(param, system, code));
  for (const text of [code, unit]) if (text !== null) keys.add(tokenKey(param, text));
  return [...keys];
}

function equalityKeys(param: string, { tokens, identifiers, references }: Found): string[] {
  const keys = new Set(tokens);
  keys.delete(presenceKey(param));
  for (const { system, value } of identifiers) {
    keys.add(keyOf(param, undefined, value)).add(keyOf(param, system, value));
    if (system !== null) keys.add(keyOf(param, system, undefined));
  }
  for (const { targetType, target } of references) {
    if (target === null) continue;
    if (targetType === null) keys.add(urlKey(param, target));
    else keys.add(localKey(param, targetType, target)).add(localKey(param, null, target));
  }
  return [...keys];
}

/** The rows of one element: every way to take one value of each component; none when a component has no value. */
export function rowsOf(param: string, values: readonly (readonly Value[])[]): CompositeRow[] {
  let rows: CompositeRow[] = [{ param, tokens: [], numbers: [], dates: [], texts: [] }];
  for (const choices of values) {
    rows = rows.flatMap((row) =>
      choices.map(({ keys, numbers, dates, texts }) => ({
        param,
        tokens: [...row.tokens, ...keys],
        numbers: numbers ? [...row.numbers, numbers] : row.numbers,
        dates: dates ? [...row.dates, dates] : row.dates,
        texts: texts === undefined ? row.texts : [...row.texts, texts],
      })),
    );
  }
  return rows;
}
