// http://hl7.org/fhir/R4/references.html#contained
import { elementsOf, membersOf, skipSpace } from '../spans.ts';

const local = /"#([A-Za-z0-9.-]{0,64})"/g;

/**
 * The resource's text without the contained resources that nothing refers to any more: they may tell what the reference
 * did, and dom-3 does not allow them.
 */
export function pruneContained(text: string): string {
  const members = membersOf(text, skipSpace(text, 0));
  const contained = members.find(({ name }) => name === 'contained');
  if (!contained) return text;
  const items = elementsOf(text, contained.start).map(({ start, end }) => {
    const written = text.slice(start, end);
    const id = membersOf(text, start).find(({ name }) => name === 'id');
    return { written, id: id ? (JSON.parse(text.slice(id.start, id.end)) as string) : undefined };
  });
  const others = members.filter((member) => member !== contained);
  const reached = new Set(others.flatMap(({ start, end }) => referred(text.slice(start, end))));
  // A resource that refers to its container (`#`) belongs to it; a Set that grows is walked to its end.
  for (const { id, written } of items) if (id !== undefined && written.includes('"#"')) reached.add(id);
  for (const id of reached)
    for (const item of items) if (item.id === id) addAll(reached, referred(item.written));
  const kept = items.filter(({ id }) => id !== undefined && reached.has(id));
  if (kept.length === items.length) return text;
  const parts = members.flatMap((member) => {
    if (member !== contained) return [text.slice(member.from, member.end)];
    return kept.length ? [`"contained":[${kept.map(({ written }) => written).join(',')}]`] : [];
  });
  return `{${parts.join(',')}}`;
}

const referred = (text: string): string[] => [...text.matchAll(local)].map(([, id = '']) => id);

function addAll(set: Set<string>, ids: readonly string[]): void {
  for (const id of ids) set.add(id);
}
