import type { RequestContext } from '@naravard/store';
import type { Call, Interaction, Method, Pair } from '../call.ts';
import type { Engine } from '../engine.ts';
import { aboutOf, checkGranted, contextFor } from '../granted.ts';
import type { Media } from '../media.ts';
import { checkAddress, pathOf, type RouteParts } from '../route.ts';

/** A request as a job keeps it, without its body. */
export interface HeldRequest {
  readonly method: Method;
  readonly route: string;
  readonly parts: RouteParts;
  readonly query: readonly Pair[];
  readonly media: Media | '';
  readonly lenient: boolean;
  /** X-Request-Id. */
  readonly request: string;
}

export const heldRequest = ({ method, route }: Interaction, call: Call): HeldRequest => ({
  method,
  route,
  parts: partsOf(call),
  query: call.query,
  media: call.media,
  lenient: call.prefer.handling === 'lenient',
  request: call.context.request,
});

const partsOf = ({ type, id, version, compartment }: Call): RouteParts => ({
  type,
  id,
  version,
  compartment,
});

/** What answers a held request; undefined where this process has no route for it. */
export const interactionFor = (
  all: readonly Interaction[],
  { method, route }: HeldRequest,
): Interaction | undefined => all.find((each) => each.method === method && each.route === route);

/**
 * The call that it was, by who asks now.
 * @throws Problem as for a request that comes now: what its address and the scopes of the token do not let do
 */
export function callOf(
  engine: Engine,
  interaction: Interaction,
  held: HeldRequest,
  body: string,
  asking: RequestContext,
): Call {
  const { parts, query, media } = held;
  checkAddress(engine, interaction, parts);
  checkGranted(asking.actor, interaction, parts);
  const context = { ...contextFor(asking, interaction), ...aboutOf(interaction, parts) };
  const prefer = { handling: held.lenient ? 'lenient' : 'strict' } as const;
  return { ...parts, query, media, body, conditions: {}, prefer, context };
}

/** The address that was asked, as it would be asked again by GET. */
export function addressOf(
  { base }: Engine,
  { route, parts, query }: Pick<HeldRequest, 'route' | 'parts' | 'query'>,
): string {
  const text = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  return `${base}/${pathOf({ route }, parts)}${text && `?${text}`}`;
}
