// http://hl7.org/fhir/R4/search.html#text
import { Problem } from '@naravard/fhir';
import { wordsOf } from './words.ts';

/** `_text` looks in the narrative, `_content` in all text for people, the narrative included. */
export type FullTextField = '_text' | '_content';

export type TextQuery =
  | {
      readonly kind: 'words';
      /** One word, or several that follow each other. */
      readonly words: readonly string[];
      /** `word*`: the beginning of a word. */
      readonly prefix: boolean;
    }
  | { readonly kind: 'not'; readonly query: TextQuery }
  | { readonly kind: 'and' | 'or'; readonly queries: readonly TextQuery[] };

export const isFullTextField = (name: string): name is FullTextField =>
  name === '_text' || name === '_content';

/** Nesting of brackets and number of words or phrases. */
const LIMITS = { depth: 10, terms: 50 } as const;

/**
 * Reads what is searched for: words that must all be there, `or` between them, `"a phrase"`, `word*` for a beginning, `-`
 * or `not` before what must be absent, brackets; `and` may be written. Any of the texts will do.
 * @throws Problem 'bad-request' that says what would be right; also for a search that asks only what must be absent.
 */
export function parseTextQuery(field: FullTextField, texts: readonly string[]): TextQuery {
  const queries = texts.map((text) => new Parser(field, text).whole());
  if (!queries.every(asksForSomething)) throw bad(field, 'name at least one word that must be there.');
  return combined('or', queries);
}

/** Whether some word must be there for the query to hold; one that asks only for absence would find nearly everything. */
function asksForSomething(query: TextQuery): boolean {
  switch (query.kind) {
    case 'words':
      return true;
    case 'not':
      return false;
    case 'and':
      return query.queries.some(asksForSomething);
    case 'or':
      return query.queries.every(asksForSomething);
    default:
      return query satisfies never;
  }
}

function combined(kind: 'and' | 'or', queries: readonly TextQuery[]): TextQuery {
  const [only] = queries;
  return only && queries.length === 1 ? only : { kind, queries };
}

/** A minus is one right before what it negates; a dash between spaces is none. */
const TOKEN = /\s*(?:([()])|(-)(?=[\p{L}\p{Nd}("])|"([^"]*)"(\*?)|([^\s()"]+))/uy;

interface Token {
  readonly kind: '(' | ')' | '-' | 'and' | 'or' | 'not' | 'term';
  readonly text: string;
  readonly prefix: boolean;
}

function tokens(field: FullTextField, text: string): Token[] {
  const found: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) throw bad(field, 'end the phrase with "; a comma within it is written \\,.');
    const [, bracket, minus, phrase, star, word = ''] = match;
    if (bracket !== undefined) found.push({ kind: bracket as '(' | ')', text: '', prefix: false });
    else if (minus !== undefined) found.push({ kind: '-', text: '', prefix: false });
    else if (phrase !== undefined) found.push({ kind: 'term', text: phrase, prefix: star === '*' });
    else found.push(wordToken(word));
  }
  return found;
}

function wordToken(word: string): Token {
  const lower = word.toLowerCase();
  if (lower === 'and' || lower === 'or' || lower === 'not') return { kind: lower, text: '', prefix: false };
  return { kind: 'term', text: word, prefix: word.endsWith('*') };
}

class Parser {
  readonly #field: FullTextField;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #terms = 0;

  constructor(field: FullTextField, text: string) {
    this.#field = field;
    this.#tokens = tokens(field, text);
  }

  whole(): TextQuery {
    const query = this.#or();
    if (this.#at < this.#tokens.length) throw bad(this.#field, 'open each bracket that is closed.');
    return query;
  }

  #or(): TextQuery {
    const queries = [this.#and()];
    while (this.#take('or')) queries.push(this.#and());
    return combined('or', queries);
  }

  #and(): TextQuery {
    const queries: TextQuery[] = [];
    for (;;) {
      const query = this.#single();
      if (query) queries.push(query);
      const kind = this.#tokens[this.#at]?.kind;
      if (kind === 'and') this.#at++;
      else if (kind === undefined || kind === 'or' || kind === ')') break;
    }
    if (!queries.length) throw bad(this.#field, 'write a word, on both sides of and and or.');
    return combined('and', queries);
  }

  /** Undefined for a sign that is no word, such as a dash between spaces. */
  #single(): TextQuery | undefined {
    const token = this.#tokens[this.#at++];
    switch (token?.kind) {
      case '-':
      case 'not':
        return this.#nested(() => {
          const query = this.#single();
          return query && { kind: 'not', query };
        });
      case '(':
        return this.#nested(() => this.#bracketed());
      case 'term':
        return this.#term(token);
      default:
        throw bad(this.#field, 'write a word, on both sides of and and or.');
    }
  }

  #nested<T>(parse: () => T): T {
    if (++this.#depth > LIMITS.depth) throw tooMuch(this.#field, `nests deeper than ${LIMITS.depth}`);
    const parsed = parse();
    this.#depth--;
    return parsed;
  }

  #bracketed(): TextQuery {
    const query = this.#or();
    if (!this.#take(')')) throw bad(this.#field, 'close each bracket that is opened.');
    return query;
  }

  #term({ text, prefix }: Token): TextQuery | undefined {
    if (++this.#terms > LIMITS.terms) throw tooMuch(this.#field, `has more than ${LIMITS.terms} words`);
    const words = wordsOf(text);
    return words.length ? { kind: 'words', words, prefix } : undefined;
  }

  #take(kind: Token['kind']): boolean {
    if (this.#tokens[this.#at]?.kind !== kind) return false;
    this.#at++;
    return true;
  }
}

const bad = (field: FullTextField, advice: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    expression: field,
    diagnostics: `The value of '${field}' cannot be read: ${advice}`,
  });

const tooMuch = (field: FullTextField, what: string): Problem =>
  new Problem('too-costly', {
    severity: 'error',
    expression: field,
    diagnostics: `The value of '${field}' ${what}: write less.`,
  });
