import { isObject, type JsonObject } from '../path/node.ts';
import { Report } from '../validate/report.ts';
import { membership } from './binding.ts';
import { broken, type Setting } from './check.ts';
import { type Belongs, discriminatorPath, type Step, somewhere } from './discriminator-path.ts';
import type { ElementNode } from './element-tree.ts';
import { type Discriminator, type Facts, withoutVersion } from './facts.ts';
import { contains, equals } from './pattern.ts';
import { referredType, targetTypes } from './targets.ts';

/**
 * How a discriminator tells the items of a slice from others: http://hl7.org/fhir/R4/profiling.html#discriminator
 * @param type of the items
 * @throws Error when it is no such path, or the slice says nothing there that could tell
 */
export function belonging(
  setting: Setting,
  slice: ElementNode,
  type: string,
  { type: kind, path }: Discriminator,
): Belongs {
  const parsed = discriminatorPath(path);
  if (!parsed) throw broken(setting, slice.id, `the discriminator "${path}" is not a path that is supported`);
  const { steps, resolved } = parsed;
  if (resolved && kind !== 'type')
    throw broken(setting, slice.id, 'resolve() is supported in a discriminator of type "type" only');
  const there = (leaf: Belongs): Belongs => {
    const found = somewhere(setting.definitions, type, steps, leaf);
    if (!found) throw broken(setting, slice.id, `R4 has no element at the discriminator "${path}"`);
    return found;
  };
  switch (kind) {
    case 'value':
    case 'pattern': {
      const leaves = valueLeaves(setting, slice, steps).map(there);
      return (value, environment) => leaves.every((leaf) => leaf(value, environment));
    }
    case 'exists': {
      const present = there(() => true);
      return isPresent(setting, slice, steps)
        ? present
        : (value, environment) => !present(value, environment);
    }
    case 'type':
      return resolved ? there(targetLeaf(setting, slice, steps)) : ofTypes(setting, slice, steps, type);
    case 'profile':
      return there(profileLeaf(setting, slice, steps));
    default:
      throw broken(setting, slice.id, `a discriminator of type "${kind}" is not supported`);
  }
}

/** The url that an extension slice is for: as it fixes it, or of the definition that it names. */
export function extensionUrl(slice: ElementNode): string | undefined {
  const url = slice.children.get('url');
  const [fixed] = url ? url.facts.fixed : [];
  if (typeof fixed === 'string') return fixed;
  const profile = slice.facts.types[0]?.profiles[0];
  return profile === undefined ? undefined : withoutVersion(profile);
}

/** The nodes along the steps, the slice first; it ends where the profile says nothing of the next. */
function nodesAlong(slice: ElementNode, steps: readonly Step[]): ElementNode[] {
  const nodes = [slice];
  for (const step of steps) {
    const at = nodes.at(-1);
    const next =
      step.kind === 'element'
        ? (at?.children.get(step.name) ?? at?.children.get(`${step.name}[x]`))
        : at?.children
            .get('extension')
            ?.slices.values()
            .find((each) => extensionUrl(each) === step.url);
    if (!next) break;
    nodes.push(next);
  }
  return nodes;
}

function factsAt(slice: ElementNode, steps: readonly Step[]): Facts | undefined {
  const at = nodesAlong(slice, steps)[steps.length];
  return at?.facts;
}

/** Each has to hold somewhere at the path: what is fixed there, or the part of a pattern above it, or a required binding. */
function valueLeaves(setting: Setting, slice: ElementNode, steps: readonly Step[]): Belongs[] {
  const nodes = nodesAlong(slice, steps);
  for (let depth = nodes.length - 1; depth >= 0; depth -= 1) {
    const node = nodes[depth];
    if (!node) continue;
    const { fixed, pattern, binding } = node.facts;
    const rest = steps.slice(depth);
    if (fixed.length && !rest.length) return fixed.map(equals);
    const leaves = [...fixed, ...pattern].flatMap((given) => dig(given, rest)).map(contains);
    if (leaves.length) return leaves;
    if (binding?.strength === 'required' && !rest.length) {
      const member = membership(setting, binding.valueSet);
      return [(value) => member(value) === true];
    }
  }
  const url = steps.length === 1 && isUrl(steps[0]) ? extensionUrl(slice) : undefined;
  if (url === undefined)
    throw broken(setting, slice.id, 'nothing is fixed that its discriminator could tell it by');
  return [equals(url)];
}

const isUrl = (step: Step | undefined): boolean => step?.kind === 'element' && step.name === 'url';

function dig(given: unknown, steps: readonly Step[]): unknown[] {
  return steps.reduce<unknown[]>(
    (at, step) => at.flatMap((value) => (isObject(value) ? member(value, step) : [])),
    [given],
  );
}

function member(value: JsonObject, step: Step): unknown[] {
  const found: unknown = step.kind === 'element' ? value[step.name] : undefined;
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
}

function isPresent(setting: Setting, slice: ElementNode, steps: readonly Step[]): boolean {
  const facts = factsAt(slice, steps);
  if (!facts || (facts.min === 0 && facts.max > 0))
    throw broken(setting, slice.id, 'min 1 or max 0 is expected at its discriminator of type "exists"');
  return facts.min > 0;
}

function ofTypes(setting: Setting, slice: ElementNode, steps: readonly Step[], items: string): Belongs {
  const types = factsAt(slice, steps)?.types.map(({ code }) => code) ?? [];
  const alternatives = types
    .map((type) => ofType(setting, items, steps, type))
    .filter((each) => each !== undefined);
  if (!types.length || alternatives.length < types.length)
    throw broken(setting, slice.id, 'a type is expected at its discriminator of type "type"');
  return (value, environment) => alternatives.some((each) => each(value, environment));
}

/** A resource tells its type itself; that of a choice is told by its property. */
function ofType(
  { definitions }: Setting,
  items: string,
  steps: readonly Step[],
  type: string,
): Belongs | undefined {
  if (definitions.isA(type, 'Resource'))
    return somewhere(definitions, items, steps, (value) => isObject(value) && value.resourceType === type);
  const last = steps.at(-1);
  return last?.kind === 'element'
    ? somewhere(definitions, items, [...steps.slice(0, -1), { ...last, type }], () => true)
    : undefined;
}

function targetLeaf(setting: Setting, slice: ElementNode, steps: readonly Step[]): Belongs {
  const targets = factsAt(slice, steps)?.types.flatMap((each) => each.targets) ?? [];
  const types = targetTypes(setting, slice.id, { targets });
  if (!types)
    throw broken(setting, slice.id, 'targetProfile is expected at its discriminator of type "type"');
  return (value, environment) => {
    const type = referredType(value, environment);
    return type !== undefined && types.includes(type);
  };
}

function profileLeaf(setting: Setting, slice: ElementNode, steps: readonly Step[]): Belongs {
  const canonical = factsAt(slice, steps)?.types[0]?.profiles[0];
  const check = canonical === undefined ? undefined : setting.profile(canonical);
  if (!check)
    throw broken(setting, slice.id, 'a known profile is expected at its discriminator of type "profile"');
  return (value, environment) => {
    const report = new Report();
    check(value, undefined, { report, environment });
    return report.errors === 0;
  };
}
