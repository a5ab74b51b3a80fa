import type { Module } from '../module.ts';

/** A rule as it is told to people; `types` are the resource types that it is kept for. */
export interface StatedRule {
  readonly id: string;
  readonly types: readonly string[];
  readonly citation: string;
  /** English and plain Swedish. */
  readonly sentence: string;
  readonly sv: string;
}

/** Every domain rule of the modules, once each, by id. */
export function statedRules(modules: readonly Module[]): readonly StatedRule[] {
  const stated = new Map<string, StatedRule>();
  for (const { type, rules = [] } of modules.flatMap(({ resources }) => resources)) {
    for (const { id, citation, sentence, sv } of rules) {
      const types = [...(stated.get(id)?.types ?? []), type];
      stated.set(id, { id, types, citation, sentence, sv });
    }
  }
  return [...stated.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
