export type { CodeSystem, Concept } from './code-system.ts';
export type { ExpandedCode } from './expand.ts';
export type { CodeSystemSource, ValueSetSource } from './resources.ts';
export * from './terminology.ts';
