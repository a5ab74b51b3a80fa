import type { Actor } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Store } from '@naravard/store';

/**
 * What may be searched by is decided by administrators: a parameter costs every write of its type.
 * @throws Problem 'forbidden'
 */
export function checkAdministrator(actor: Actor, type: string): void {
  if (type === 'SearchParameter' && actor.kind !== 'administrator') {
    throw new Problem('forbidden', 'Only an administrator may change search parameters.');
  }
}

/** The store, in which SearchParameter resources are written by administrators only, whichever way they come. */
export function administered(store: Store): Store {
  return {
    ...store,
    async write(context, writes) {
      for (const { type } of writes) checkAdministrator(context.actor, type);
      return store.write(context, writes);
    },
    transaction: (context, work) =>
      store.transaction(context, (transaction) =>
        work({
          ...transaction,
          async write(writes) {
            for (const { type } of writes) checkAdministrator(context.actor, type);
            return transaction.write(writes);
          },
        }),
      ),
  };
}
