import { elementsOf, membersOf, skipSpace } from '@naravard/fhir';
import type { Path } from './held-references.ts';

/** A literal for the Reference at a path, which has none. */
export interface Added {
  readonly path: Path;
  readonly reference: string;
}

interface Node {
  reference?: string;
  readonly below: Map<string | number, Node>;
}

/** The JSON text with the literals put in front of what stands in each Reference; the rest stays as it was written. */
export function withReferences(text: string, added: readonly Added[]): string {
  const root: Node = { below: new Map() };
  for (const { path, reference } of added) {
    let node = root;
    for (const step of path) {
      const next: Node = node.below.get(step) ?? { below: new Map() };
      node.below.set(step, next);
      node = next;
    }
    node.reference = reference;
  }
  const parts: string[] = [];
  let kept = 0;
  const place = (at: number, reference: string) => {
    parts.push(text.slice(kept, at), `"reference":${JSON.stringify(reference)},`);
    kept = at;
  };
  descend(text, skipSpace(text, 0), root, place);
  return parts.join('') + text.slice(kept);
}

/** Each value is looked into once, in the order of the text. */
function descend(
  text: string,
  at: number,
  { reference, below }: Node,
  place: (at: number, reference: string) => void,
): void {
  if (reference !== undefined) place(at + 1, reference);
  if (!below.size) return;
  const values =
    text[at] === '['
      ? elementsOf(text, at).map(({ start }, index) => [index, start] as const)
      : membersOf(text, at).map(({ name, start }) => [name, start] as const);
  for (const [step, start] of values) {
    const node = below.get(step);
    if (node) descend(text, start, node, place);
  }
}
