// http://hl7.org/fhir/R4/search.html#token: identifiers, those of resources and those that references go by
import { canonicalIdentifier, identifierSystems } from '@naravard/fhir';
import { indexKey } from '../../rows/index-key.ts';
import type { SqlBuilder } from '../../sql/sql.ts';

/** What an identifier must be. `system` undefined: any; null: none. `code` (its value) undefined: any of the system. */
export interface IdentifierTest {
  readonly system?: string | null;
  readonly code?: string;
}

interface Stored {
  readonly system: string | null;
  readonly value: string | null;
}

/** A `+` that was not percent-encoded arrives as a space: the mark of a person who has turned a hundred. */
const SPACED_MARK = /^(\d{6}(?:\d\d)?) (\d{4})$/;

/**
 * The tests for a value as it was written, in canonical form. A number without system is tried as each of the Swedish
 * identifiers too, so that `19410314-9805` is found. `now`: ms since 1970.
 */
export function identifierTests({ system, code }: IdentifierTest, now: number): IdentifierTest[] {
  if (code === undefined) {
    const canonical = canonicalIdentifier(system, '');
    return canonical.system === null ? [] : [{ system: indexKey(canonical.system) }];
  }
  const marked = code.replace(SPACED_MARK, '$1+$2');
  if (system !== undefined) {
    const canonical = canonicalIdentifier(system, marked, now);
    const { value, ...rest } = storedIdentifier(
      canonical.value === marked ? canonicalIdentifier(system, code, now) : canonical,
    );
    return [{ ...rest, code: value }];
  }
  const swedish = Object.values(identifierSystems)
    .map((each) => canonicalIdentifier(each, marked, now))
    .filter(({ value }) => value !== marked)
    .map((each) => ({ system: each.system, code: each.value }));
  return [{ code: indexKey(code) }, ...swedish];
}

/** A canonical identifier as the columns `system` and `value` hold it. */
export const storedIdentifier = ({ system, value }: { system: string | null; value: string }) => ({
  system: system && indexKey(system),
  value: indexKey(value),
});

/** The condition that `x`, a row with `system` and `value`, is one of them. */
export const compileIdentifiers = (tests: readonly IdentifierTest[], sql: SqlBuilder): string =>
  `(${tests.map((test) => compileIdentifier(test, sql)).join(' or ')})`;

function compileIdentifier({ system, code }: IdentifierTest, sql: SqlBuilder): string {
  const value = code === undefined ? 'x.value is not null' : `x.value = ${sql.param(code)}`;
  if (system === undefined) return value;
  return `(${value} and ${system === null ? 'x.system is null' : `x.system = ${sql.param(system)}`})`;
}

export const matchIdentifiers = (tests: readonly IdentifierTest[], row: Stored): boolean =>
  row.value !== null &&
  tests.some(
    ({ system, code }) =>
      (code === undefined || code === row.value) && (system === undefined || system === row.system),
  );

/** Aliases of an identifier print alike: equal conditions are known by their printed form. */
export const printIdentifiers = (tests: readonly IdentifierTest[]): string =>
  tests
    .map(({ system, code }) => `${system === undefined ? '' : `${system ?? ''}|`}${code ?? ''}`)
    .join(' or ');
