import { Problem } from '@naravard/fhir';
import type { Interaction, Method } from './call.ts';
import type { Engine } from './engine.ts';

/** The parts of a path that a route names; '' where it has none. */
export interface RouteParts {
  type: string;
  id: string;
  version: string;
  /** Type of the resource that a compartment is of. */
  compartment: string;
}

/** The interaction for a method and a path below the base (`CareTeam/1`, without query), or undefined. */
export function matchRoute(
  interactions: readonly Interaction[],
  method: Method,
  path: string,
): { interaction: Interaction; parts: RouteParts } | undefined {
  for (const interaction of interactions) {
    const parts = interaction.method === method ? matchPattern(interaction.route, path) : undefined;
    if (parts) return { interaction, parts };
  }
  return undefined;
}

/** The path below the base that a route has with these parts; what `matchRoute` reads. */
export const pathOf = ({ route }: Pick<Interaction, 'route'>, parts: RouteParts): string =>
  route.slice(1).replace(/:(type|id|version|compartment)/g, (_, name: keyof RouteParts) => parts[name]);

/** The methods that a path has, for Allow; HEAD wherever GET is. */
export function methodsOf(interactions: readonly Interaction[], path: string): (Method | 'HEAD')[] {
  const matching = interactions.filter(({ route }) => matchPattern(route, path));
  const methods = matching.flatMap(({ method }) =>
    method === 'GET' ? (['GET', 'HEAD'] as const) : [method],
  );
  return [...new Set(methods)];
}

function matchPattern(route: string, path: string): RouteParts | undefined {
  const wanted = route.slice(1).split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const parts: RouteParts = { type: '', id: '', version: '', compartment: '' };
  for (const [index, pattern] of wanted.entries()) {
    const segment = given[index] ?? '';
    if (pattern === ':type' && isType(segment, parts)) parts.type = segment;
    else if (pattern === ':compartment' && typePattern.test(segment)) parts.compartment = segment;
    else if (pattern === ':id' && idPattern.test(segment)) parts.id = segment;
    else if (pattern === ':version' && idPattern.test(segment)) parts.version = segment;
    else if (pattern !== segment || pattern.startsWith(':')) return undefined;
  }
  return parts;
}

const typePattern = /^[A-Z][A-Za-z]+$/;

/** Within a compartment `*` stands for every type. */
const isType = (segment: string, { compartment }: RouteParts): boolean =>
  typePattern.test(segment) || (segment === '*' && compartment !== '');

/** http://hl7.org/fhir/R4/datatypes.html#id, but `.` and `..`: clients and proxies take these for folders (RFC 3986, 5.2.4). */
const idPattern = /^(?!\.{1,2}$)[A-Za-z0-9.-]{1,64}$/;

/** @throws Problem 'unknown-route' for a type that is not mounted, 'bad-request' for what cannot be an id. */
export function checkAddress(engine: Engine, { route }: Interaction, parts: RouteParts): void {
  const { type, id, compartment } = parts;
  if (compartment && !engine.definitions.compartments.has(compartment)) {
    const names = [...engine.definitions.compartments].join(', ');
    throw new Problem('unknown-route', `Only these have a compartment to search in: ${names}.`);
  }
  if (route.includes('/:type') && !(compartment && type === '*') && !engine.mounted.has(type)) {
    throw new Problem('unknown-route', 'This type is not served here: see /metadata for those that are.');
  }
  if (id && !idPattern.test(id)) {
    throw new Problem(
      'bad-request',
      'An id is 1 to 64 letters, digits, hyphens and dots, and more than one or two dots.',
    );
  }
}
