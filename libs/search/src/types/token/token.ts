// http://hl7.org/fhir/R4/search.html#token

import type { Parameter } from '../../catalog/parameter.ts';
import { existsRow, extremeOf, presentIn } from '../../sql/index-table.ts';
import type { Face, SortFace } from '../face.ts';
import { compilePrefix, extreme } from '../string/fold.ts';
import { compileIdentifiers, matchIdentifiers } from './identifier-test.ts';
import { hasToken, presentToken, textParam, tokenSort } from './token-key.ts';
import { tokenLeaf } from './token-leaf.ts';
import { parseToken } from './token-modifier.ts';
import { has, hasTokens, type TokenCondition } from './token-value.ts';

export type { TokenCondition };

export const tokenFace: Face<TokenCondition> = {
  extract: tokenLeaf,

  parse: parseToken,

  compile({ parameter, values, keys, identifiers, texts }, alias, sql) {
    if (parameter.column === 'id') {
      return `${alias}.id = any(${sql.param(
        values.map((value) => value.code),
        'text[]',
      )})`;
    }
    const tests: string[] = [];
    // One key with @> and several with && : both are answered by the GIN index.
    if (keys.length)
      tests.push(`${alias}.tokens ${keys.length === 1 ? '@>' : '&&'} ${sql.param(keys, 'text[]')}`);
    if (identifiers.length) {
      tests.push(existsRow('identifier', parameter, alias, compileIdentifiers(identifiers, sql), sql));
    }
    if (texts.length) {
      const any = texts.map((text) => compilePrefix('x.folded', text, sql)).join(' or ');
      tests.push(existsRow('text_value', textOf(parameter), alias, `(${any})`, sql));
    }
    return tests.length ? `(${tests.join(' or ')})` : 'false';
  },

  match({ parameter, values, keys, identifiers, texts }, rows, key) {
    if (parameter.column === 'id') return values.some((value) => value.code === key.id);
    return (
      keys.some((each) => rows.tokens.includes(each)) ||
      rows.identifiers.some((row) => row.param === parameter.stored && matchIdentifiers(identifiers, row)) ||
      rows.texts.some(
        ({ param, folded }) =>
          param === textParam(parameter.stored) && texts.some((text) => folded.startsWith(text)),
      )
    );
  },

  present(parameter, alias) {
    if (parameter.column === 'id') return 'true';
    const tests = [
      ...(hasTokens(parameter) ? [presentToken(parameter, alias)] : []),
      ...(has(parameter, 'Identifier') ? [presentIn('identifier', parameter, alias)] : []),
    ];
    return `(${tests.join(' or ')})`;
  },

  isPresent(parameter, rows) {
    return (
      parameter.column === 'id' ||
      hasToken(parameter, rows) ||
      rows.identifiers.some(({ param }) => param === parameter.stored)
    );
  },

  // Aliases of an identifier print alike: equal conditions are known by their printed form.
  print({ parameter, modifier, values, identifiers }) {
    const shown = modifier === null && !hasTokens(parameter) && parameter.column !== 'id';
    const text = (shown ? identifiers : values)
      .map(({ system, code }) => `${system === undefined ? '' : `${system ?? ''}|`}${code ?? ''}`)
      .join(' or ');
    return modifier === null ? text : `:${modifier} ${text}`;
  },

  sort(parameter, descending, alias) {
    if (parameter.column === 'id') {
      return { sql: { expression: `${alias}.id`, type: 'text', nullable: false }, value: (_, key) => key.id };
    }
    return has(parameter, 'Identifier')
      ? identifierSort(parameter, descending, alias)
      : tokenSort(parameter.stored, descending, alias);
  },
};

/** The parameter as it stands in table `text_value`. */
const textOf = (parameter: Parameter): Parameter => ({ ...parameter, stored: textParam(parameter.stored) });

function identifierSort(parameter: Parameter, descending: boolean, alias: string): SortFace {
  return {
    sql: {
      expression: extremeOf('identifier', parameter, alias, 'x.value', descending),
      type: 'text',
      nullable: true,
    },
    value: (rows) =>
      extreme(
        rows.identifiers.filter((row) => row.param === parameter.stored).map((row) => row.value),
        descending,
      ),
  };
}
