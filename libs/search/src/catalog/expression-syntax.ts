/** The part of FHIRPath that R4 search parameters are written in (http://hl7.org/fhir/R4/searchparameter.html). */
export type Expression =
  | { kind: 'name'; name: string }
  | { kind: 'literal'; value: string | boolean }
  | { kind: 'member'; from: Expression; name: string }
  | { kind: 'index'; from: Expression; index: number }
  | { kind: 'call'; from: Expression | null; name: string; argument: Expression | null }
  | { kind: 'union'; parts: readonly Expression[] }
  | { kind: 'typed'; operator: 'is' | 'as'; from: Expression; type: string }
  | { kind: 'equals'; negated: boolean; left: Expression; right: Expression }
  | { kind: 'and'; left: Expression; right: Expression };

type Token = { kind: 'word' | 'text' | 'number' | 'symbol'; text: string };

const TOKEN = /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|'([^']*)'|(\d+)|(!=|[().|[\]=]))/y;

/** Throws when the text is not in the language; expressions come from definitions, never from callers. */
export function parseExpression(text: string): Expression {
  const parser = new Parser(tokens(text), text);
  return parser.whole();
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`not a search expression: ${text}`);
    const [, word, quoted, number, symbol] = match;
    if (word !== undefined) found.push({ kind: 'word', text: word });
    else if (quoted !== undefined) found.push({ kind: 'text', text: quoted });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else found.push({ kind: 'symbol', text: symbol ?? '' });
  }
  return found;
}

/** Precedence, loosest first: and, = and !=, |, is and as, the dot (http://hl7.org/fhirpath/N1/#operator-precedence). */
class Parser {
  #at = 0;
  readonly #tokens: readonly Token[];
  readonly #text: string;

  constructor(found: readonly Token[], text: string) {
    this.#tokens = found;
    this.#text = text;
  }

  whole(): Expression {
    const parsed = this.#and();
    if (this.#at < this.#tokens.length) this.#fail();
    return parsed;
  }

  #and(): Expression {
    let left = this.#equality();
    while (this.#take('and')) left = { kind: 'and', left, right: this.#equality() };
    return left;
  }

  #equality(): Expression {
    const left = this.#union();
    if (this.#take('=')) return { kind: 'equals', negated: false, left, right: this.#union() };
    if (this.#take('!=')) return { kind: 'equals', negated: true, left, right: this.#union() };
    return left;
  }

  #union(): Expression {
    const parts = [this.#typed()];
    while (this.#take('|')) parts.push(this.#typed());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'union', parts };
  }

  #typed(): Expression {
    const from = this.#path();
    if (this.#take('is')) return { kind: 'typed', operator: 'is', from, type: this.#word() };
    if (this.#take('as')) return { kind: 'typed', operator: 'as', from, type: this.#word() };
    return from;
  }

  #path(): Expression {
    let from = this.#start();
    for (;;) {
      if (this.#take('.')) from = this.#step(from);
      else if (this.#take('[')) {
        from = { kind: 'index', from, index: Number(this.#next('number').text) };
        this.#expect(']');
      } else return from;
    }
  }

  #start(): Expression {
    if (this.#take('(')) {
      const inner = this.#and();
      this.#expect(')');
      return inner;
    }
    const token = this.#tokens[this.#at];
    if (token?.kind === 'text') return { kind: 'literal', value: this.#next('text').text };
    if (this.#take('true')) return { kind: 'literal', value: true };
    if (this.#take('false')) return { kind: 'literal', value: false };
    return this.#step(null);
  }

  #step(from: Expression | null): Expression {
    const name = this.#word();
    if (this.#take('(')) {
      const argument = this.#take(')') ? null : this.#and();
      if (argument) this.#expect(')');
      if (name === 'as' || name === 'is' || name === 'ofType') {
        if (!from || argument?.kind !== 'name') return this.#fail();
        return { kind: 'typed', operator: name === 'is' ? 'is' : 'as', from, type: argument.name };
      }
      return { kind: 'call', from, name, argument };
    }
    return from ? { kind: 'member', from, name } : { kind: 'name', name };
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.text !== text || token.kind === 'text') return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take(text)) this.#fail();
  }

  #next(kind: Token['kind']): Token {
    const token = this.#tokens[this.#at++];
    return token?.kind === kind ? token : this.#fail();
  }

  #word(): string {
    return this.#next('word').text;
  }

  #fail(): never {
    throw new Error(`not a search expression: ${this.#text}`);
  }
}
