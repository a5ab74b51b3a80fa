import type { SqlBuilder } from './sql.ts';

declare const minted: unique symbol;

/**
 * What a caller may see, as a predicate over key rows. Invariant 1 of docs/architecture.md: no read without a Scope,
 * and it is compiled onto every alias. Only libs/access/src/mint.ts makes one.
 */
export type Scope = ScopeRule & { readonly [minted]: true };

export type ScopeRule =
  | { readonly kind: 'system'; readonly reason: string }
  | { readonly kind: 'organisation'; readonly custodian: string };

/** The SQL condition for one alias of `resource`; every alias in a statement gets its own. */
export function compileScope(scope: Scope, alias: string, sql: SqlBuilder): string {
  switch (scope.kind) {
    case 'system':
      return 'true';
    case 'organisation':
      return `${alias}.custodian = ${sql.param(scope.custodian)}`;
    default:
      return scope satisfies never;
  }
}
