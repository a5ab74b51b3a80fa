import type { Interaction } from './call.ts';

/**
 * The operation that a route is of, without its dollar sign, and the type that it is on (null: the service, or any type);
 * undefined for an interaction. http://hl7.org/fhir/R4/operations.html
 */
export function operationOn({
  route,
}: Pick<Interaction, 'route'>): { name: string; type: string | null } | undefined {
  const segments = route.slice(1).split('/');
  const last = segments.at(-1) ?? '';
  if (!last.startsWith('$')) return undefined;
  const [type = ''] = segments;
  return { name: last.slice(1), type: /^[A-Z]/.test(type) ? type : null };
}
