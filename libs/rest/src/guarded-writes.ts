import type { Query } from '@naravard/search';
import type { RequestContext, SearchPage, Store, Stored, Transaction, Write } from '@naravard/store';

/** What a guard may ask, as the write will find it. */
export interface AskedByGuard extends Pick<Transaction, 'facts' | 'keepers'> {
  /** Which of some patients the caller has an own relation to. */
  related(patients: readonly string[]): Promise<ReadonlySet<string>>;
  /** What the caller sees at these keys, in their order, before the writes; audited as reads. */
  readAll(keys: readonly Key[]): Promise<readonly (Stored | undefined)[]>;
  /** What the caller finds before the writes; audited as a search. */
  search(query: Query): Promise<SearchPage>;
}

interface Key {
  readonly type: string;
  readonly id: string;
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
    const reading = { ...context, interaction: 'read' };
    const readAll = (keys: readonly Key[]) =>
      Promise.all(keys.map(({ type, id }) => store.read(reading, type, id)));
    const search = (query: Query) => {
      const scope = context.searchable();
      return store.search({ ...context, scope, interaction: 'search-type', query: query.self }, query);
    };
    await guard(context, writes, { facts: store.facts, keepers, related, readAll, search });
    return store.write(context, writes);
  },
  transaction: (context, work) =>
    store.transaction(context, (transaction) =>
      work({
        ...transaction,
        async write(writes) {
          const readAll = (keys: readonly Key[]) =>
            Promise.all(keys.map(({ type, id }) => transaction.read(type, id)));
          await guard(context, writes, { ...transaction, readAll });
          return transaction.write(writes);
        },
      }),
    ),
});
