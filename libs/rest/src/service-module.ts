import type { Interaction } from './call.ts';
import type { Module } from './module.ts';

/** A module with what can be asked of it beside reading and writing; served where the module is mounted. */
export interface ServiceModule extends Module {
  operations?: readonly Interaction[];
}
