// http://hl7.org/fhir/R4/search.html#composite

import type { Component, Parameter } from '../../catalog/parameter.ts';
import { splitEscaped, unescapeValue } from '../../parse/value-syntax.ts';
import type { IndexRows } from '../../rows/index-rows.ts';
import { existsRow, hasRow } from '../../sql/index-table.ts';
import { badModifier, badValue } from '../bad-value.ts';
import { dateFace } from '../date.ts';
import { emptySink, type Face, type Leaf, type ParseContext } from '../face.ts';
import { parseNumberTest } from '../number/decimal-range.ts';
import { numberFace } from '../number/number.ts';
import { quantityFace } from '../number/quantity.ts';
import { referenceFace } from '../reference/reference.ts';
import type { ReferenceValue } from '../reference/reference-value.ts';
import { fold } from '../string/fold.ts';
import { stringFace } from '../string/string.ts';
import { tokenFace } from '../token/token.ts';
import { tokenKey } from '../token/token-key.ts';
import { uriFace } from '../uri/uri.ts';
import { type CompositeRow, keyOf, localKey, placeOf, rowsOf, urlKey, valuesOf } from './composite-rows.ts';
import {
  type ComponentTest,
  type CompositeValue,
  compileTests,
  matchTest,
  printTest,
} from './composite-test.ts';

export interface CompositeCondition {
  readonly kind: 'composite';
  readonly parameter: Parameter;
  readonly values: readonly CompositeValue[];
}

const faces = {
  token: tokenFace,
  reference: referenceFace,
  date: dateFace,
  string: stringFace,
  uri: uriFace,
  number: numberFace,
  quantity: quantityFace,
};

export const compositeFace: Face<CompositeCondition> = {
  extract(parameter, { type }, base) {
    const finders = componentsOf(parameter).map((component) => finderOf(component, type, base));
    return (element, rows) => {
      const values = finders.map((find) => find(element, rows.resource));
      rows.composites.push(...rowsOf(parameter.code, values));
    };
  },

  parse(parameter, modifier, alternatives, context) {
    if (modifier) throw badModifier(parameter, modifier, []);
    return {
      kind: 'composite',
      parameter,
      values: alternatives.map((text) => parseValue(parameter, text, context)),
    };
  },

  compile({ parameter, values }, alias, sql, guards) {
    const any = values.map((tests) => `(${compileTests(tests, sql, guards).join(' and ')})`);
    return existsRow('composite_value', parameter, alias, `(${any.join(' or ')})`, sql);
  },

  match({ parameter, values }, rows) {
    return rowsOfParameter(parameter, rows).some((row) =>
      values.some((tests) => tests.every((test) => matchTest(test, row))),
    );
  },

  present(parameter, alias) {
    return hasRow('composite_value', parameter, alias);
  },

  isPresent(parameter, rows) {
    return rowsOfParameter(parameter, rows).length > 0;
  },

  print({ values }) {
    return values.map((tests) => tests.map(printTest).join(' $ ')).join(' or ');
  },

  sort() {
    throw new Error('a composite parameter has no order; parsing refuses it as a sort key');
  },
};

const componentsOf = ({ components = [] }: Parameter): readonly Component[] => components;

const rowsOfParameter = ({ stored }: Parameter, rows: IndexRows): CompositeRow[] =>
  rows.composites.filter(({ param }) => param === stored);

type Finder = (element: unknown, resource: unknown) => ReturnType<typeof valuesOf>;

/** The component's values in an element of the type, by the leaves of its own type of parameter. */
function finderOf(component: Component, elementType: string, base: string): Finder {
  const { parameter, within, ofResource } = component;
  const walks = (within.get(elementType) ?? []).flatMap((path) => {
    const leaf: Leaf | undefined = faces[parameter.type].extract(parameter, path, base);
    return leaf ? [path.walk(leaf)] : [];
  });
  return (element, resource) => {
    const found = emptySink(null);
    for (const walk of walks) walk(ofResource ? resource : element, found);
    return valuesOf(component, found);
  };
}

function parseValue(parameter: Parameter, text: string, context: ParseContext): CompositeValue {
  const components = componentsOf(parameter);
  const parts = splitEscaped(text, '$');
  if (parts.length !== components.length || parts.includes('')) {
    const form = components.map(({ name }) => name).join('$');
    throw badValue(
      parameter,
      `write ${form}, each value once and in this order; a $ within a value is written \\$.`,
    );
  }
  return components.flatMap((component, index) =>
    parseComponent(parameter, component, parts[index] ?? '', context),
  );
}

/** The component's value by the rules of its own type; errors name the composite, which is what was sent. */
function parseComponent(
  composite: Parameter,
  component: Component,
  text: string,
  context: ParseContext,
): ComponentTest[] {
  const { type, stored } = component.parameter;
  const own = { ...component.parameter, code: composite.code };
  const place = placeOf(componentsOf(composite), component);
  switch (type) {
    case 'token': {
      const { keys, identifiers } = leafOf(tokenFace.parse(own, null, [text], context), 'token');
      const known = identifiers.map(({ system, code }) => keyOf(stored, system, code));
      return [{ kind: 'keys', keys: [...keys, ...known] }];
    }
    case 'uri':
      return [{ kind: 'keys', keys: [tokenKey(stored, unescapeValue(text))] }];
    case 'reference': {
      const { values } = leafOf(referenceFace.parse(own, null, [text], context), 'reference');
      return values.map((value) => referenceTest(stored, value));
    }
    case 'string': {
      const start = fold(unescapeValue(text));
      if (!start) throw badValue(own, 'write at least one letter or digit.');
      return [{ kind: 'text', place, start }];
    }
    case 'number': {
      const test = parseNumberTest(unescapeValue(text));
      if (!test) throw badValue(own, 'write a decimal number such as 100 or ge0.25.');
      return [{ kind: 'number', place, test }];
    }
    case 'date': {
      const { values } = leafOf(dateFace.parse(own, null, [text], context), 'date');
      return values.map((value) => ({ kind: 'date', place, value }));
    }
    case 'quantity': {
      const { values } = leafOf(quantityFace.parse(own, null, [text], context), 'quantity');
      return values.flatMap(({ number, system, code }): ComponentTest[] => [
        { kind: 'number', place, test: number },
        ...(system === null && code === null
          ? []
          : [{ kind: 'keys', keys: [keyOf(stored, system ?? undefined, code ?? undefined)] } as const]),
      ]);
    }
    default:
      return type satisfies never;
  }
}

function referenceTest(stored: string, value: ReferenceValue): ComponentTest {
  if (value.kind === 'url') return { kind: 'keys', keys: [urlKey(stored, value.url)] };
  if (value.kind !== 'local') return { kind: 'keys', keys: [] };
  const { type, id } = value;
  return { kind: 'keys', keys: [localKey(stored, type, id)], ...(type !== null && { target: { type, id } }) };
}

/** Only modifiers put anything around a leaf, and a component has none. */
function leafOf<Kind extends string, Parsed extends { readonly kind: string }>(
  parsed: Parsed,
  kind: Kind,
): Extract<Parsed, { readonly kind: Kind }> {
  if (parsed.kind !== kind) throw new Error(`a component of type ${kind} was read as ${parsed.kind}`);
  return parsed as Extract<Parsed, { readonly kind: Kind }>;
}
