import type { Subset } from '@naravard/fhir';
import type { Parameter } from '../catalog/parameter.ts';
import { printSubset } from '../parse/subset-parameters.ts';
import { type Condition, printCondition } from './condition.ts';
import type { Everything } from './everything.ts';
import { type Include, printInclude } from './include.ts';

export interface SortKey {
  readonly parameter: Parameter;
  readonly descending: boolean;
}

/** A parameter that a lenient caller sent and that was not applied. */
export interface Ignored {
  readonly name: string;
  /** English, for the warning in the answer. */
  readonly reason: string;
}

/** What is asked of one type. */
export interface Part {
  readonly type: string;
  /** All of them hold. */
  readonly conditions: readonly Condition[];
  /** Empty: by id, which is the order of creation for ids that the server gave. Keys are the same in every part. */
  readonly sort: readonly SortKey[];
}

/** Where a page starts: a row's sort key values and id, as `CompiledSort.select` gave them. */
export interface Cursor {
  readonly keys: readonly (string | null)[];
  /** The page of the rows that come after it, or of those before it. */
  readonly side: 'after' | 'before';
}

/**
 * A search around one patient: all that it finds is that Patient, or about it. With it comes what that refers to, and so on, that
 * is about the same patient or about nobody. Access asks once for what it depends on the patient for.
 */
export interface Around {
  /** Id of the Patient. */
  readonly patient: string;
  /** References from resources of one type to those of another, in whatever element: never to places, which may be masked. */
  readonly follow: readonly { readonly from: string; readonly to: string }[];
  /** The same the other way: of what is about nobody, as services of a unit, what refers to what is found. */
  readonly back?: readonly { readonly from: string; readonly to: string }[];
}

/** A search as a value, in the rights of the Scope it is run with: one part, or several in one order. */
export interface Query {
  readonly parts: readonly Part[];
  readonly includes: readonly Include[];
  /** Resources that may come with a page. */
  readonly maxIncluded: number;
  /** Page size, 0-1000; 0 asks for the total only. */
  readonly count: number;
  /** True when Bundle.total is asked for; it is exact. */
  readonly total: boolean;
  /** What of each resource is given; null: all. */
  readonly subset: Subset | null;
  /** The parameters that were applied, in order and percent-encoded, without a question mark. */
  readonly self: string;
  readonly ignored: readonly Ignored[];
  /** Absent on the first page. */
  readonly cursor?: Cursor;
  readonly around?: Around;
  /** Of $everything: there are no parts then. */
  readonly everything?: Everything;
}

/** A short readable form: `CareTeam where status = active; patient = Patient/x sort -date count 20`. */
export function printQuery(
  query: Query,
  print = (condition: Condition): string => printCondition(condition),
): string {
  const [first] = query.parts;
  const sort = (first?.sort ?? [])
    .map(({ parameter, descending }) => (descending ? '-' : '') + parameter.code)
    .join(',');
  return [
    query.parts.map((part) => printPart(part, print)).join(' and '),
    sort && `sort ${sort}`,
    ...query.includes.map(printInclude),
    `count ${query.count}`,
    query.total && 'total',
    query.subset && printSubset(query.subset),
    query.cursor?.side,
  ]
    .filter(Boolean)
    .join(' ');
}

const printPart = ({ type, conditions }: Part, print: (condition: Condition) => string): string =>
  conditions.length ? `${type} where ${conditions.map(print).join('; ')}` : type;

/** The same with `?` in place of every value: values may be names and personnummer. */
export const outlineQuery = (query: Query): string =>
  printQuery(query, (condition) => printCondition(condition, () => '?'));

/**
 * Whether an index gives the few rows that can match: those of a patient, or with an id or an identifier. Any other
 * search may have to look at a whole type.
 */
export const isBounded = ({ parts }: Query): boolean =>
  parts.every(({ conditions }) => conditions.some(isBoundedBy));

function isBoundedBy(condition: Condition): boolean {
  switch (condition.kind) {
    case 'reference':
      return condition.values.every((value) => value.kind === 'local' && value.type === 'Patient');
    case 'token':
      return (
        condition.parameter.column === 'id' ||
        (condition.keys.length === 0 &&
          condition.identifiers.length > 0 &&
          condition.identifiers.every(({ code }) => code !== undefined))
      );
    case 'chain':
      // A unit has hundreds of thousands of Encounters, a patient a few.
      return (
        condition.parameter.column === 'patient' &&
        condition.type === 'Patient' &&
        isBoundedBy(condition.condition)
      );
    case 'any':
      return condition.conditions.length > 0 && condition.conditions.every(isBoundedBy);
    case 'all':
      return condition.conditions.some(isBoundedBy);
    default:
      return false;
  }
}

/** The one patient that all a search of one type finds is about, or null. */
export function patientOf({ parts }: Query): string | null {
  const [part, ...others] = parts;
  if (!part || others.length) return null;
  const own = part.conditions.find(
    (condition) =>
      condition.kind === 'reference' && condition.parameter.column === 'patient' && patientIn(condition),
  );
  return own ? patientIn(own) : null;
}

/** The one patient that a search asks for, or null: besides, that of a compartment, where any reference may say so. */
export function patientSought({ parts }: Query): string | null {
  const sought = new Set(parts.map(({ conditions }) => conditions.map(patientIn).find((id) => id !== null)));
  const [only] = sought;
  return sought.size === 1 && only !== undefined ? only : null;
}

function patientIn(condition: Condition): string | null {
  if (condition.kind === 'reference') {
    const [value, ...others] = condition.values;
    return value?.kind === 'local' && value.type === 'Patient' && !others.length ? value.id : null;
  }
  if (condition.kind !== 'any') return null;
  const ids = new Set(condition.conditions.map(patientIn));
  const [only] = ids;
  return ids.size === 1 && only ? only : null;
}
