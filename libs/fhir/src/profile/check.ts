import type { Definitions } from '../definitions/definitions.ts';
import { type Environment, isObject, type JsonObject } from '../path/node.ts';
import type { Report } from '../validate/report.ts';

/** What a check is run in: where findings go, and what `%resource` stands for. */
export interface Scene {
  readonly report: Report;
  readonly environment: Environment;
}

/** Looks at one element: its JSON value and, of a primitive, what stands beside it as `_name`. */
export type Check = (value: unknown, beside: unknown, scene: Scene) => void;

/**
 * Whether a code is in a value set, named by its canonical without version; undefined where the value set is not known.
 * `system` is undefined where the element is a plain code and the value set implies the system.
 */
export type InValueSet = (valueSet: string, system: string | undefined, code: string) => boolean | undefined;

/** What one profile is compiled with. */
export interface Setting {
  readonly definitions: Definitions;
  /** Of the profile itself; every finding names it. */
  readonly canonical: string;
  readonly inValueSet: InValueSet;
  /** The check of a profile on an element's type, undefined where the profile is not known. */
  profile(canonical: string): Check | undefined;
  /** The type that a known profile is on. */
  profiledType(canonical: string): string | undefined;
}

/** All of them in their order; undefined where there are none, so that the caller need not go there. */
export function together(checks: readonly (Check | undefined)[]): Check | undefined {
  const given = checks.filter((check) => check !== undefined);
  if (given.length < 2) return given[0];
  return (value, beside, scene) => {
    for (const check of given) check(value, beside, scene);
  };
}

const nothing: JsonObject = {};

/** Where an element has its children: of a primitive they stand beside it. */
export const ownerOf = (value: unknown, beside: unknown): JsonObject =>
  isObject(value) ? value : isObject(beside) ? beside : nothing;

/** A message with the name of the profile that asks for it. */
export const named = ({ canonical }: Pick<Setting, 'canonical'>, message: string): string =>
  `${message} (profile ${canonical})`;

/** Why a profile cannot be compiled. */
export class BrokenProfile extends Error {
  readonly canonical: string;
  /** Id of the ElementDefinition that cannot be kept; undefined where the fault is not in one. */
  readonly element: string | undefined;

  constructor(canonical: string, what: string, element?: string) {
    super(`Profile ${canonical}${element === undefined ? '' : `, element ${element}`}: ${what}`);
    this.canonical = canonical;
    this.element = element;
  }
}

/** For a profile that cannot be compiled; `id` is that of the ElementDefinition. */
export const broken = ({ canonical }: Pick<Setting, 'canonical'>, id: string, what: string): BrokenProfile =>
  new BrokenProfile(canonical, what, id);
