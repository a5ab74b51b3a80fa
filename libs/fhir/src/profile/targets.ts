import { type Environment, isObject } from '../path/node.ts';
import { parseReference } from '../reference.ts';
import { broken, type Check, named, type Setting } from './check.ts';
import { type TypeFact, withoutVersion } from './facts.ts';
import { coreDefinition } from './structure-definition.ts';

/**
 * The resource types that `targetProfile` leaves to a reference; undefined where any is allowed. Only the type is asked, as the
 * text of the reference tells it: what it refers to may follow its profile or not.
 * @throws Error when a target is neither a type of R4 nor a profile that is known
 */
export function targetTypes(
  setting: Setting,
  id: string,
  { targets }: Pick<TypeFact, 'targets'>,
): string[] | undefined {
  const types = targets.map((canonical) => {
    const bare = withoutVersion(canonical);
    const core = bare.startsWith(coreDefinition) ? bare.slice(coreDefinition.length) : undefined;
    const type = core !== undefined && setting.definitions.type(core) ? core : setting.profiledType(bare);
    if (type === undefined) throw broken(setting, id, `the target ${canonical} is not known`);
    return type;
  });
  return types.length && !types.includes('Resource') ? types : undefined;
}

/** @param base the types that R4 allows here; empty for any */
export function targetCheck(
  setting: Setting,
  types: readonly string[] | undefined,
  base: readonly string[],
): Check | undefined {
  if (!types || (base.length && base.every((type) => types.includes(type)))) return undefined;
  const message = named(setting, `Refer to a resource of type ${types.join(' or ')}.`);
  return (value, _beside, scene) => {
    const type = referredType(value, scene.environment);
    if (type !== undefined && !types.includes(type)) scene.report.error('value', message, 'reference');
  };
}

/** What a Reference says that it refers to; undefined where it does not tell. */
export function referredType(value: unknown, environment: Environment): string | undefined {
  if (!isObject(value)) return undefined;
  const { resourceTypes } = environment.definitions;
  const type =
    typeof value.reference === 'string'
      ? literalType(value.reference, environment.rootResource.value)
      : undefined;
  const named = type ?? value.type;
  return typeof named === 'string' && resourceTypes.has(named) ? named : undefined;
}

function literalType(reference: string, container: unknown): unknown {
  const parsed = parseReference(reference);
  switch (parsed.kind) {
    case 'relative':
    case 'conditional':
    case 'absolute':
      return parsed.type;
    case 'contained':
      return containedType(container, parsed.id);
    case 'urn':
    case 'canonical':
    case 'unknown':
      return undefined;
    default:
      return parsed satisfies never;
  }
}

function containedType(container: unknown, id: string): unknown {
  if (!isObject(container) || !Array.isArray(container.contained)) return undefined;
  const found: unknown = container.contained.find((each: unknown) => isObject(each) && each.id === id);
  return isObject(found) ? found.resourceType : undefined;
}
