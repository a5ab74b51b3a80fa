import { isDirectory } from '@naravard/access';
import {
  assemble,
  createRedactor,
  type Definitions,
  hideReferences,
  protectedIdentityLabel,
  type Redactor,
  referencesOf,
  storedText,
} from '@naravard/fhir';
import type { RequestContext, Store, Stored, Transaction } from '@naravard/store';

/**
 * The store, in which what leaves is cut to what the caller is shown: protected identity is masked or warned of (OSL
 * 2009:400 22 kap 1 §), and what refers to blocked information does not tell of it (PDL 2008:355 4 kap 4 §, SVOD 2022:913
 * 2 kap 3 §). Few rows are: the others pass as they lie. `Transaction.current` is whole, since it is what is changed.
 */
export function redactedStore(store: Store, definitions: Definitions, base: string): Store {
  const shown = cutTo(store, createRedactor(definitions), base);

  const one = async (context: RequestContext, row: Stored | undefined): Promise<Stored | undefined> =>
    row && (await shown(context, [row]))[0];

  const reading = (
    context: RequestContext,
    { read, search }: Pick<Transaction, 'read' | 'search'>,
  ): Pick<Transaction, 'read' | 'search'> => ({
    read: async (type, id) => one(context, await read(type, id)),
    async search(query) {
      const page = await search(query);
      const rows = await shown(context, [...page.resources, ...page.included]);
      const { length } = page.resources;
      return { ...page, resources: rows.slice(0, length), included: rows.slice(length) };
    },
  });

  return {
    ...store,
    read: async (context, type, id) => one(context, await store.read(context, type, id)),
    readVersion: async (context, ...key) => one(context, await store.readVersion(context, ...key)),
    search: (context, query) =>
      reading(context, {
        read: (type, id) => store.read(context, type, id),
        search: (asked) => store.search(context, asked),
      }).search(query),
    async history(context, query) {
      const page = await store.history(context, query);
      return page && { ...page, resources: await shown(context, page.resources) };
    },
    transaction: (context, work) =>
      store.transaction(context, (transaction) => work({ ...transaction, ...reading(context, transaction) })),
  };
}

/**
 * Cuts rows to what their caller is shown. Those with references to what may be hidden need one more look at the store;
 * those of a person who reads the own record always do.
 */
function cutTo(store: Store, redact: Redactor, base: string) {
  const masked = (row: Stored): Stored =>
    row.mask === 'none' || row.deleted
      ? row
      : withText(row, redact(textOf(row), { mask: row.mask, labels: [protectedIdentityLabel] }));
  return async (context: RequestContext, rows: readonly Stored[]): Promise<Stored[]> => {
    const cut = rows.map(masked);
    const doubtful = new Set(cut.filter((row) => !row.deleted && (row.blocked || isOwnAccess(context))));
    if (!doubtful.size) return cut;
    const referred = new Map(
      [...doubtful].flatMap((row) => referencesOf(textOf(row), base)).map((each) => [keyOf(each), each]),
    );
    const asked = [...referred.values()].filter(({ type }) => type !== 'Patient' && !isDirectory(type));
    const visible = await store.visible(context, asked);
    const hidden = new Set(asked.map(keyOf).filter((key) => !visible.has(key)));
    return hidden.size ? cut.map((row) => (doubtful.has(row) ? withoutHidden(row, hidden, base) : row)) : cut;
  };
}

const keyOf = ({ type, id }: { type: string; id: string }): string => `${type}/${id}`;

function withoutHidden(row: Stored, hidden: ReadonlySet<string>, base: string): Stored {
  const before = textOf(row);
  const after = hideReferences(before, (type, id) => hidden.has(keyOf({ type, id })), base);
  return after === before ? row : withText(row, after);
}

/** A spärr hides nothing from the person; what is labelled or kept otherwise is. */
const isOwnAccess = ({ actor }: RequestContext): boolean =>
  actor.kind === 'patient' || actor.kind === 'guardian';

const textOf = ({ type, id, version, lastUpdated, meta, body }: Stored): string =>
  assemble(type, id, version, lastUpdated, meta, body ?? '}');

function withText(row: Stored, text: string): Stored {
  const { meta, body } = storedText(text);
  return { ...row, meta, body };
}
