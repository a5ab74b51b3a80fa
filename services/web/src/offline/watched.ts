/** A value that others follow. */
export interface Watched<T> {
  readonly value: T;
  /** Called at every change until the function that it returns is called. */
  subscribe(follow: (value: T) => void): () => void;
}

export interface Settable<T> extends Watched<T> {
  set(value: T): void;
}

export function watched<T>(first: T): Settable<T> {
  let value = first;
  const followers = new Set<(value: T) => void>();
  return {
    get value() {
      return value;
    },
    set(next) {
      value = next;
      for (const follow of followers) follow(next);
    },
    subscribe(follow) {
      followers.add(follow);
      return () => void followers.delete(follow);
    },
  };
}
