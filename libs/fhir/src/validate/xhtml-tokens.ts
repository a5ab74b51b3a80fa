/** What an XHTML fragment consists of. `end` of an element without content is given as open with `empty`. */
export type XhtmlToken =
  | {
      kind: 'open';
      name: string;
      attributes: readonly (readonly [name: string, value: string])[];
      empty: boolean;
    }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string };

const name = /[A-Za-z_][\w.:-]*/y;
const attribute = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEnd = /\s*(\/?)>/y;

/**
 * Reads a fragment of XML 1.0 that has elements, attributes, text and comments only; `error` is called once, with what
 * is wrong, and reading stops. Markup that could carry something else (DOCTYPE, CDATA, processing instructions,
 * conditional comments) is an error. Text and attribute values are given as written, entities included.
 */
export function* xhtmlTokens(source: string, error: (what: string) => void): Generator<XhtmlToken> {
  for (let at = 0; at < source.length; ) {
    if (source.charCodeAt(at) !== 60) {
      const next = source.indexOf('<', at);
      const end = next < 0 ? source.length : next;
      yield { kind: 'text', text: source.slice(at, end) };
      at = end;
    } else if (source.startsWith('<!--', at)) {
      const end = commentEnd(source, at);
      if (end === undefined) return error('a comment is not well-formed');
      at = end;
    } else {
      const tag = readTag(source, at);
      if (!tag) return error('a tag is not well-formed XML');
      yield tag.token;
      at = tag.end;
    }
  }
}

function commentEnd(source: string, at: number): number | undefined {
  const end = source.indexOf('--', at + 4);
  const conditional = source.startsWith('[', at + 4) || source.startsWith('>', at + 4);
  return end < 0 || conditional || source[end + 2] !== '>' ? undefined : end + 3;
}

function readTag(source: string, at: number): { token: XhtmlToken; end: number } | undefined {
  const closing = source[at + 1] === '/';
  const tagName = match(name, source, at + (closing ? 2 : 1));
  if (!tagName) return undefined;
  let end = name.lastIndex;
  const attributes: (readonly [string, string])[] = [];
  for (let found = match(attribute, source, end); found; found = match(attribute, source, end)) {
    attributes.push([found[1] ?? '', found[2] ?? found[3] ?? '']);
    end = attribute.lastIndex;
  }
  const close = match(tagEnd, source, end);
  if (!close) return undefined;
  const empty = close[1] === '/';
  end = tagEnd.lastIndex;
  if (!closing) return { token: { kind: 'open', name: tagName[0], attributes, empty }, end };
  return attributes.length || empty ? undefined : { token: { kind: 'close', name: tagName[0] }, end };
}

function match(sticky: RegExp, source: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(source);
}
