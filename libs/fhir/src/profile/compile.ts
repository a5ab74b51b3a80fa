import type { ElementDefinition } from '../definitions/definitions.ts';
import { choiceProperty } from '../definitions/type-table.ts';
import { resourceNode } from '../path/node.ts';
import { bindingCheck } from './binding.ts';
import { broken, type Check, named, type Setting, together } from './check.ts';
import { type ElementPlan, elementCheck, type PropertyPlan } from './element.ts';
import type { ElementNode } from './element-tree.ts';
import type { Facts } from './facts.ts';
import { fixedCheck, patternCheck } from './pattern.ts';
import { withRules } from './rules.ts';
import { sliceTypes, slicingPlan } from './slicing.ts';
import { targetCheck, targetTypes } from './targets.ts';
import { type AllowedType, allowedTypes, resourceCheck } from './types.ts';

/**
 * The check of a whole profile on a value of its type; undefined where it adds nothing to R4.
 * @throws Error that names the profile and the element when something in it cannot be kept
 */
export const compileProfile = (setting: Setting, root: ElementNode): Check | undefined =>
  inside(setting, root, root.name);

/** The children and the invariants of a value. */
function inside(setting: Setting, node: ElementNode, type: string): Check | undefined {
  const children = [...node.children.values()].map((child) => element(setting, child, type));
  return withRules(setting, node.id, node.facts, type, together(children));
}

/** The check of an owner of type `ownerType` on one of its elements. */
function element(setting: Setting, said: ElementNode, ownerType: string): Check {
  const node = inFull(setting, said, ownerType);
  const bare = node.name.replace('[x]', '');
  const definition = setting.definitions.type(ownerType)?.elements.get(bare);
  if (!definition || definition.choice !== node.name.endsWith('[x]'))
    throw broken(setting, node.id, `${ownerType} has no element ${node.name} in R4`);
  const { facts } = node;
  return elementCheck({
    name: bare,
    array: definition.max > 1,
    properties: properties(setting, node, definition),
    min: facts.min > definition.min ? facts.min : 0,
    max: facts.max < definition.max ? facts.max : Number.POSITIVE_INFINITY,
    tooFew: named(
      setting,
      facts.min > 1 ? `At least ${facts.min} of ${bare} are required.` : `${bare} is required.`,
    ),
    tooMany: named(
      setting,
      facts.max === 0 ? `Leave out ${bare}.` : `At most ${facts.max} of ${bare} is allowed.`,
    ),
    slicing: slices(setting, node, definition),
  });
}

/** `valueQuantity` is short for `value[x]` of that type alone: http://hl7.org/fhir/R4/elementdefinition.html#path */
function inFull({ definitions }: Setting, node: ElementNode, ownerType: string): ElementNode {
  const elements = definitions.type(ownerType)?.elements;
  if (!elements || elements.has(node.name.replace('[x]', ''))) return node;
  for (const { name, choice, types } of elements.values()) {
    const short = choice ? types.find(({ code }) => choiceProperty(name, code) === node.name) : undefined;
    if (!short) continue;
    const only = [{ code: short.code, profiles: [], targets: [] }];
    const { facts } = node;
    return {
      ...node,
      name: `${name}[x]`,
      facts: { ...facts, types: facts.types.length ? facts.types : only },
    };
  }
  return node;
}

function properties(setting: Setting, node: ElementNode, definition: ElementDefinition): PropertyPlan[] {
  const types = allowedTypes(setting, node, definition, node.facts.types);
  const left = types.filter(({ refused }) => refused === undefined);
  if (left.length > 1 && node.children.size)
    throw broken(setting, node.id, 'restrict it to one type before you say something of its children');
  return types.map((type) => {
    const { code } = type.base;
    const property = definition.choice ? choiceProperty(definition.name, code) : definition.name;
    const primitive = setting.definitions.type(code)?.kind === 'primitive';
    return {
      property,
      beside: primitive ? `_${property}` : undefined,
      step: definition.choice
        ? `${definition.name}.ofType(${code === 'SimpleQuantity' ? 'Quantity' : code})`
        : property,
      type: code,
      item: type.refused === undefined ? item(setting, node, type, definition) : undefined,
      refused: type.refused,
    };
  });
}

/** What is asked of one value of one type. */
function item(
  setting: Setting,
  node: ElementNode,
  type: AllowedType,
  { binding }: ElementDefinition,
): Check | undefined {
  const { facts } = node;
  const checks = together([
    fixedCheck(setting, facts),
    patternCheck(setting, facts),
    bindingCheck(setting, facts, type.code, binding),
    targetCheck(setting, type.said && targetTypes(setting, node.id, type.said), type.base.targets),
    lengthCheck(setting, facts),
    profileCheck(setting, node, type),
    inside(setting, node, type.code),
  ]);
  if (!setting.definitions.isA(type.code, 'Resource')) return checks;
  const types = facts.types.map(({ code }) => code);
  return resourceCheck(setting, type, types, checks && inResource(checks, node.name === 'contained'));
}

/** Slices say the same of items as elements do; of a choice each is of its own types. */
function slices(setting: Setting, node: ElementNode, definition: ElementDefinition): ElementPlan['slicing'] {
  const [first] = definition.types;
  if (!first) return undefined;
  return slicingPlan(setting, node, first.code, (slice) => {
    const own = definition.choice ? sliceTypes(node, slice) : [];
    const [type, another] = allowedTypes(setting, slice, definition, slice.facts.types).filter(
      ({ code, refused }) => refused === undefined && (!own.length || own.includes(code)),
    );
    if (!type || another) throw broken(setting, slice.id, 'a slice is of one of the types of its element');
    return item(setting, slice, type, definition);
  });
}

function lengthCheck(setting: Setting, { maxLength }: Facts): Check | undefined {
  if (maxLength === Number.POSITIVE_INFINITY) return undefined;
  const message = named(setting, `At most ${maxLength} characters are allowed.`);
  return (value, _beside, { report }) => {
    if (typeof value === 'string' && value.length > maxLength) report.error('value', message);
  };
}

/** The value follows the profile of its type as well, where that is known. */
function profileCheck(setting: Setting, { id }: ElementNode, { code, said }: AllowedType): Check | undefined {
  const [canonical, another] = said?.profiles ?? [];
  if (canonical === undefined) return undefined;
  if (another !== undefined) throw broken(setting, id, 'one profile for a type is supported');
  if ((setting.profiledType(canonical) ?? code) !== code)
    throw broken(setting, id, `the profile ${canonical} is not on ${code}`);
  return setting.profile(canonical);
}

/** `%resource` is the resource that the check is in, and `%rootResource` too unless it is contained. */
function inResource(check: Check, contained: boolean): Check {
  return (value, beside, scene) => {
    const { environment } = scene;
    const { resource, rootResource } = environment;
    environment.resource = resourceNode(environment.definitions, value);
    if (!contained) environment.rootResource = environment.resource;
    check(value, beside, scene);
    environment.resource = resource;
    environment.rootResource = rootResource;
  };
}
