import type { Page } from 'playwright-core';

/** What a page keeps in the browser. */
export interface Stored {
  localStorage: number;
  sessionStorage: number;
  /** Of IndexedDB; why it was emptied, and how much was lost then, is not counted. */
  records: number;
  /** The records with what was fetched. */
  cached: number;
  /** What lies in caches beside the app itself and the emergency numbers. */
  foreignCaches: string[];
}

export const stored = (page: Page): Promise<Stored> =>
  page.evaluate(async () => {
    const answer = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.addEventListener('success', () => resolve(asked.result));
        asked.addEventListener('error', () => reject(asked.error));
      });
    const found = { records: 0, cached: 0 };
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const values: unknown[] = await answer(database.transaction(store).objectStore(store).getAll());
        found.records += values.filter((value) => !(value as { lost?: object }).lost).length;
        if (store === 'cache') found.cached += values.length;
      }
      database.close();
    }
    const shell = /^\/(web\/|nurse\/(emergency-numbers\.json|manifest\.webmanifest)?$)/;
    const foreignCaches: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        if (!shell.test(new URL(url).pathname)) foreignCaches.push(url);
    return {
      localStorage: localStorage.length,
      sessionStorage: sessionStorage.length,
      ...found,
      foreignCaches,
    };
  });

/** What no client may do. */
export const storeInTheClear = (page: Page, text: string): Promise<void> =>
  page.evaluate(
    (value) =>
      new Promise<void>((resolve, reject) => {
        const asked = indexedDB.open('prov', 1);
        asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore('lista').put(value, 1));
        asked.addEventListener('success', () => resolve());
        asked.addEventListener('error', () => reject(asked.error));
      }),
    text,
  );

/** Puts zeros in the place of what lies in an area of the nurse's store. */
export const damage = (page: Page, area: string): Promise<void> =>
  page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const asked = indexedDB.open('naravard');
        asked.addEventListener('error', () => reject(asked.error));
        asked.addEventListener('success', () => {
          const write = asked.result.transaction(name, 'readwrite');
          const cursor = write.objectStore(name).openCursor();
          cursor.addEventListener('success', () => {
            cursor.result?.update(new Uint8Array(4124));
            cursor.result?.continue();
          });
          write.addEventListener('complete', () => {
            asked.result.close();
            resolve();
          });
        });
      }),
    area,
  );
