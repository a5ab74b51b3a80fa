/**
 * `closed`: the vault has been locked, deleted or replaced. `queue`: what waits has changed. `session`: who was found to be logged
 * in; null when whoever was here has left.
 */
export type TabNews =
  | { readonly kind: 'closed' | 'queue' }
  | { readonly kind: 'session'; readonly sub: string | null };

export interface Tabs {
  tell(news: TabNews): void;
  /** Until the function that it returns is called. */
  follow(heard: (news: TabNews) => void): () => void;
}

/** The other tabs of this app. */
export function tabs(): Tabs {
  const channel = new BroadcastChannel('naravard-vault');
  return {
    // oxlint-disable-next-line require-post-message-target-origin -- a channel has one origin
    tell: (news) => channel.postMessage(news),
    follow: (heard) => {
      const listener = ({ data }: MessageEvent<TabNews>) => heard(data);
      channel.addEventListener('message', listener);
      return () => channel.removeEventListener('message', listener);
    },
  };
}
