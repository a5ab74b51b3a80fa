import { organisationScope, rightsWithin } from '@naravard/access';
import type { RequestContext, Store } from '@naravard/store';

/** The store with every call's Scope narrowed to what SE0000000001-A has written; whatever the access decision says. */
export function narrowed(store: Store): Store {
  const narrow = (context: RequestContext) => {
    const scope = organisationScope('vg:SE0000000001-A');
    return { ...context, ...rightsWithin(scope, context.at) };
  };
  return {
    ...store,
    read: (context, ...rest) => store.read(narrow(context), ...rest),
    readVersion: (context, ...rest) => store.readVersion(narrow(context), ...rest),
    search: (context, query) => store.search(narrow(context), query),
    explain: (context, query) => store.explain(narrow(context), query),
    history: (context, query) => store.history(narrow(context), query),
    write: (context, writes) => store.write(narrow(context), writes),
    transaction: (context, work) => store.transaction(narrow(context), work),
  };
}
