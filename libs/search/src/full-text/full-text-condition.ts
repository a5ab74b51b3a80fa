// http://hl7.org/fhir/R4/search.html#text

import type { IndexRows } from '../rows/index-rows.ts';
import { joinable, nameLiteral } from '../sql/index-table.ts';
import type { SqlBuilder } from '../sql/sql.ts';
import { APART } from './full-text.ts';
import { type FullTextField, parseTextQuery, type TextQuery } from './full-text-syntax.ts';

export interface FullTextCondition {
  readonly kind: 'text';
  readonly field: FullTextField;
  readonly type: string;
  readonly query: TextQuery;
}

/** Reads the alternatives of a field, unescaped, as `parseTextQuery` does. */
export const parseFullText = (
  field: FullTextField,
  type: string,
  alternatives: readonly string[],
): FullTextCondition => ({ kind: 'text', field, type, query: parseTextQuery(field, alternatives) });

/** PostgreSQL's words of Swedish: stems without endings, and without the commonest words. */
const SWEDISH = `'pg_catalog.swedish'`;

/** Index rows' texts as one value that the store sends: the narrative, a bar, which no word has, and the rest. */
export const fullTextValue = ({ narrative, content }: NonNullable<IndexRows['fullText']>): string =>
  `${narrative}|${narrative && content ? APART : ''}${content}`;

/** SQL of the tsvector that column `words` holds for such a value. */
export const fullTextVector = (value: string): string =>
  `case when starts_with(${value}, '|') then to_tsvector(${SWEDISH}, substr(${value}, 2))` +
  ` else setweight(to_tsvector(${SWEDISH}, split_part(${value}, '|', 1)), 'A') || to_tsvector(${SWEDISH}, split_part(${value}, '|', 2)) end`;

/**
 * Words of the narrative have weight A in column `words`, all others D. Only some resources have a narrative, and an index
 * of its own: by weight alone 32,000 plans that have the word elsewhere were looked at (43 ms).
 */
export function compileFullText(
  { field, type, query }: FullTextCondition,
  alias: string,
  sql: SqlBuilder,
): string {
  const words = field === '_text' ? NARRATIVE : 'x.words';
  const some = field === '_text' ? `${NARRATIVE} <> '' and ` : '';
  const asked = sql.param(tsquery(query), 'text');
  return (
    `exists (select from full_text x where x.rid = ${alias}.rid and x.bucket = ${alias}.bucket` +
    ` and x.type = ${nameLiteral(type)} and ${some}${words} @@ to_tsquery(${SWEDISH}, ${asked})${joinable(sql)}`
  );
}

/** As SQL finds, but word for word: without the endings that PostgreSQL takes off and the common words it leaves out. */
export function matchFullText({ field, query }: FullTextCondition, { fullText }: IndexRows): boolean {
  if (!fullText) return false;
  const texts = field === '_text' ? [fullText.narrative] : [fullText.narrative, fullText.content];
  return meets(
    query,
    texts.map((text) => text.split(' ')),
  );
}

export const printFullText = ({ query }: FullTextCondition): string => printed(query);

/** As index full_text_narrative has it. */
const NARRATIVE = `ts_filter(x.words, '{a}')`;

/** In the syntax of to_tsquery; words are letters and digits only, so nothing in them can be taken for an operator. */
function tsquery(query: TextQuery): string {
  switch (query.kind) {
    case 'words':
      return `'${query.words.join(' ')}'${query.prefix ? ':*' : ''}`;
    case 'not':
      return `!(${tsquery(query.query)})`;
    case 'and':
    case 'or':
      return `(${query.queries.map(tsquery).join(query.kind === 'and' ? ' & ' : ' | ')})`;
    default:
      return query satisfies never;
  }
}

function meets(query: TextQuery, texts: readonly (readonly string[])[]): boolean {
  switch (query.kind) {
    case 'words': {
      const same = (found: string | undefined, word: string) =>
        found !== undefined && (query.prefix ? found.startsWith(word) : found === word);
      return texts.some((text) =>
        text.some((_, at) => query.words.every((word, n) => same(text[at + n], word))),
      );
    }
    case 'not':
      return !meets(query.query, texts);
    case 'and':
      return query.queries.every((each) => meets(each, texts));
    case 'or':
      return query.queries.some((each) => meets(each, texts));
    default:
      return query satisfies never;
  }
}

function printed(query: TextQuery): string {
  switch (query.kind) {
    case 'words':
      return `${query.words.length > 1 ? `"${query.words.join(' ')}"` : query.words.join()}${query.prefix ? '*' : ''}`;
    case 'not':
      return `-${printed(query.query)}`;
    case 'and':
    case 'or':
      return `(${query.queries.map(printed).join(` ${query.kind} `)})`;
    default:
      return query satisfies never;
  }
}
