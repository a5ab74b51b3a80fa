import { type Environment, isObject } from '../path/node.ts';
import { broken, type Check, named, type Scene, type Setting } from './check.ts';
import { belonging, extensionUrl } from './discriminator.ts';
import type { ElementNode } from './element-tree.ts';

/** A slice that is ready to be counted. */
export interface SlicePlan {
  readonly item: Check | undefined;
  readonly min: number;
  readonly max: number;
  readonly tooFew: string;
  readonly tooMany: string;
}

/** The slice that an item is of, -1 for none: the first whose discriminators all hold. `type`: of the item. */
export type Choose = (value: unknown, type: string, environment: Environment) => number;

export interface SlicingPlan {
  readonly slices: readonly SlicePlan[];
  readonly choose: Choose;
  /** What is said of an item of no slice; undefined where there may be such anywhere. */
  readonly strange: string | undefined;
  /** Such items come last. */
  readonly openAtEnd: string | undefined;
}

/** Extensions are sliced by url and choices by type also where the profile does not say so. */
export function slicingPlan(
  setting: Setting,
  node: ElementNode,
  type: string,
  itemOf: (slice: ElementNode) => Check | undefined,
): SlicingPlan | undefined {
  const nodes = [...node.slices.values()];
  const rules = node.facts.slicing?.rules ?? 'open';
  if (!nodes.length && rules === 'open') return undefined;
  if (!nodes.length) throw broken(setting, node.id, `slicing is ${rules}, but there are no slices`);
  const bare = node.name.replace('[x]', '');
  return {
    slices: nodes.map((slice) => slicePlan(setting, slice, bare, itemOf(slice))),
    choose: chooser(setting, node, nodes, type),
    strange:
      rules === 'closed'
        ? named(setting, `Leave out each ${bare} that the profile does not name.`)
        : undefined,
    openAtEnd:
      rules === 'openAtEnd'
        ? named(setting, `Put each ${bare} that the profile does not name last.`)
        : undefined,
  };
}

function slicePlan(setting: Setting, slice: ElementNode, bare: string, item: Check | undefined): SlicePlan {
  const { min, max } = slice.facts;
  const url = /^(?:modifierE|e)xtension$/.test(bare) ? extensionUrl(slice) : undefined;
  const kind =
    url === undefined ? `${bare} of the kind "${slice.id.split(':').at(-1)}"` : `${bare} with the url ${url}`;
  return {
    item,
    min,
    max,
    tooFew: named(setting, `At least ${min} ${kind} is required.`),
    tooMany: named(setting, max === 0 ? `Leave out any ${kind}.` : `At most ${max} ${kind} is allowed.`),
  };
}

function chooser(setting: Setting, node: ElementNode, slices: readonly ElementNode[], type: string): Choose {
  const given = node.facts.slicing?.discriminators ?? [];
  if (node.name.endsWith('[x]')) return byType(slices.map((slice) => sliceTypes(node, slice)));
  const discriminators = !given.length && type === 'Extension' ? [{ type: 'value', path: 'url' }] : given;
  if (!discriminators.length) throw broken(setting, node.id, 'slicing has no discriminator');
  if (type === 'Extension' && discriminators.length === 1 && discriminators[0]?.path === 'url')
    return byUrl(slices.map((slice) => urlOf(setting, slice)));
  const belongs = slices.map((slice) => discriminators.map((each) => belonging(setting, slice, type, each)));
  return (value, _type, environment) =>
    belongs.findIndex((all) => all.every((each) => each(value, environment)));
}

const byType =
  (types: readonly (readonly string[])[]): Choose =>
  (_value, type) =>
    types.findIndex((each) => each.includes(type));

/** The types of a slice of a choice: as it says, or as its name does (`value[x]:valueString`). */
export function sliceTypes(node: ElementNode, slice: ElementNode): readonly string[] {
  const said = slice.facts.types.map(({ code }) => code);
  const [name = ''] = slice.id.split(':').slice(-1);
  const type = name.slice(node.name.length - '[x]'.length);
  return said.length ? said : [type, type.charAt(0).toLowerCase() + type.slice(1)];
}

function byUrl(urls: readonly string[]): Choose {
  const places = new Map(urls.map((url, at) => [url, at]));
  return (value) => (isObject(value) && typeof value.url === 'string' ? (places.get(value.url) ?? -1) : -1);
}

function urlOf(setting: Setting, slice: ElementNode): string {
  const url = extensionUrl(slice);
  if (url === undefined) throw broken(setting, slice.id, 'neither its url is fixed nor its definition named');
  return url;
}

/** Sorts the items of one element as they come. */
export class Sorting {
  readonly #plan: SlicingPlan;
  readonly #counts: number[];
  #strangers = false;

  constructor(plan: SlicingPlan) {
    this.#plan = plan;
    this.#counts = plan.slices.map(() => 0);
  }

  /** With the trail at the item. */
  item(value: unknown, beside: unknown, type: string, scene: Scene): void {
    const { slices, choose, strange, openAtEnd } = this.#plan;
    const at = choose(value, type, scene.environment);
    const slice = slices[at];
    if (!slice) {
      this.#strangers = true;
      if (strange !== undefined) scene.report.error('structure', strange);
      return;
    }
    if (this.#strangers && openAtEnd !== undefined) scene.report.error('structure', openAtEnd);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    slice.item?.(value, beside, scene);
  }

  /** With the trail at the element's owner. */
  finish(name: string, { report }: Scene): void {
    this.#plan.slices.forEach(({ min, max, tooFew, tooMany }, at) => {
      const count = this.#counts[at] ?? 0;
      if (count < min) report.error('required', tooFew, name);
      if (count > max) report.error('structure', tooMany, name);
    });
  }
}
