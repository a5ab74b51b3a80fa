import { type Codes, codeKey, type ExpandedCode } from './expand.ts';
import type { ValueSetSource } from './resources.ts';

/** How a value set is called. */
export type ValueSetHead = {
  readonly [Name in 'url' | 'version' | 'name' | 'title' | 'status']?: ValueSetSource[Name] | undefined;
};

/** The codes of a value set, with what is asked of them: all, one of them, those that a person is typing. */
export class Expansion {
  /** In the order of the composition, abstract ones included. */
  readonly codes: readonly ExpandedCode[];
  readonly byKey: Codes;
  #alone: ReadonlySet<string> | undefined;
  #texts: readonly string[] | undefined;

  /** Its value set, without the definition. */
  readonly of: ValueSetHead;

  constructor({ url, version, name, title, status }: ValueSetHead, codes: Codes) {
    this.of = { url, version, name, title, status };
    this.byKey = codes;
    this.codes = [...codes.values()];
  }

  /** Whether it holds a code; `system` undefined: in any system. */
  has(system: string | undefined, code: string): boolean {
    if (system !== undefined) return this.byKey.has(codeKey(system, code));
    this.#alone ??= new Set(this.codes.map((each) => each.code));
    return this.#alone.has(code);
  }

  find(system: string, code: string): ExpandedCode | undefined {
    return this.byKey.get(codeKey(system, code));
  }

  /**
   * Those of which every word of `filter` begins a word of the display, of a designation or of the code, whatever the
   * case: `hjärt sv` finds `Hjärtsvikt, svår`. 40,000 codes take about 5 ms.
   */
  matching(filter: string): readonly ExpandedCode[] {
    const words = [...new Set(wordsOf(filter))].map((each) => ` ${each}`);
    if (!words.length) return this.codes;
    this.#texts ??= this.codes.map(textOf);
    const texts = this.#texts;
    return this.codes.filter((_, index) => words.every((word) => texts[index]?.includes(word)));
  }
}

/** What a code is found by: its words, each after a space. */
const textOf = ({ code, display, designations }: ExpandedCode): string =>
  ` ${code.toLowerCase()} ${wordsOf([display ?? '', ...designations.map(({ value }) => value)].join(' ')).join(' ')}`;

/** In lower case, an accent being part of its letter; punctuation parts words. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
