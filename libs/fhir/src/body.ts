import { Problem } from './outcome.ts';
import { membersOf, minify } from './spans.ts';

/**
 * A resource's text as it is stored: what was written, minus id, meta.versionId and meta.lastUpdated, without white
 * space between tokens. Numbers keep their digits and members their order, except that resourceType, id and meta
 * lead the text that is sent out.
 */
export interface StoredText {
  type: string;
  id: string | undefined;
  /** Members of meta but versionId and lastUpdated, without braces; null when there are none. */
  meta: string | null;
  /** The rest after meta: begins with `,` or `}`. */
  body: string;
}

/** Splits the text of a resource (JSON that `readJson` accepted) for the store. */
export function storedText(text: string): StoredText {
  const compact = minify(text);
  if (compact[0] !== '{')
    throw new Problem('structure', 'The body is not a FHIR resource: send a JSON object.');
  let type = '';
  let id: string | undefined;
  let meta: string | null = null;
  const kept: string[] = [];
  for (const { name, from, start, end } of membersOf(compact, 0)) {
    if (name === 'resourceType') type = String(JSON.parse(compact.slice(start, end)));
    else if (name === 'id') id = String(JSON.parse(compact.slice(start, end)));
    else if (name === 'meta' && compact[start] === '{') meta = storedMeta(compact, start);
    else kept.push(compact.slice(from, end));
  }
  return { type, id, meta, body: kept.length ? `,${kept.join(',')}}` : '}' };
}

function storedMeta(text: string, at: number): string | null {
  const kept = membersOf(text, at)
    .filter(({ name }) => name !== 'versionId' && name !== 'lastUpdated')
    .map(({ from, end }) => text.slice(from, end));
  return kept.length ? kept.join(',') : null;
}

/** The resource's text as it is sent: the inverse of `storedText`, with the server's id, version and time. */
export function assemble(
  type: string,
  id: string,
  version: number,
  lastUpdated: string,
  meta: string | null,
  body: string,
): string {
  const rest = meta === null ? '' : `,${meta}`;
  return `{"resourceType":"${type}","id":"${id}","meta":{"versionId":"${version}","lastUpdated":"${lastUpdated}"${rest}}${body}`;
}
