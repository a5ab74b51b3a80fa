import type { Definitions } from '@naravard/fhir';
import type { ProtectedStaff, RequestContext, Store, Stored, Transaction } from '@naravard/store';
import { isStaff, knownStaff } from './protected-staff.ts';
import { createShownRows, type ShownRows } from './shown-rows.ts';

/**
 * The store, in which what leaves is cut to what the caller is shown: protected identity is masked or warned of (OSL
 * 2009:400 22 kap 1 §), and what refers to blocked information does not tell of it (PDL 2008:355 4 kap 4 §, SVOD 2022:913
 * 2 kap 3 §). Few rows are: the others pass as they lie. `Transaction.current` is whole, since it is what is changed.
 */
export function redactedStore(store: Store, definitions: Definitions, base: string): Store {
  const shown = createShownRows(definitions, base);
  const staff = knownStaff(store);
  const visibleTo = (context: RequestContext) => (keys: Parameters<Transaction['visible']>[0]) =>
    store.visible(context, keys);
  const asking = (context: RequestContext) => cutting(shown, context, staff.current, visibleTo(context));
  return {
    ...store,
    read: (context, type, id) => asking(context).one(store.read(context, type, id)),
    readVersion: (context, ...key) => asking(context).one(store.readVersion(context, ...key)),
    search: (context, query) => asking(context).page(store.search(context, query)),
    async history(context, query) {
      const [page, nameless] = await Promise.all([store.history(context, query), staff.current()]);
      const by = { staff: nameless, visible: visibleTo(context) };
      return page && { ...page, resources: await shown(context, page.resources, by) };
    },
    async write(context, writes) {
      const written = await store.write(context, writes);
      if (writes.some(isStaff)) staff.forget();
      return written;
    },
    async transaction(context, work) {
      // Before it has a connection: all that it reads within is cut by this, and waits for no other one.
      const nameless = await staff.current();
      let writesStaff = false;
      const done = await store.transaction(context, (transaction) => {
        const { one, page } = cutting(shown, context, async () => nameless, transaction.visible);
        return work({
          ...transaction,
          read: (type, id) => one(transaction.read(type, id)),
          search: (query) => page(transaction.search(query)),
          write(writes) {
            writesStaff ||= writes.some(isStaff);
            return transaction.write(writes);
          },
        });
      });
      if (writesStaff) staff.forget();
      return done;
    },
  };
}

/** Cuts what a call gives; who of the staff is not named is asked beside it. */
function cutting(
  shown: ShownRows,
  context: RequestContext,
  staff: () => Promise<ProtectedStaff>,
  visible: Transaction['visible'],
) {
  return {
    async one(asked: ReturnType<Transaction['read']>): Promise<Stored | undefined> {
      const [row, nameless] = await Promise.all([asked, staff()]);
      return row && (await shown(context, [row], { staff: nameless, visible }))[0];
    },
    async page(asked: ReturnType<Transaction['search']>): ReturnType<Transaction['search']> {
      const [page, nameless] = await Promise.all([asked, staff()]);
      const by = { staff: nameless, visible, referred: page.referred };
      const rows = await shown(context, [...page.resources, ...page.included], by);
      const { length } = page.resources;
      return { ...page, resources: rows.slice(0, length), included: rows.slice(length) };
    },
  };
}
