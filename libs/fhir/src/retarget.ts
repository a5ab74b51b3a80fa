import { type Exact, isExactObject, readExact } from './exact-json.ts';
import { parseReference } from './reference.ts';

/**
 * A resource's text in which every Reference.reference to `from` (`Type/id`), or to a version of it, is to `to`; absolute ones
 * too, under our own `base`, or with null under any, as under an address that was ours. Numbers keep their digits; a text
 * without such a reference comes back as it is.
 * @throws Problem 'structure'
 */
export function retargeted(text: string, from: string, to: string, base: string | null): string {
  const value = readExact(text);
  return retarget(value, (held) => isTo(held, from, base), to) > 0 ? JSON.stringify(value) : text;
}

function isTo(held: string, from: string, base: string | null): boolean {
  const parsed = parseReference(held, base ?? undefined);
  if (parsed.kind !== 'relative' && !(base === null && parsed.kind === 'absolute')) return false;
  return `${parsed.type}/${parsed.id}` === from;
}

/** How many references were changed, in place. */
function retarget(value: Exact, isOld: (held: string) => boolean, to: string): number {
  if (Array.isArray(value)) {
    return value.reduce((sum: number, each) => sum + retarget(each, isOld, to), 0);
  }
  if (!isExactObject(value)) return 0;
  let changed = 0;
  for (const [name, held] of Object.entries(value)) {
    if (name === 'reference' && typeof held === 'string') {
      if (!isOld(held)) continue;
      value[name] = to;
      changed += 1;
    } else changed += retarget(held, isOld, to);
  }
  return changed;
}
