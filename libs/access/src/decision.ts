import { type Ground, grounds, type Refusal, refusals } from './reasons.ts';

/**
 * How much of a visible resource is shown. `warning`: all, with the sign that the identity is protected;
 * `protected-identity`: without name, address, telecom, next of kin and places of visits.
 */
export type Mask = 'none' | 'warning' | 'protected-identity' | 'everything';

export type Decision = Allowed | Denied;

export interface Allowed {
  readonly allowed: true;
  readonly reason: Ground;
  /** Law and "chapter:section". */
  readonly section: string;
  readonly mask: Exclude<Mask, 'everything'>;
}

export interface Denied {
  readonly allowed: false;
  readonly reason: Refusal;
  readonly section: string;
  readonly mask: 'everything';
}

export const allow = (reason: Ground, mask: Allowed['mask']): Allowed => ({
  allowed: true,
  reason,
  section: grounds[reason],
  mask,
});

export const deny = (reason: Refusal): Denied => ({
  allowed: false,
  reason,
  section: refusals[reason],
  mask: 'everything',
});
