import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** Entries of one kind; the oldest leaves first. */
const MOST = 10_000;

interface Kept {
  payload: AdapterPayload;
  /** Epoch milliseconds. */
  expires: number;
}

/** What the login remembers - sessions, codes, grants - in the memory of the one process that a sandbox is. */
export function oidcMemory(): AdapterFactory {
  const kinds = new Map<string, Map<string, Kept>>();
  return (kind) => {
    const kept = new Map<string, Kept>();
    kinds.set(kind, kept);
    return adapterOver(kept, kinds);
  };
}

function adapterOver(kept: Map<string, Kept>, kinds: ReadonlyMap<string, Map<string, Kept>>): Adapter {
  const find = (id: string): AdapterPayload | undefined => {
    const found = kept.get(id);
    return found && found.expires > Date.now() ? found.payload : undefined;
  };
  const findBy = (name: 'uid' | 'userCode', value: string): AdapterPayload | undefined =>
    [...kept.values()].find(({ payload, expires }) => payload[name] === value && expires > Date.now())
      ?.payload;
  return {
    async upsert(id, payload, expiresIn = 3600) {
      kept.delete(id);
      kept.set(id, { payload, expires: Date.now() + expiresIn * 1000 });
      const oldest = kept.keys().next();
      if (kept.size > MOST && !oldest.done) kept.delete(oldest.value);
    },
    find: async (id) => find(id),
    findByUid: async (uid) => findBy('uid', uid),
    findByUserCode: async (code) => findBy('userCode', code),
    async consume(id) {
      const payload = find(id);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      kept.delete(id);
    },
    async revokeByGrantId(grantId) {
      for (const others of kinds.values()) {
        for (const [id, { payload }] of others) if (payload.grantId === grantId) others.delete(id);
      }
    },
  };
}
