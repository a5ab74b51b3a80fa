/**
 * Reads positions in JSON text without building values, so that resources pass through as they were written.
 * Every function expects text that JSON.parse accepts.
 */

const quote = 34;
const backslash = 92;

/** A member of an object: its name and where `"name": value` begins, and its value begins and ends. */
export interface Member {
  name: string;
  from: number;
  start: number;
  end: number;
}

/** Index after the string that opens at `at`. */
export function skipString(text: string, at: number): number {
  let end = text.indexOf('"', at + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
  return slashes % 2 === 1;
}

export function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && text.charCodeAt(next) <= 32) next++;
  return next;
}

/** Index after the value that begins at `at`. */
export function skipValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return skipString(text, at);
  let next = at;
  if (first !== '{' && first !== '[') {
    while (next < text.length && !',]}'.includes(text.charAt(next)) && text.charCodeAt(next) > 32) next++;
    return next;
  }
  let depth = 0;
  while (next < text.length) {
    const code = text.charCodeAt(next);
    if (code === quote) {
      next = skipString(text, next);
      continue;
    }
    if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) depth--;
    next++;
    if (depth === 0) return next;
  }
  return next;
}

/** The members of the object that opens at `at`. */
export function membersOf(text: string, at: number): Member[] {
  const members: Member[] = [];
  let next = skipSpace(text, at + 1);
  while (next < text.length && text[next] !== '}') {
    const from = next;
    const after = skipString(text, from);
    const name = stringAt(text, from, after);
    const start = skipSpace(text, skipSpace(text, after) + 1);
    const end = skipValue(text, start);
    members.push({ name, from, start, end });
    next = skipSpace(text, end);
    if (text[next] === ',') next = skipSpace(text, next + 1);
  }
  return members;
}

/** The string whose literal lies between `from` and `end`; few literals have an escape. */
function stringAt(text: string, from: number, end: number): string {
  const plain = text.slice(from + 1, end - 1);
  return plain.includes('\\') ? (JSON.parse(text.slice(from, end)) as string) : plain;
}

/** Where each element of the array that opens at `at` begins and ends. */
export function elementsOf(text: string, at: number): { start: number; end: number }[] {
  const elements: { start: number; end: number }[] = [];
  let next = skipSpace(text, at + 1);
  while (next < text.length && text[next] !== ']') {
    const end = skipValue(text, next);
    elements.push({ start: next, end });
    next = skipSpace(text, end);
    if (text[next] === ',') next = skipSpace(text, next + 1);
  }
  return elements;
}

/** The same text without white space outside strings. */
export function minify(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  let next = 0;
  while (next < text.length) {
    const code = text.charCodeAt(next);
    if (code === quote) {
      next = skipString(text, next);
    } else if (code <= 32) {
      parts.push(text.slice(kept, next));
      next = skipSpace(text, next);
      kept = next;
    } else {
      next++;
    }
  }
  return kept === 0 ? text : parts.join('') + text.slice(kept);
}

/** How deep the text nests and how many members its objects have in all, duplicates counted. */
export function survey(text: string): { depth: number; members: number } {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let next = 0;
  while (next < text.length) {
    const code = text.charCodeAt(next);
    if (code === quote) {
      next = skipString(text, next);
      continue;
    }
    if (code === 58) members++;
    else if (code === 123 || code === 91) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (code === 125 || code === 93) depth--;
    next++;
  }
  return { depth: deepest, members };
}
