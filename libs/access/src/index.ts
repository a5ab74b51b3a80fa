export * from './actor.ts';
export * from './caller.ts';
export * from './decide.ts';
export type { Allowed, Decision, Denied, Mask } from './decision.ts';
export * from './facts.ts';
export * from './mint.ts';
export type { Period } from './period.ts';
export * from './reasons.ts';
export type { Row } from './row.ts';
