import { isRevealing } from '../../../libs/search/src/catalog/revealing-parameters.ts';
import { escapeValue } from '../../../libs/search/src/parse/value-syntax.ts';
import { catalog, extract } from './indexed.ts';
import type { Question } from './questions.ts';
import { type Doc, isDeleted, lastOf } from './told.ts';

/**
 * Questions by each search parameter of what is stored, hidden or not: that it has a value, that it has none, and each value
 * that it has. Parameters that a mask hides are asked in tests/attack/masked-search.test.ts.
 */
export function byCatalog(docs: readonly Doc[]): Question[] {
  const questions = docs
    .filter((doc) => !isDeleted(doc))
    .flatMap((doc) => [...missing(doc.type), ...values(doc)]);
  return [...new Set(questions)].sort();
}

const parametersOf = (type: string) =>
  catalog.parameters(type).filter((parameter) => !parameter.code.startsWith('_') && !isRevealing(parameter));

const missing = (type: string): Question[] =>
  parametersOf(type)
    .filter((parameter) => parameter.type !== 'composite')
    .flatMap(({ code }) => [`${type}?${code}:missing=true`, `${type}?${code}:missing=false`]);

function values({ type, id, versions }: Doc): Question[] {
  const resource = lastOf({ versions } as Doc).resource ?? {};
  const { tokens, identifiers, texts, dates, references } = extract(type, id, resource);
  const asked = new Map(parametersOf(type).map((parameter) => [parameter.code, parameter.type]));
  const pairs: (readonly [code: string, kinds: readonly string[], question: string])[] = [
    ...tokens.flatMap((token) => {
      const [, code = '', value = ''] = /^([a-z-]+)=(.+)$/.exec(token) ?? [];
      return [
        [code, ['token', 'uri'], `=${escapeValue(value)}`] as const,
        [code, ['token'], `:not=${escapeValue(value)}`] as const,
      ];
    }),
    ...identifiers.map(({ param, value }) => [param, ['token'], `=${escapeValue(value)}`] as const),
    ...texts.flatMap(({ param, exact }) =>
      exact ? [[param, ['string'], `:exact=${escapeValue(exact)}`] as const] : [],
    ),
    ...dates.flatMap(({ param, start }) =>
      start ? ['ge', 'lt', 'sa'].map((prefix) => [param, ['date'], `=${prefix}${start}`] as const) : [],
    ),
    ...references.flatMap(({ param, targetType, target }) =>
      targetType && target ? [[param, ['reference'], `=${targetType}/${target}`] as const] : [],
    ),
  ];
  return pairs.flatMap(([code, kinds, question]) =>
    kinds.includes(asked.get(code) ?? '') ? [`${type}?${code}${question}`] : [],
  );
}
