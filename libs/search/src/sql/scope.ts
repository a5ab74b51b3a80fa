import type { SqlBuilder } from './sql.ts';

declare const minted: unique symbol;

/**
 * What a caller may see, as a predicate over key rows. Invariant 1 of docs/architecture.md: no read without a Scope,
 * and it is compiled onto every alias. Only libs/access/src/mint.ts makes one.
 */
export type Scope = ScopeRule & { readonly [minted]: true };

/**
 * SQL of a value about a patient, by its name. `asked`: a column of what was asked once about the patient whom the row is
 * about; otherwise every use asks.
 */
export type Sight = ((name: string) => string) & { readonly asked: boolean };

/** What is asked about one patient, under names. */
export interface Sights {
  /**
   * A select of one row that has each as a column; `told`: an aggregate over the patient's facts, under alias `fact`, that is
   * wanted beside them, as column `told`, with what else they look at.
   */
  all(told?: string): string;
  /** SQL of one of them alone. */
  one(name: string): string;
}

/**
 * A reference is hidden with what it is to (a spärr masks it: PDL 2008:355 4 kap 4 §, SVOD 2022:913 2 kap 3 §): in rows where
 * any may be, when it is to a resource here of a type that may be hidden and the Scope shows no such row. What is hidden is
 * not searched by.
 */
export interface Hiding {
  /** Types whose resources are hidden from nobody who sees what refers to them. */
  readonly never: ReadonlySet<string>;
  /** SQL of whether references of a visible row may be hidden: never null. */
  where(row: string, sight: Sight, sql: SqlBuilder): string;
}

/**
 * A rule over an alias that has the columns `type`, `patient`, `custodian`, `author_unit`, `labels` and `starts` of a key
 * row. What depends on the patient alone is asked in `sights`, so that a statement about one patient asks it once.
 */
export interface ScopeRule {
  /** Rules of one shape compile to the same text, with values of their own. */
  readonly shape: string;
  /** Why this caller may write, for the audit. */
  readonly reason: string;
  /**
   * The values that its SQL asks for, by the names it asks under (`SqlBuilder.named`), so that a text composed for another
   * caller of this shape serves this one. Null: they are known by composing it.
   */
  readonly values: Readonly<Record<string, unknown>> | null;
  /** What is asked about a patient, `patient` being SQL of an id; null when nothing is. */
  sights(patient: string, sql: SqlBuilder): Sights | null;
  /** SQL of whether the caller has an own relation to the patient, so that it may write about the person. */
  relation(patient: string, sql: SqlBuilder): string;
  /** SQL of the ground (text) on which the row may be seen; null when it may not. `type`: of the row, where it is known. */
  ground(row: string, sight: Sight, sql: SqlBuilder, type?: string): string;
  /** SQL of whether it may be seen: true exactly where `ground` is not null, otherwise false or null. */
  condition(row: string, sight: Sight, sql: SqlBuilder, type?: string): string;
  /** What of a type the ground depends on: types of one kind have the same text. */
  kindOf(type: string): string;
  /**
   * SQL of whether nothing about the person whom a visible row is about is hidden from the caller: never null. What is
   * masked may not be searched by, sorted by or followed. Null: nothing is ever hidden.
   */
  unmasked(row: string, sight: Sight, sql: SqlBuilder): string | null;
  /** Which references of the rows are hidden; null: none ever are. */
  readonly hiding: Hiding | null;
  /** SQL of whether the texts of a row name none of those whose names are hidden from everybody; null: none are. */
  unnaming(row: string): string | null;
}

/**
 * The SQL condition for one alias of `resource`; every alias in a statement gets its own. `sights`: an alias that has the
 * sights of the one patient whom the row must be about, where there is one.
 */
export const compileScope = (
  scope: Scope,
  alias: string,
  sql: SqlBuilder,
  sights?: string,
  type?: string,
): string => scope.condition(alias, sightOf(scope, alias, sql, sights), sql, type);

/** The SQL of the ground on which the row under the alias may be seen; null when it may not. */
export const compileGround = (
  scope: Scope,
  alias: string,
  sql: SqlBuilder,
  sights?: string,
  type?: string,
): string => scope.ground(alias, sightOf(scope, alias, sql, sights), sql, type);

/** SQL of whether nothing of the visible row under the alias is hidden from the caller; null when that is always so. */
export const compileUnmasked = (
  scope: Scope,
  alias: string,
  sql: SqlBuilder,
  sights?: string,
): string | null => scope.unmasked(alias, sightOf(scope, alias, sql, sights), sql);

/** SQL of whether references of the visible row under the alias may be hidden from the caller; null when none ever are. */
export const compileHiding = (scope: Scope, alias: string, sql: SqlBuilder, sights?: string): string | null =>
  scope.hiding?.where(alias, sightOf(scope, alias, sql, sights), sql) ?? null;

/** SQL of whether the caller may write about a patient. */
export const compileRelation = (scope: Scope, patient: string, sql: SqlBuilder): string =>
  scope.relation(patient, sql);

/** A lateral select of the sights of one patient, as one row; '' when the Scope asks nothing about patients. `told`: as in Sights. */
export function compileSights(scope: Scope, patient: string, sql: SqlBuilder, told?: string): string {
  const sights = scope.sights(patient, sql);
  return sights ? `(${sights.all(told)} offset 0)` : '';
}

function sightOf(scope: Scope, alias: string, sql: SqlBuilder, sights: string | undefined): Sight {
  if (sights !== undefined) return Object.assign((name: string) => `${sights}.${name}`, { asked: true });
  let alone: Sights | null | undefined;
  const ask = (name: string): string => {
    alone ??= scope.sights(`${alias}.patient`, sql);
    if (!alone) throw new Error(`${scope.shape} has no sights`);
    return alone.one(name);
  };
  return Object.assign(ask, { asked: false });
}
