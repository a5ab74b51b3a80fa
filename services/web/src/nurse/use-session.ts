import { useCallback, useEffect, useState } from 'preact/hooks';
import { type Heeded, heedSession, vault } from '../offline/index.ts';
import { sessionLost } from './data/api.ts';
import { readSession, type SessionUser } from './data/session.ts';

export type Who =
  | { readonly kind: 'loading' }
  /** `reached` is false when nothing answers; the user is known until then (milliseconds), or as long as the vault is open. */
  | { readonly kind: 'user'; readonly user: SessionUser; readonly reached: boolean; readonly until: number }
  | { readonly kind: 'nobody'; readonly reason: 'none' | 'expired' | 'revoked' }
  /** Nothing answers, and nothing on the telephone is open. */
  | { readonly kind: 'unreachable' }
  /** Another user's unsent work lies on the telephone; whoever holds it decides. */
  | { readonly kind: 'colleagues-work'; readonly user: SessionUser };

/** How often a telephone that lies open learns that its session was ended elsewhere. */
const everyMs = 60_000;

/** Who uses the client: asked at the start, when the page is looked at again and when the network comes back. */
export function useSession(): readonly [who: Who, again: () => Promise<void>] {
  const [who, setWho] = useState<Who>({ kind: 'loading' });
  const again = useCallback(async () => {
    const found = await whoIsThere();
    setWho((before) => (found.kind === 'unreachable' ? stillThere(before) : found));
  }, []);
  useEffect(() => {
    const look = () => void (document.visibilityState === 'visible' && again());
    look();
    const timer = setInterval(look, everyMs);
    const events = [sessionLost, 'online'];
    for (const each of events) addEventListener(each, look);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      for (const each of events) removeEventListener(each, look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [again]);
  return [who, again];
}

/** What is being read stays when the network goes, for as long as the session holds. */
const stillThere = (before: Who): Who =>
  before.kind === 'user' && Date.now() < before.until
    ? { ...before, reached: false }
    : { kind: 'unreachable' };

async function whoIsThere(): Promise<Who> {
  const session = await readSession();
  if (session.kind === 'unreachable') {
    const user = await vault.user<SessionUser>().catch(() => null);
    return user ? { kind: 'user', user, reached: false, until: 0 } : { kind: 'unreachable' };
  }
  const answer = session.kind === 'user' ? { user: session.user } : { reason: session.reason };
  // A telephone whose store cannot be opened is used online.
  const heeded = await heedSession(answer).catch((): Heeded => 'kept');
  if (session.kind === 'nobody') return session;
  return heeded === 'colleagues-work'
    ? { kind: 'colleagues-work', user: session.user }
    : { kind: 'user', user: session.user, reached: true, until: Date.parse(session.expires) };
}
