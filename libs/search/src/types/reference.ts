// http://hl7.org/fhir/R4/search.html#reference
import { canonicalIdentifier, type ParsedReference, parseReference } from '@naravard/fhir';
import { extreme } from '../fold.ts';
import { indexKey } from '../index-key.ts';
import type { IndexRows } from '../index-rows.ts';
import { existsRow, extremeOf, nameLiteral } from '../index-table.ts';
import type { Parameter } from '../parameter.ts';
import type { SqlBuilder } from '../sql.ts';
import { unescapeValue } from '../value-syntax.ts';
import { badModifier, badValue } from './bad-value.ts';
import type { Face, Leaf, ParseContext, RowSink } from './face.ts';

type Row = IndexRows['references'][number];

/**
 * `local`: a resource of ours, of any type when `type` is null. `url`: an absolute URL elsewhere, a canonical (with
 * its version or without) or a urn. `never`: a form that the parameter cannot hold.
 */
export type ReferenceValue =
  | { readonly kind: 'local'; readonly type: string | null; readonly id: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'never' };

export interface ReferenceCondition {
  readonly kind: 'reference';
  readonly parameter: Parameter;
  readonly values: readonly ReferenceValue[];
}

export const referenceFace: Face<ReferenceCondition> = {
  extract(parameter, { type, only }, base) {
    const literal = (text: string, rows: RowSink, logical: Logical): void => {
      const target = targetOf(parseReference(text, base));
      if (!target && logical.value === null) return;
      if (only !== null && (target?.type ?? logical.type) !== only) return;
      rows.references.push({
        param: parameter.code,
        targetType: target?.local ? target.type : target ? null : logical.type,
        target: target?.target ?? null,
        system: logical.system,
        value: logical.value,
      });
    };
    switch (type) {
      case 'Reference':
        return (value, rows) => {
          const reference = value as { reference?: unknown };
          const text = typeof reference.reference === 'string' ? reference.reference : '#';
          literal(text, rows, logicalOf(value));
        };
      case 'canonical':
      case 'uri':
        return canonicalLeaf(literal);
      case 'Resource':
        return (value, rows) => {
          const { resourceType, id } = value as { resourceType?: string; id?: string };
          if (resourceType && id) literal(`${resourceType}/${id}`, rows, NOT_LOGICAL);
        };
      default:
        return undefined;
    }
  },

  parse(parameter, modifier, alternatives, context) {
    const type = effectiveType(parameter, modifier, context);
    return {
      kind: 'reference',
      parameter,
      values: alternatives.map((text) => parseValue(parameter, unescapeValue(text), type, context.base)),
    };
  },

  compile({ parameter, values }, alias, sql) {
    const hot = values.filter((value) => value.kind === 'local' && isHot(parameter, value.type));
    const rest = values.filter((value) => value.kind !== 'never' && !hot.includes(value));
    const tests: string[] = [];
    if (hot.length) {
      const ids = hot.map((value) => (value.kind === 'local' ? value.id : ''));
      tests.push(
        ids.length === 1
          ? `${alias}.patient = ${sql.param(ids[0])}`
          : `${alias}.patient = any(${sql.param(ids, 'text[]')})`,
      );
    }
    if (rest.length) {
      const any = rest.map((value) => compileValue(value, sql)).join(' or ');
      tests.push(existsRow('reference', parameter, alias, `(${any})`));
    }
    return tests.length ? `(${tests.join(' or ')})` : 'false';
  },

  match({ parameter, values }, rows) {
    return edges(parameter, rows).some((row) => values.some((value) => matchValue(value, row)));
  },

  print({ values }) {
    return values
      .map((value) =>
        value.kind === 'local'
          ? `${value.type ?? '*'}/${value.id}`
          : value.kind === 'url'
            ? value.url
            : value.kind,
      )
      .join(' or ');
  },

  sort(parameter, descending, alias) {
    const text = "coalesce(x.target_type || '/' || x.target, x.target, x.value)";
    const shown =
      parameter.only === null
        ? text
        : `case when x.target_type = ${nameLiteral(parameter.only)} then ${text} end`;
    return {
      sql: {
        expression: extremeOf('reference', parameter, alias, shown, descending),
        type: 'text',
        nullable: true,
      },
      value: (rows) =>
        extreme(
          edges(parameter, rows)
            .filter((row) => parameter.only === null || row.targetType === parameter.only)
            .map(sortText),
          descending,
        ),
    };
  },
};

interface Logical {
  readonly type: string | null;
  readonly system: string | null;
  readonly value: string | null;
}

const NOT_LOGICAL: Logical = { type: null, system: null, value: null };

/** The identifier of a Reference, beside its literal or in its stead. */
function logicalOf(reference: unknown): Logical {
  const { type, identifier } = reference as {
    type?: string;
    identifier?: { system?: string; value?: unknown };
  };
  if (typeof identifier?.value !== 'string') return NOT_LOGICAL;
  const { system, value } = canonicalIdentifier(identifier.system, identifier.value);
  return { type: type ?? null, system: system && indexKey(system), value: indexKey(value) };
}

/** A canonical with a version is found with and without it. */
function canonicalLeaf(literal: (text: string, rows: RowSink, logical: Logical) => void): Leaf {
  return (value, rows) => {
    if (typeof value !== 'string') return;
    literal(value, rows, NOT_LOGICAL);
    const bar = value.indexOf('|');
    if (bar > 0) literal(value.slice(0, bar), rows, NOT_LOGICAL);
  };
}

interface Target {
  /** A resource of ours. */
  readonly local: boolean;
  readonly type: string | null;
  readonly target: string;
}

/** Undefined for what no search finds: contained, conditional and unreadable references. */
function targetOf(reference: ParsedReference): Target | undefined {
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

function effectiveType(parameter: Parameter, modifier: string | null, context: ParseContext): string | null {
  if (!modifier)
    return parameter.only ?? (parameter.targets.length === 1 ? (parameter.targets[0] ?? null) : null);
  if (!context.definitions.resourceTypes.has(modifier)) throw badModifier(parameter, modifier);
  const allowed = parameter.only === null ? parameter.targets : [parameter.only];
  if (allowed.length && !allowed.includes(modifier)) {
    throw badValue(parameter, `it refers to ${allowed.join(', ')}, so it cannot be narrowed to ${modifier}.`);
  }
  return modifier;
}

function parseValue(parameter: Parameter, text: string, type: string | null, base: string): ReferenceValue {
  const reference = parseReference(text, base);
  const target = targetOf(reference);
  if (target) {
    if (type !== null && target.type !== null && target.type !== type) {
      throw badValue(parameter, `it refers to ${type} here, not to ${target.type}.`);
    }
    if (target.local) return { kind: 'local', type: target.type, id: target.target };
    // Whether a URL that does not say so leads to a Patient cannot be known without fetching it.
    const narrowed = parameter.only !== null && target.type === null;
    return narrowed ? { kind: 'never' } : { kind: 'url', url: target.target };
  }
  if (reference.kind === 'unknown' && /^[A-Za-z0-9.-]{1,64}$/.test(text))
    return { kind: 'local', type, id: text };
  throw badValue(parameter, 'write an id, Type/id, or an absolute URL.');
}

const isHot = (parameter: Parameter, type: string | null): boolean =>
  parameter.column === 'patient' && type === 'Patient';

function compileValue(value: ReferenceValue, sql: SqlBuilder): string {
  switch (value.kind) {
    case 'local':
      return value.type === null
        ? `(x.target = ${sql.param(value.id)} and x.target_type is not null)`
        : `(x.target = ${sql.param(value.id)} and x.target_type = ${sql.param(value.type)})`;
    case 'url':
      return `(x.target = ${sql.param(value.url)} and x.target_type is null)`;
    case 'never':
      return 'false';
    default:
      return value satisfies never;
  }
}

function matchValue(value: ReferenceValue, row: Row): boolean {
  switch (value.kind) {
    case 'local':
      return (
        row.target === value.id &&
        (value.type === null ? row.targetType !== null : row.targetType === value.type)
      );
    case 'url':
      return row.target === value.url && row.targetType === null;
    case 'never':
      return false;
    default:
      return value satisfies never;
  }
}

const edges = (parameter: Parameter, rows: IndexRows): readonly Row[] =>
  rows.references.filter((row) => row.param === parameter.stored);

const sortText = ({ targetType, target, value }: Row): string =>
  (targetType !== null && target !== null ? `${targetType}/${target}` : (target ?? value)) ?? '';
