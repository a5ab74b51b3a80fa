import type { Actor } from '@naravard/access';
import { holderOf } from '../page.ts';

/** A caller as a job keeps it, for the time when its rights are made anew. */
export const heldActor = (actor: Actor): string =>
  JSON.stringify(actor, (_key, value: unknown) => (value instanceof Set ? [...value] : value));

export function actorOf(held: string): Actor {
  const actor = JSON.parse(held) as Omit<Actor, 'grants'> & { grants: HeldGrant[] | null };
  return { ...actor, grants: actor.grants?.map((grant) => ({ ...grant, may: new Set(grant.may) })) ?? null };
}

interface HeldGrant {
  readonly type: string;
  readonly may: readonly ('c' | 'r' | 'u' | 'd' | 's')[];
  readonly tokens: readonly string[] | null;
}

/**
 * To whom a job exists: who asked for it, in the same commission, and by a system client for the same end user, since what it
 * found it found for them.
 */
export function jobHolderOf(actor: Actor): string {
  const { kind, id, organisation, unit, commission } = actor;
  return JSON.stringify([holderOf(actor), kind, id, organisation, unit, commission]);
}
