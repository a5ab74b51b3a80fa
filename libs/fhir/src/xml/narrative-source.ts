import type { SaxesTagNS } from 'saxes';
import { deepestXhtml, xhtmlNamespace } from './names.ts';
import { narrativeFromXml } from './narrative.ts';

/** Takes the XHTML of a narrative out of an XML document, as it is written there. */
export class NarrativeSource {
  readonly #text: string;
  readonly #refuse: (why: string) => never;
  #start = 0;
  #depth = 0;
  #declares = false;

  constructor(text: string, refuse: (why: string) => never) {
    this.#text = text;
    this.#refuse = refuse;
  }

  get isOpen(): boolean {
    return this.#depth > 0;
  }

  /** The `div` itself; `at` is where its tag ends. */
  begin(tag: SaxesTagNS, at: number): void {
    this.#start = this.#text.lastIndexOf('<', at - 1);
    this.#declares = Object.hasOwn(tag.attributes, 'xmlns');
    this.open(tag);
  }

  open({ uri, prefix }: SaxesTagNS): void {
    if (uri !== xhtmlNamespace || prefix !== '')
      this.#refuse(`its narrative is not in the namespace of XHTML: write <div xmlns="${xhtmlNamespace}">`);
    if (++this.#depth > deepestXhtml) this.#refuse(`its narrative nests more than ${deepestXhtml} elements`);
  }

  /** The narrative, when this closes its `div`. */
  close(at: number): string | undefined {
    if (--this.#depth > 0) return undefined;
    return narrativeFromXml(this.#text.slice(this.#start, at), this.#declares);
  }
}
