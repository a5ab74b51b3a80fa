import { type IDBPDatabase, openDB } from 'idb';
import type { Area, Store } from './store.ts';

const areas: readonly Area[] = ['meta', 'cache', 'heads', 'queue', 'reads'];

/** IndexedDB; nothing is opened before it is asked for. */
export function idbStore(name = 'naravard'): Store {
  let opened: Promise<IDBPDatabase> | undefined;
  const forget = () => {
    opened = undefined;
  };
  const open = (): Promise<IDBPDatabase> => {
    opened ??= openDB(name, 1, {
      upgrade: (db) => {
        for (const area of areas) db.createObjectStore(area, { autoIncrement: true });
      },
      blocking: (_from, _to, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    }).catch((cause: unknown) => {
      forget();
      throw cause;
    });
    return opened;
  };

  return {
    get: async (area, key) => (await open()).get(area, key),
    put: async (area, key, value) => {
      await (await open()).put(area, value, key);
    },
    append: async (area, value) => {
      // Strict: what a nurse has written outlives a battery that is taken out.
      const write = (await open()).transaction(area, 'readwrite', { durability: 'strict' });
      const [key] = await Promise.all([write.store.add(value), write.done]);
      return key as number;
    },
    delete: async (area, key) => (await open()).delete(area, key),
    entries: async (area) => {
      const { store } = (await open()).transaction(area);
      const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return keys.map((key, index) => [key as string | number, values[index]]);
    },
    count: async (area) => (await open()).count(area),
    clear: async (cleared) => {
      const write = (await open()).transaction(cleared, 'readwrite', { durability: 'strict' });
      await Promise.all([...cleared.map((area) => write.objectStore(area).clear()), write.done]);
    },
  };
}
