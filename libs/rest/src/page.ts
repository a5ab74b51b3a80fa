import type { Actor } from '@naravard/access';
import type { Pair } from './call.ts';

/** Who a page link is for. */
export const holderOf = (actor: Actor): string => `${actor.kind}:${actor.id}`;

/** The token of a request that follows a next link. */
export const pageOf = (query: readonly Pair[]): string | undefined =>
  query.length === 1 && query[0]?.[0] === '_page' ? query[0][1] : undefined;
