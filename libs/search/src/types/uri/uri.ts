// http://hl7.org/fhir/R4/search.html#uri

import { parseReference } from '@naravard/fhir';
import type { Parameter } from '../../catalog/parameter.ts';
import { unescapeValue } from '../../parse/value-syntax.ts';
import type { IndexRows } from '../../rows/index-rows.ts';
import { badModifier, badValue } from '../bad-value.ts';
import type { Face, Leaf } from '../face.ts';
import { belowKey, hasToken, presentToken, tokenKey, tokenSort } from '../token/token-key.ts';
import { ancestorsOf, depthOf, URL_LEVELS } from './url-path.ts';

type UriRelation = 'is' | 'above' | 'below';

export interface UriCondition {
  readonly kind: 'uri';
  readonly parameter: Parameter;
  /** `is`: the URI itself. `above`, `below`: it, what its path begins with, and what begins with its path. */
  readonly relation: UriRelation;
  /** Compared exactly: case matters, and a trailing slash does but for `below`, which has none. */
  readonly values: readonly string[];
  /** A value may be that of a reference to a resource here. */
  readonly mayBeReference?: true;
}

export const uriFace: Face<UriCondition> = {
  extract(parameter, { type: element }) {
    const plain: Leaf = (value, rows) => {
      if (typeof value !== 'string') return;
      rows.tokens.add(tokenKey(parameter.code, value));
      for (const url of ancestorsOf(value)) rows.tokens.add(belowKey(parameter.code, url));
      const version = versionOf(value, rows.resource);
      if (version !== null) rows.tokens.add(tokenKey(parameter.code, `${value}|${version}`));
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

  parse(parameter, modifier, alternatives, { base }) {
    const relation = relationOf(parameter, modifier);
    const values = alternatives.map(unescapeValue);
    return {
      kind: 'uri',
      parameter,
      relation,
      values: relation === 'is' ? values : values.map((text) => urlValue(parameter, text)),
      ...((relation !== 'is' || values.some((url) => parseReference(url, base).kind === 'relative')) && {
        mayBeReference: true,
      }),
    };
  },

  compile(condition, alias, sql) {
    return `${alias}.tokens && ${sql.param(keys(condition), 'text[]')}`;
  },

  match(condition, rows: IndexRows) {
    return keys(condition).some((key) => rows.tokens.includes(key));
  },

  present(parameter, alias) {
    return presentToken(parameter, alias);
  },

  isPresent(parameter, rows) {
    return hasToken(parameter, rows);
  },

  print({ relation, values }) {
    return values.map((url) => (relation === 'is' ? url : `${relation} ${url}`)).join(' or ');
  },

  sort(parameter, descending, alias) {
    return tokenSort(parameter.stored, descending, alias);
  },
};

/** The business version of the resource whose canonical URL this is; it is found by `url|version` too. */
function versionOf(value: string, resource: unknown): string | null {
  const { url, version } = (resource ?? {}) as { url?: unknown; version?: unknown };
  return url === value && typeof version === 'string' ? version : null;
}

function relationOf(parameter: Parameter, modifier: string | null): UriRelation {
  if (modifier === null) return 'is';
  if (modifier === 'above' || modifier === 'below') return modifier;
  throw badModifier(parameter, modifier, ['above', 'below']);
}

function keys({ parameter: { stored }, relation, values }: UriCondition): string[] {
  switch (relation) {
    case 'is':
      return values.map((url) => tokenKey(stored, url));
    case 'above':
      return values.flatMap((url) =>
        [url, ...ancestorsOf(url)].flatMap((each) => [tokenKey(stored, each), tokenKey(stored, `${each}/`)]),
      );
    case 'below':
      return values.flatMap((url) => [tokenKey(stored, url), belowKey(stored, url)]);
    default:
      return relation satisfies never;
  }
}

/** The modifiers go by the path of a URL, which a urn does not have. */
function urlValue(parameter: Parameter, text: string): string {
  const url = text.replace(/\/$/, '');
  const levels = depthOf(url);
  if (levels === null || levels > URL_LEVELS) {
    throw badValue(
      parameter,
      `:above and :below go by the path of a URL, of at most ${URL_LEVELS} steps, such as https://example.se/fhir; a urn has none.`,
    );
  }
  return url;
}
