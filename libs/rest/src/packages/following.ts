/** An object of functions and values that is always what `current` gives: it may be kept while that changes. */
export const following = <T extends object>(current: () => T): T =>
  new Proxy<T>({} as T, { get: (_target, name) => Reflect.get(current(), name) });
