import type { JsonObject } from '../path/node.ts';
import { type Check, ownerOf, type Scene } from './check.ts';
import { type SlicingPlan, Sorting } from './slicing.ts';

/** One JSON property of an element, and what is asked of each value there. */
export interface PropertyPlan {
  readonly property: string;
  /** `_status`; undefined where the type is not primitive. */
  readonly beside: string | undefined;
  /** The FHIRPath step: `status`, `value.ofType(Quantity)`. */
  readonly step: string;
  readonly type: string;
  readonly item: Check | undefined;
  /** What is said where the profile does not allow the type. */
  readonly refused: string | undefined;
}

/** What a profile adds to one element of an owner. */
export interface ElementPlan {
  /** Without `[x]`. */
  readonly name: string;
  readonly array: boolean;
  /** One, or of a choice one for each type. */
  readonly properties: readonly PropertyPlan[];
  readonly min: number;
  readonly max: number;
  readonly tooFew: string;
  readonly tooMany: string;
  readonly slicing: SlicingPlan | undefined;
}

/** The check of an owner, with the trail at it: how often the element is there, each of its items, its slices. */
export function elementCheck(plan: ElementPlan): Check {
  const { name, min, max, tooFew, tooMany, slicing } = plan;
  const find = finder(plan.properties);
  return (value, beside, scene) => {
    const owner = ownerOf(value, beside);
    const property = find(owner);
    const sorting = slicing && new Sorting(slicing);
    const count = property ? visit(plan.array, property, owner, sorting, scene) : 0;
    if (count < min) scene.report.error('required', tooFew, name);
    if (count > max) scene.report.error('structure', tooMany, name);
    sorting?.finish(name, scene);
  };
}

type Find = (owner: JsonObject) => PropertyPlan | undefined;

function finder(properties: readonly PropertyPlan[]): Find {
  const [only] = properties;
  if (properties.length === 1) return () => only;
  const byKey = new Map(
    properties.flatMap((each) => [
      [each.property, each] as const,
      ...(each.beside === undefined ? [] : [[each.beside, each] as const]),
    ]),
  );
  return (owner) => {
    for (const key in owner) {
      const found = byKey.get(key);
      if (found) return found;
    }
    return undefined;
  };
}

/** How many there are. */
function visit(
  array: boolean,
  property: PropertyPlan,
  owner: JsonObject,
  sorting: Sorting | undefined,
  scene: Scene,
): number {
  const value = owner[property.property] ?? undefined;
  const beside = property.beside === undefined ? undefined : (owner[property.beside] ?? undefined);
  if (value === undefined && beside === undefined) return 0;
  const { trail } = scene.report;
  trail.push(property.step);
  let count = 1;
  if (array) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [];
    const siblings: readonly unknown[] = Array.isArray(beside) ? beside : [];
    count = Math.max(values.length, siblings.length);
    for (let at = 0; at < count; at += 1) {
      trail.push(at);
      one(property, values[at] ?? undefined, siblings[at] ?? undefined, sorting, scene);
      trail.pop();
    }
  } else one(property, value, beside, sorting, scene);
  trail.pop();
  return count;
}

function one(
  property: PropertyPlan,
  value: unknown,
  beside: unknown,
  sorting: Sorting | undefined,
  scene: Scene,
): void {
  if (property.refused !== undefined) return scene.report.error('structure', property.refused);
  property.item?.(value, beside, scene);
  sorting?.item(value, beside, property.type, scene);
}
