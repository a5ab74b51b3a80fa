import { elementsOf, type Member, membersOf } from '../spans.ts';

/** What takes the place of a value: JSON text; null leaves the member or item out, undefined keeps it as it is written. */
export type Replacement = string | null | undefined;

/**
 * The object that opens at `at` with the values that `replace` gives, every other character as it was; undefined when
 * nothing changes, null when no member is left.
 */
export function rewriteObject(
  text: string,
  at: number,
  replace: (member: Member) => Replacement,
): Replacement {
  const members = membersOf(text, at);
  let changed = false;
  const kept = members.flatMap((member) => {
    const replacement = replace(member);
    if (replacement !== undefined) changed = true;
    if (replacement === null) return [];
    return [
      replacement === undefined
        ? text.slice(member.from, member.end)
        : `${text.slice(member.from, member.start)}${replacement}`,
    ];
  });
  if (!changed) return undefined;
  return kept.length ? `{${kept.join(',')}}` : null;
}

/** The same for the items of an array. */
export function rewriteArray(text: string, at: number, replace: (start: number) => Replacement): Replacement {
  let changed = false;
  const kept = elementsOf(text, at).flatMap(({ start, end }) => {
    const replacement = replace(start);
    if (replacement !== undefined) changed = true;
    if (replacement === null) return [];
    return [replacement ?? text.slice(start, end)];
  });
  if (!changed) return undefined;
  return kept.length ? `[${kept.join(',')}]` : null;
}
