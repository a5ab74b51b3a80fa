import type { RequestContext, Store, Transaction, Write } from '@naravard/store';

/** What a guard may ask, as the write will find it. */
export interface AskedByGuard extends Pick<Transaction, 'facts' | 'keepers'> {
  /** Which of some patients the caller has an own relation to. */
  related(patients: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Looks at writes before any of them is done. @throws Problem why nothing is written */
export type WriteGuard = (
  context: RequestContext,
  writes: readonly Write[],
  asked: AskedByGuard,
) => Promise<void> | void;

/** The store, in which a guard sees every write, whether it comes alone or within a transaction. */
export const guardedWrites = (store: Store, guard: WriteGuard): Store => ({
  ...store,
  async write(context, writes) {
    const related = (patients: readonly string[]) => store.related(context, patients);
    const keepers: AskedByGuard['keepers'] = (keys) => store.keepers(context, keys);
    await guard(context, writes, { facts: store.facts, keepers, related });
    return store.write(context, writes);
  },
  transaction: (context, work) =>
    store.transaction(context, (transaction) =>
      work({
        ...transaction,
        async write(writes) {
          await guard(context, writes, transaction);
          return transaction.write(writes);
        },
      }),
    ),
});
