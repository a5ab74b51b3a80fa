// http://hl7.org/fhir/R4/search.html#uri
import type { IndexRows } from '../index-rows.ts';
import type { Parameter } from '../parameter.ts';
import { tokenKey, tokenSort } from '../token-key.ts';
import { unescapeValue } from '../value-syntax.ts';
import { badModifier } from './bad-value.ts';
import type { Face, Leaf } from './face.ts';

export interface UriCondition {
  readonly kind: 'uri';
  readonly parameter: Parameter;
  /** Compared exactly: case and a trailing slash matter. */
  readonly values: readonly string[];
}

export const uriFace: Face<UriCondition> = {
  extract(parameter, { type: element }) {
    const plain: Leaf = (value, rows) => {
      if (typeof value === 'string') rows.tokens.add(tokenKey(parameter.code, value));
    };
    switch (element) {
      case 'uri':
      case 'url':
      case 'oid':
      case 'uuid':
        return plain;
      case 'canonical':
        // A profile with a version is found with and without it.
        return (value, rows) => {
          plain(value, rows);
          if (typeof value === 'string' && value.includes('|')) plain(value.split('|', 1)[0], rows);
        };
      default:
        return undefined;
    }
  },

  parse(parameter, modifier, alternatives) {
    if (modifier) throw badModifier(parameter, modifier);
    return { kind: 'uri', parameter, values: alternatives.map(unescapeValue) };
  },

  compile(condition, alias, sql) {
    return `${alias}.tokens && ${sql.param(keys(condition), 'text[]')}`;
  },

  match(condition, rows: IndexRows) {
    return keys(condition).some((key) => rows.tokens.includes(key));
  },

  print({ values }) {
    return values.join(' or ');
  },

  sort(parameter, descending, alias) {
    return tokenSort(parameter.stored, descending, alias);
  },
};

const keys = ({ parameter, values }: UriCondition): string[] =>
  values.map((value) => tokenKey(parameter.stored, value));
