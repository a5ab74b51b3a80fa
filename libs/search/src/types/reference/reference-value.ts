// http://hl7.org/fhir/R4/search.html#reference: one alternative of a reference parameter
import { type ParsedReference, type Problem, parseReference } from '@naravard/fhir';
import type { Parameter } from '../../catalog/parameter.ts';
import { PLACE } from '../../catalog/revealing-parameters.ts';
import { splitEscaped, unescapeValue } from '../../parse/value-syntax.ts';
import { indexKey } from '../../rows/index-key.ts';
import type { IndexRows } from '../../rows/index-rows.ts';
import { nameLiteral } from '../../sql/index-table.ts';
import type { SqlBuilder } from '../../sql/sql.ts';
import { badModifier, badValue } from '../bad-value.ts';
import { type Guards, nothingHidden, type ParseContext } from '../face.ts';
import { compilePrefix } from '../string/fold.ts';
import {
  compileIdentifiers,
  type IdentifierTest,
  identifierTests,
  matchIdentifiers,
  printIdentifiers,
} from '../token/identifier-test.ts';
import { guarded, SHOWN_NUMBER, SHOWN_TARGET, whereShown, whereUnmasked } from './masked-edge.ts';

type Row = IndexRows['references'][number];

/**
 * `local`: a resource of ours, of any type when `type` is null. `url`: an absolute URL elsewhere, a canonical (with
 * its version or without) or a urn. `version`: canonicals with this version or one that begins with its steps. `logical`: a reference by identifier, with or without a literal beside it; to `type`,
 * or one that does not say its type. `never`: a form that the parameter cannot hold.
 */
export type ReferenceValue =
  | { readonly kind: 'local'; readonly type: string | null; readonly id: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'version'; readonly canonical: string }
  | {
      readonly kind: 'logical';
      readonly type: string | null;
      readonly tests: readonly IdentifierTest[];
    }
  | { readonly kind: 'never' };

export interface Target {
  /** A resource of ours. */
  readonly local: boolean;
  readonly type: string | null;
  readonly target: string;
}

/** Undefined for what no search finds: contained, conditional and unreadable references. */
export function targetOf(reference: ParsedReference): Target | undefined {
  switch (reference.kind) {
    case 'relative':
      return { local: true, type: reference.type, target: reference.id };
    case 'absolute':
      return { local: false, type: reference.type ?? null, target: indexKey(withoutVersion(reference)) };
    case 'urn':
      return { local: false, type: null, target: reference.urn };
    case 'canonical':
      return { local: false, type: null, target: indexKey(`${reference.url}|${reference.version}`) };
    case 'contained':
    case 'conditional':
    case 'unknown':
      return undefined;
    default:
      return reference satisfies never;
  }
}

/** An edge leads to a resource, not to a version of it. */
const withoutVersion = ({ url, version }: { url: string; version?: string }): string =>
  version === undefined ? url : url.slice(0, url.length - `/_history/${version}`.length);

/** Reads one alternative, still escaped. Throws a Problem that names the parameter. */
export function parseReferenceValue(
  parameter: Parameter,
  modifier: string | null,
  text: string,
  context: ParseContext,
): ReferenceValue {
  if (modifier === 'identifier' && hasIdentifiers(parameter)) {
    return logicalValue(parameter, text, context.now);
  }
  if (modifier === 'below' && hasCanonicals(parameter)) {
    return versionValue(literalValue(parameter, unescapeValue(text), null, context.base));
  }
  const type = effectiveType(parameter, modifier, context);
  return literalValue(parameter, unescapeValue(text), type, context.base);
}

/** A canonical has none. */
const hasIdentifiers = ({ paths }: Parameter): boolean => paths.some(({ type }) => type === 'Reference');

const hasCanonicals = ({ paths }: Parameter): boolean => paths.some(({ type }) => type === 'canonical');

/** Without a version a canonical finds all versions, with or without the modifier. */
const versionValue = (value: ReferenceValue): ReferenceValue =>
  value.kind === 'url' && value.url.includes('|') ? { kind: 'version', canonical: value.url } : value;

/** An identifier as in a token search. */
function logicalValue(parameter: Parameter, text: string, now: number): ReferenceValue {
  const [first = '', second, ...more] = splitEscaped(text, '|').map(unescapeValue);
  if (more.length || (!first && !second)) {
    throw badValue(
      parameter,
      'write the identifier as value, system|value, |value or system|; a | within it is written \\|.',
    );
  }
  const written =
    second === undefined ? { code: first } : { system: first || null, ...(second && { code: second }) };
  return { kind: 'logical', type: parameter.only, tests: identifierTests(written, now) };
}

function effectiveType(parameter: Parameter, modifier: string | null, context: ParseContext): string | null {
  const allowed = parameter.only === null ? parameter.targets : [parameter.only];
  if (!modifier) return parameter.only ?? (allowed.length === 1 ? (allowed[0] ?? null) : null);
  if (!context.definitions.resourceTypes.has(modifier)) throw noModifier(parameter, modifier, allowed);
  if (allowed.length && !allowed.includes(modifier)) {
    throw badValue(parameter, `it refers to ${allowed.join(', ')}, so it cannot be narrowed to ${modifier}.`);
  }
  return modifier;
}

function noModifier(parameter: Parameter, modifier: string, types: readonly string[]): Problem {
  const few = types.length > 0 && types.length <= 10;
  const names = [
    ...(few ? types : ['Type']),
    ...(hasIdentifiers(parameter) ? ['identifier'] : []),
    ...(hasCanonicals(parameter) ? ['below'] : []),
  ];
  const isHierarchy = modifier === 'above' || modifier === 'below';
  return badModifier(parameter, modifier, names, isHierarchy ? NO_HIERARCHY : '');
}

/** R4 leaves it to the server (http://hl7.org/fhir/R4/search.html#reference). */
const NO_HIERARCHY = ' Hierarchies are not followed; ask for each step, by a chain such as partof.partof.';

function literalValue(parameter: Parameter, text: string, type: string | null, base: string): ReferenceValue {
  const reference = parseReference(text, base);
  const target = targetOf(reference);
  if (target) {
    checkType(parameter, target, type === null ? parameter.targets : [type]);
    if (target.local) return { kind: 'local', type: target.type, id: target.target };
    // Whether a URL that does not say so leads to a Patient cannot be known without fetching it.
    const narrowed = parameter.only !== null && target.type === null;
    return narrowed ? { kind: 'never' } : { kind: 'url', url: target.target };
  }
  if (reference.kind === 'unknown' && /^[A-Za-z0-9.-]{1,64}$/.test(text))
    return { kind: 'local', type, id: text };
  throw badValue(parameter, 'write an id, Type/id, or an absolute URL.');
}

/** A canonical names what it refers to in any way its author likes; a URL of a server shows its type. */
function checkType(parameter: Parameter, { local, type }: Target, types: readonly string[]): void {
  if (type === null || !types.length || types.includes(type)) return;
  if (!local && !hasIdentifiers(parameter)) return;
  const where = types.length > 10 ? 'other types' : types.join(', ');
  throw badValue(parameter, `it refers to ${where} here, not to ${type}.`);
}

export function compileReference(
  value: ReferenceValue,
  parameter: Parameter,
  sql: SqlBuilder,
  guards: Guards,
): string {
  const { unmasked } = guards;
  switch (value.kind) {
    case 'local': {
      const { type, id } = value;
      if (type === null) {
        const any = guarded(`(x.target = ${sql.param(id)} and x.target_type is not null)`, guards.edge(null));
        return leadsAnywhere(parameter) ? whereShown(any, SHOWN_TARGET, unmasked) : any;
      }
      const target = sql.param(id);
      const one = `(x.target = ${target} and x.target_type = ${sql.param(type)})`;
      return type === PLACE
        ? whereUnmasked(one, unmasked)
        : guarded(
            one,
            guards.target(type, () => target),
          );
    }
    case 'url': {
      const elsewhere = `(x.target = ${sql.param(value.url)} and x.target_type is null)`;
      return hasIdentifiers(parameter) ? whereUnmasked(elsewhere, unmasked) : elsewhere;
    }
    case 'version':
      return (
        `((x.target = ${sql.param(value.canonical)} or ${compilePrefix('x.target', `${value.canonical}.`, sql)})` +
        ' and x.target_type is null)'
      );
    case 'logical': {
      const test = `(${compileIdentifiers(value.tests, sql)} and ${ofType(value.type)})`;
      return guarded(whereShown(test, SHOWN_NUMBER, unmasked), guards.edge(value.type));
    }
    case 'never':
      return 'false';
    default:
      return value satisfies never;
  }
}

const leadsAnywhere = ({ targets }: Parameter): boolean => !targets.length || targets.includes(PLACE);

/**
 * An alias such as `patient` takes references that say its type, by a literal, by Reference.type or by the URL, and
 * those by identifier alone that say none, since the identifier tells what it is of. The mask hides these, whatever they
 * are to.
 */
export const ofType = (type: string | null, { unmasked } = nothingHidden): string =>
  type === null
    ? 'true'
    : `(x.target_type = ${nameLiteral(type)} or ${whereUnmasked(`x.target_type is null and (x.target is null or strpos(x.target, '/' || ${nameLiteral(type)} || '/') > 0)`, unmasked)})`;

export const isOfType = (type: string | null, { targetType, target }: Row): boolean =>
  type === null ||
  targetType === type ||
  (targetType === null && (target === null || target.includes(`/${type}/`)));

export function matchReference(value: ReferenceValue, row: Row): boolean {
  switch (value.kind) {
    case 'local':
      return (
        row.target === value.id &&
        (value.type === null ? row.targetType !== null : row.targetType === value.type)
      );
    case 'url':
      return row.target === value.url && row.targetType === null;
    case 'version':
      return (
        row.targetType === null &&
        (row.target === value.canonical || (row.target?.startsWith(`${value.canonical}.`) ?? false))
      );
    case 'logical':
      return matchIdentifiers(value.tests, row) && isOfType(value.type, row);
    case 'never':
      return false;
    default:
      return value satisfies never;
  }
}

export function printReference(value: ReferenceValue): string {
  switch (value.kind) {
    case 'local':
      return `${value.type ?? '*'}/${value.id}`;
    case 'url':
      return value.url;
    case 'version':
      return `below ${value.canonical}`;
    case 'logical':
      return `identifier ${printIdentifiers(value.tests)}`;
    case 'never':
      return value.kind;
    default:
      return value satisfies never;
  }
}
