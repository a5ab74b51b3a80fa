import type { RequestContext, Store, Write } from '@naravard/store';

/**
 * Looks at writes before any of them is done. `related` tells which of some patients the caller has an own relation to, as
 * the write will find it. @throws Problem why nothing is written
 */
export type WriteGuard = (
  context: RequestContext,
  writes: readonly Write[],
  related: (patients: readonly string[]) => Promise<ReadonlySet<string>>,
) => Promise<void> | void;

/** The store, in which a guard sees every write, whether it comes alone or within a transaction. */
export const guardedWrites = (store: Store, guard: WriteGuard): Store => ({
  ...store,
  async write(context, writes) {
    await guard(context, writes, (patients) => store.related(context, patients));
    return store.write(context, writes);
  },
  transaction: (context, work) =>
    store.transaction(context, (transaction) =>
      work({
        ...transaction,
        async write(writes) {
          await guard(context, writes, (patients) => transaction.related(patients));
          return transaction.write(writes);
        },
      }),
    ),
});
