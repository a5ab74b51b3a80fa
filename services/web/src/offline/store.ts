/** What a record is for: `meta` is readable, all else is sealed. Of `queue` and `reads` the number of records can be counted. */
export type Area = 'meta' | 'cache' | 'heads' | 'queue' | 'reads';

/** Where the vault lies. Few methods, so that the rules above it are tried without a browser. */
export interface Store {
  get(area: Area, key: string): Promise<unknown>;
  put(area: Area, key: string | number, value: unknown): Promise<void>;
  /** Adds behind all others; the key grows. Safe on disk when it resolves. */
  append(area: 'queue' | 'reads', value: unknown): Promise<number>;
  delete(area: Area, key: string | number): Promise<void>;
  /** In order of keys. */
  entries(area: Area): Promise<[key: string | number, value: unknown][]>;
  count(area: Area): Promise<number>;
  clear(areas: readonly Area[]): Promise<void>;
}

/** Runs one at a time of a name, over all tabs; undefined without running where another runs already and `wait` is false. */
export type Exclusive = <T>(name: string, wait: boolean, work: () => Promise<T>) => Promise<T | undefined>;
