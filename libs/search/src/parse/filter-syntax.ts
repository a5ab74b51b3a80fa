// http://hl7.org/fhir/R4/search_filter.html
import { Problem } from '@naravard/fhir';

const FILTER_OPERATORS = [
  'eq',
  'ne',
  'co',
  'sw',
  'ew',
  'gt',
  'lt',
  'ge',
  'le',
  'ap',
  'sa',
  'eb',
  'pr',
  'po',
  'ss',
  'sb',
  'in',
  'ni',
  're',
] as const;

export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** One name of a path: `subject`, `subject:Patient`, or with a filter on what it leads to, `subject[active eq true]`. */
interface FilterStep {
  readonly name: string;
  readonly type: string | null;
  readonly filter: Filter | null;
}

/** `path operator value`; the value as it is meant, without quotes. */
export interface FilterTest {
  readonly kind: 'test';
  /** At least one; only steps before the last have a type or a filter. */
  readonly path: readonly FilterStep[];
  readonly operator: FilterOperator;
  readonly value: string;
}

export type Filter =
  | FilterTest
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter };

/** Nesting of brackets and number of tests; beyond them a filter is refused. */
const FILTER_LIMITS = { depth: 10, tests: 100 } as const;

/**
 * Reads a filter. `and` and `or` bind alike, from left to right, as R4 says: `a and b or c` is `(a and b) or c`.
 * @throws Problem 'bad-request' that says where and what would be right, 'too-costly' beyond the limits.
 */
export function parseFilter(text: string): Filter {
  return new Parser(text).whole();
}

const SPACE = /\s*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_-]*/y;
const WORD = /[A-Za-z]+/y;
const TOKEN = /[^\s\])]+/y;
const QUOTED = /"(?:[^"\\]|\\.)*"/sy;

const operators: ReadonlySet<string> = new Set(FILTER_OPERATORS);
const isOperator = (word: string): word is FilterOperator => operators.has(word);

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #tests = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Filter {
    const filter = this.#logical();
    this.#skip(SPACE);
    if (this.#at < this.#text.length) this.#fail('go on with and or or, or close a bracket that was opened');
    return filter;
  }

  #logical(): Filter {
    let left = this.#single();
    for (;;) {
      const start = this.#at;
      this.#skip(SPACE);
      const word = this.#take(WORD)?.toLowerCase();
      if (word !== 'and' && word !== 'or') {
        this.#at = start;
        return left;
      }
      const right = this.#single();
      left = { kind: word, filters: left.kind === word ? [...left.filters, right] : [left, right] };
    }
  }

  #single(): Filter {
    this.#skip(SPACE);
    if (this.#text[this.#at] === '(') return this.#bracketed('(', ')');
    const start = this.#at;
    const word = this.#take(NAME)?.toLowerCase();
    this.#skip(SPACE);
    if (word === 'not') {
      if (this.#text[this.#at] !== '(')
        this.#fail('write what is not to hold in brackets, as in not (a eq b)');
      return { kind: 'not', filter: this.#bracketed('(', ')') };
    }
    this.#at = start;
    return this.#test();
  }

  #bracketed(open: '(' | '[', close: ')' | ']'): Filter {
    if (++this.#depth > FILTER_LIMITS.depth) {
      throw tooMuch(`nests brackets deeper than ${FILTER_LIMITS.depth}; flatten it.`);
    }
    this.#at += open.length;
    const filter = this.#logical();
    this.#skip(SPACE);
    if (this.#text[this.#at] !== close) this.#fail(`close the bracket with ${close}`);
    this.#at += close.length;
    this.#depth--;
    return filter;
  }

  #test(): FilterTest {
    if (++this.#tests > FILTER_LIMITS.tests) {
      throw tooMuch(`has more than ${FILTER_LIMITS.tests} tests; split the search.`);
    }
    const path = this.#path();
    this.#space('after the parameter');
    const start = this.#at;
    const operator = this.#take(WORD)?.toLowerCase() ?? '';
    if (!isOperator(operator)) {
      this.#at = start;
      this.#fail(`write an operator after the parameter: ${FILTER_OPERATORS.join(', ')}`);
    }
    this.#space('after the operator');
    return { kind: 'test', path, operator, value: this.#value() };
  }

  #path(): FilterStep[] {
    const steps: FilterStep[] = [];
    for (;;) {
      const name = this.#take(NAME) ?? this.#fail('write the name of a search parameter');
      const type = this.#skipIf(':') ? this.#type() : null;
      const filter = this.#text[this.#at] === '[' ? this.#bracketed('[', ']') : null;
      steps.push({ name, type, filter });
      if (this.#skipIf('.')) continue;
      if (type !== null || filter !== null) this.#fail('go on with . and a parameter of what is referred to');
      return steps;
    }
  }

  #type(): string {
    return this.#take(NAME) ?? this.#fail('write a resource type after :');
  }

  /** A JSON string, or anything up to a space or a closing bracket. */
  #value(): string {
    if (this.#text[this.#at] !== '"') {
      return this.#take(TOKEN) ?? this.#fail('write a value after the operator');
    }
    const start = this.#at;
    const quoted = this.#take(QUOTED) ?? this.#fail('end the quoted value with "');
    try {
      return JSON.parse(quoted) as string;
    } catch {
      this.#at = start;
      return this.#fail('write a quoted value as a JSON string: within it, " is \\" and \\ is \\\\');
    }
  }

  #space(where: string): void {
    const start = this.#at;
    this.#skip(SPACE);
    if (this.#at === start && this.#at < this.#text.length) this.#fail(`write a space ${where}`);
  }

  #skipIf(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += character.length;
    return true;
  }

  #skip(pattern: RegExp): void {
    this.#take(pattern);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #fail(advice: string): never {
    throw filterProblem(`cannot be read at character ${this.#at + 1}: ${advice}.`);
  }
}

export const filterProblem = (what: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    expression: '_filter',
    diagnostics: `The value of '_filter' ${what}`,
  });

const tooMuch = (what: string): Problem =>
  new Problem('too-costly', {
    severity: 'error',
    expression: '_filter',
    diagnostics: `The value of '_filter' ${what}`,
  });
