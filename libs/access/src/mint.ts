import type { Scope, ScopeRule } from '@naravard/search';
import type { Actor } from './actor.ts';

const mint = (rule: ScopeRule): Scope => rule as Scope;

/** For work that no caller asked for: migrations, seeding, tests. The reason is kept for the audit. */
export const systemScope = (reason: string): Scope => mint({ kind: 'system', reason });

/** Test-only until the access decision is built: sees the rows of one custodian and no others. */
export const organisationScope = (custodian: string): Scope => mint({ kind: 'organisation', custodian });

/**
 * What an actor may see. Until the access decision (SVOD 2022:913, PDL 2008:355) is built every valid token sees all;
 * docs/conformance.md says so.
 */
export function scopeOf(actor: Actor): Scope {
  return systemScope(`authenticated ${actor.kind}`);
}
