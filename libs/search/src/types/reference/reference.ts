// http://hl7.org/fhir/R4/search.html#reference
import { canonicalIdentifier, parseReference } from '@naravard/fhir';
import type { Parameter } from '../../catalog/parameter.ts';
import type { IndexRows } from '../../rows/index-rows.ts';
import { existsRow, extremeOf, hasRow, isUnreadable, presentIn } from '../../sql/index-table.ts';
import type { Face, Leaf, RowSink } from '../face.ts';
import { extreme } from '../string/fold.ts';
import { storedIdentifier } from '../token/identifier-test.ts';
import { guarded, orUnmasked, SHOWN_TEXT } from './masked-edge.ts';
import {
  compileReference,
  isOfType,
  matchReference,
  ofType,
  parseReferenceValue,
  printReference,
  type ReferenceValue,
  targetOf,
} from './reference-value.ts';

type Row = IndexRows['references'][number];

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
      const shown = target ? target.type : logical.type;
      if (only !== null && shown !== only && (target || shown !== null)) return;
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
    return {
      kind: 'reference',
      parameter,
      values: alternatives.map((text) => parseReferenceValue(parameter, modifier, text, context)),
    };
  },

  compile({ parameter, values }, alias, sql, guards) {
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
      const any = rest.map((value) => compileReference(value, parameter, sql, guards)).join(' or ');
      tests.push(existsRow('reference', parameter, alias, `(${any})`, sql));
    }
    return tests.length ? `(${tests.join(' or ')})` : 'false';
  },

  match({ parameter, values }, rows) {
    return edges(parameter, rows).some((row) => values.some((value) => matchReference(value, row)));
  },

  // That a reference is there is seen though it is masked; of what type it is, is not.
  present(parameter, alias, guards) {
    const { only } = parameter;
    return only === null
      ? presentIn('reference', parameter, alias)
      : hasRow('reference', parameter, alias, guarded(ofType(only, guards), guards.edge(only)));
  },

  isPresent(parameter, rows) {
    const { only } = parameter;
    return only === null
      ? edges(parameter, rows).length > 0 || isUnreadable(parameter, rows)
      : edges(parameter, rows).some((row) => isOfType(only, row));
  },

  print({ values }) {
    return values.map(printReference).join(' or ');
  },

  sort(parameter, descending, alias, { unmasked, edge }) {
    const text = "coalesce(x.target_type || '/' || x.target, x.target, x.value)";
    const sorted = parameter.only === null ? null : ofType(parameter.only);
    const tests = [sorted, orUnmasked(SHOWN_TEXT, unmasked), edge(parameter.only)].filter(
      (test) => test !== null,
    );
    const shown = tests.length ? `case when ${tests.join(' and ')} then ${text} end` : text;
    return {
      sql: {
        expression: extremeOf('reference', parameter, alias, shown, descending),
        type: 'text',
        nullable: true,
      },
      value: (rows) =>
        extreme(
          edges(parameter, rows)
            .filter((row) => isOfType(parameter.only, row))
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
  return {
    type: type ?? null,
    ...storedIdentifier(canonicalIdentifier(identifier.system, identifier.value)),
  };
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

const isHot = (parameter: Parameter, type: string | null): boolean =>
  parameter.column === 'patient' && type === 'Patient';

const edges = (parameter: Parameter, rows: IndexRows): readonly Row[] =>
  rows.references.filter((row) => row.param === parameter.stored);

const sortText = ({ targetType, target, value }: Row): string =>
  (targetType !== null && target !== null ? `${targetType}/${target}` : (target ?? value)) ?? '';
