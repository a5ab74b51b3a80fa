import { type DomainRule, Problem } from '@naravard/fhir';
import type { Store, Write } from '@naravard/store';
import type { ResourceModule } from '../module.ts';
import { inWordsOf } from './findings-of.ts';

/**
 * The store, in which who claims what is taken is told so in the words of a rule: of the one whose id is the first word of the
 * claim's key. The database keeps such a rule, since two who write at once do not see each other.
 */
export function takenClaims(store: Store, types: ReadonlyMap<string, ResourceModule>): Store {
  const rules = [...types.values()].flatMap(({ rules = [] }) => rules);
  const told = async <T>(writes: readonly Write[], written: Promise<T>): Promise<T> => {
    try {
      return await written;
    } catch (error) {
      throw asRule(error, writes, rules) ?? error;
    }
  };
  return {
    ...store,
    write: (context, writes) => told(writes, store.write(context, writes)),
    transaction: (context, work) =>
      store.transaction(context, (transaction) =>
        work({ ...transaction, write: (writes) => told(writes, transaction.write(writes)) }),
      ),
  };
}

/** The cause stays: by it the store knows what may be run again. */
function asRule(error: unknown, writes: readonly Write[], rules: readonly DomainRule[]): Problem | undefined {
  if (!(error instanceof Problem) || error.kind !== 'business-rule') return undefined;
  const [key] = error.findings[0]?.diagnostics.split(' ') ?? [];
  const write = writes.find(
    (each) => each.kind === 'put' && each.claims?.some((claim) => claim.key.split(' ')[0] === key),
  );
  const rule = rules.find(({ id }) => id === key);
  if (!rule || !write) return undefined;
  const finding = inWordsOf(rule, {
    severity: 'error',
    expression: write.type,
    diagnostics: rule.sentence,
  });
  return new Problem('business-rule', finding, { cause: error.cause });
}
