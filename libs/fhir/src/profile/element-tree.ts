import type { JsonObject } from '../path/node.ts';
import { broken } from './check.ts';
import { type Facts, factsOf, objects, text } from './facts.ts';
import type { StructureDefinition } from './structure-definition.ts';

/** An element of a profile with what stands below it; one that the profile only passes through says nothing itself. */
export interface ElementNode {
  /** `CarePlan.activity:forsamring.detail`: http://hl7.org/fhir/R4/elementdefinition.html#id */
  readonly id: string;
  /** `detail`, `value[x]` */
  readonly name: string;
  readonly facts: Facts;
  readonly children: Map<string, ElementNode>;
  readonly slices: Map<string, ElementNode>;
}

/**
 * The elements of a profile as a tree; of several differentials (the profile after those that it is based on) a later one says
 * more of the same element or says it anew, and constraints add up.
 * @throws Error when an id is not one of this type, or an element says what cannot be checked
 */
export function elementTree(
  canonical: string,
  line: readonly StructureDefinition[],
  type: string,
): ElementNode {
  const said = new Map<string, JsonObject>();
  for (const element of line.flatMap(({ elements }) => elements)) {
    const id = text(element.id);
    const before = said.get(id);
    const constraint = [...objects(before?.constraint), ...objects(element.constraint)];
    said.set(id, { ...before, ...element, constraint });
  }
  const node = (id: string, name: string): ElementNode => ({
    id,
    name,
    facts: readFacts(canonical, id, said.get(id) ?? {}),
    children: new Map(),
    slices: new Map(),
  });
  const root = node(type, type);
  for (const id of said.keys()) {
    if (!reach(root, id, node))
      throw broken({ canonical }, `"${id}"`, `this is not the id of an element of ${type}`);
  }
  return root;
}

function readFacts(canonical: string, id: string, said: JsonObject): Facts {
  try {
    return factsOf(said);
  } catch (error) {
    throw broken({ canonical }, id, error instanceof Error ? error.message : 'it cannot be read');
  }
}

/** Makes the nodes on the way to an id; false where it leads elsewhere. Slices of slices are not supported. */
function reach(root: ElementNode, id: string, node: (id: string, name: string) => ElementNode): boolean {
  const [type, ...segments] = id.split('.');
  let at = root;
  for (const segment of segments) {
    const [name, slice, more] = segment.split(':');
    if (!name || slice === '' || slice?.includes('/') || more !== undefined) return false;
    at = below(at.children, name, () => node(`${at.id}.${name}`, name));
    if (slice !== undefined) at = below(at.slices, slice, () => node(`${at.id}:${slice}`, name));
  }
  return type === root.name;
}

function below(among: Map<string, ElementNode>, key: string, make: () => ElementNode): ElementNode {
  const found = among.get(key) ?? make();
  among.set(key, found);
  return found;
}
