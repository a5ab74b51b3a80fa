import type { Send } from '../../services/web/src/offline/answers.ts';
import { Kept } from '../../services/web/src/offline/kept.ts';
import { Queue, type Write } from '../../services/web/src/offline/queue.ts';
import { Reads } from '../../services/web/src/offline/reads.ts';
import type { Area, Exclusive, Store } from '../../services/web/src/offline/store.ts';
import { Vault } from '../../services/web/src/offline/vault.ts';

type Disk = Map<Area, Map<string | number, unknown>>;

/** A disk that several starts of the app have one after the other. */
export const newDisk = (): Disk => new Map();

export function storeOn(disk: Disk): Store {
  const area = (name: Area) => {
    const records = disk.get(name) ?? new Map<string | number, unknown>();
    disk.set(name, records);
    return records;
  };
  return {
    get: async (name, key) => area(name).get(key),
    put: async (name, key, value) => void area(name).set(key, value),
    append: async (name, value) => {
      const key = Math.max(0, ...[...area(name).keys()].map(Number)) + 1;
      area(name).set(key, value);
      return key;
    },
    delete: async (name, key) => void area(name).delete(key),
    entries: async (name) => [...area(name)].sort(([a], [b]) => (a < b ? -1 : 1)),
    count: async (name) => area(name).size,
    clear: async (names) => {
      for (const name of names) area(name).clear();
    },
  };
}

/** One holder of each name at a time, as Web Locks give. */
export function locks(): Exclusive {
  const held = new Map<string, Promise<unknown>>();
  return async (name, wait, work) => {
    while (held.has(name)) {
      if (!wait) return undefined;
      await held.get(name)?.catch(() => {});
    }
    const run = work();
    held.set(name, run);
    return run.finally(() => held.delete(name));
  };
}

/** The app as it starts: nothing in memory, what the disk has. */
export function start(
  disk: Disk,
  clock: { now: number } = { now: Date.parse('2026-11-23T20:00:00Z') },
  exclusive: Exclusive = locks(),
) {
  const store = storeOn(disk);
  const vault = new Vault(store, exclusive, () => clock.now);
  const queue = new Queue(store, vault);
  const reads = new Reads(store, vault);
  return { store, exclusive, vault, kept: new Kept(store, vault), queue, reads, clock };
}

/** Everything on the disk as text, to look for words in. */
export function readable(value: unknown): string {
  if (value instanceof ArrayBuffer) return readable(new Uint8Array(value));
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value);
    return `${bytes.toString('latin1')}\n${bytes.toString('utf16le')}`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const inside = value instanceof Map ? [...value] : Object.entries(value);
  return inside.map(([key, each]) => `${key}\n${readable(each)}`).join('\n');
}

export const anna = { sub: 'TSTNMT2321000115-P302', name: 'Anna Testsson' };
export const code = { kind: 'pin', pin: '48151623' } as const;

export function visit(id: string, label = 'Hemsjukvårdsbesök'): Write {
  return {
    id,
    method: 'POST',
    path: 'Encounter',
    body: {
      resourceType: 'Encounter',
      identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }],
    },
    about: 'astrid-testberg',
    label,
    at: '2026-11-23T20:10:00Z',
  };
}

/** As the service: what has come, by identifier, and what it answers. */
export function service(answer: (path: string, time: number) => number = () => 201) {
  const created = new Set<string>();
  const asked: string[] = [];
  const send: Send = async ({ path, headers }) => {
    asked.push(headers['if-none-exist'] ?? path);
    const status = answer(path, asked.length);
    if (status === 0) throw new TypeError('Failed to fetch');
    if (status >= 400) throw Object.assign(new Error(), { status, text: `Nej, ${status}.` });
    created.add(headers['if-none-exist'] ?? path);
    return {};
  };
  return { send, created, asked };
}
