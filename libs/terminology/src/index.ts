export { CodeSystem, type Concept } from './code-system.ts';
export { ConceptMap } from './concept-map.ts';
export { displayIn, isIn } from './designation.ts';
export type { Allowance, ExpandedCode } from './expand.ts';
export type { Expansion, ValueSetHead } from './expansion.ts';
export {
  codeUnknown,
  noCode,
  noCodeSystem,
  noConceptMap,
  noValueSet,
  partlyLoaded,
  shown,
} from './missing.ts';
export type {
  CodeSystemSource,
  Coding,
  ConceptMapSource,
  DependencySource,
  Designation,
  PropertySource,
  ValueSetSource,
} from './resources.ts';
export * from './terminology.ts';
export type { Elsewhere, Translation } from './translation.ts';
