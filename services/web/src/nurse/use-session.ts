import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Heeded, heedSession, onOtherSession, vault, vaultIsOver } from '../offline/index.ts';
import { sessionLost } from './data/api.ts';
import { readSession, type SessionUser } from './data/session.ts';
import { refreshAll } from './hooks.ts';

export type Who =
  | { readonly kind: 'loading' }
  /** `reached` is false when nothing answers; the user is known until then (milliseconds), or as long as the vault is open. */
  | { readonly kind: 'user'; readonly user: SessionUser; readonly reached: boolean; readonly until: number }
  | { readonly kind: 'nobody'; readonly reason: 'none' | 'expired' | 'revoked' }
  /** Nothing answers, and nothing on the telephone is open; `isOver` when what was fetched may not be shown any more. */
  | { readonly kind: 'unreachable'; readonly isOver: boolean }
  /** Another user's unsent work lies on the telephone; whoever holds it decides. */
  | { readonly kind: 'colleagues-work'; readonly user: SessionUser };

export interface Here {
  readonly who: Who;
  /** Whose page there is: also when their session has ended, so that they find it as it was. */
  readonly page: SessionUser | null;
}

/** How often a telephone that lies open learns that its session was ended elsewhere. */
const everyMs = 60_000;

/** Who uses the client: asked at the start, when the page is looked at again and when the network comes back. */
export function useSession(): Here & {
  readonly again: () => Promise<void>;
  /** Shows nothing of whoever was here. */
  readonly empty: () => void;
} {
  const [here, setHere] = useState<Here>({ who: { kind: 'loading' }, page: null });
  const shown = useRef(here);
  const asked = useRef(0);
  const show = useCallback((now: Here) => {
    shown.current = now;
    setHere(now);
  }, []);
  // Before the page is left, which whoever holds the telephone may refuse.
  const empty = useCallback(() => {
    asked.current += 1;
    show({ who: { kind: 'loading' }, page: null });
  }, [show]);
  const beginAnew = useCallback(() => {
    empty();
    location.reload();
  }, [empty]);
  const again = useCallback(async () => {
    asked.current += 1;
    const round = asked.current;
    const found = await whoIsThere();
    if (round !== asked.current) return;
    if (found.kind === 'another') return beginAnew();
    const before = shown.current;
    const who = stillThere(found, before.who);
    show({ who, page: pageUnder(who, before.page) });
    if (before.page && before.who.kind !== 'user' && who.kind === 'user') refreshAll();
  }, [show, beginAnew]);
  useEffect(() => {
    const look = () => void (document.visibilityState === 'visible' && again());
    look();
    const timer = setInterval(look, everyMs);
    // A login in another window is seen when one comes back from it.
    const events = [sessionLost, 'online', 'focus'];
    for (const each of events) addEventListener(each, look);
    document.addEventListener('visibilitychange', look);
    // Nothing of who was here before is left in another tab.
    const leave = onOtherSession((sub) => {
      const { page } = shown.current;
      if (page && page.sub !== sub) beginAnew();
    });
    return () => {
      clearInterval(timer);
      for (const each of events) removeEventListener(each, look);
      document.removeEventListener('visibilitychange', look);
      leave();
    };
  }, [again, beginAnew]);
  return { ...here, again, empty };
}

/** What is being read stays when the network goes, for as long as the session holds. */
const stillThere = (found: Who, before: Who): Who =>
  found.kind === 'unreachable' && before.kind === 'user' && Date.now() < before.until
    ? { ...before, reached: false }
    : found;

function pageUnder(who: Who, before: SessionUser | null): SessionUser | null {
  switch (who.kind) {
    case 'user':
      return who.user;
    case 'unreachable':
      return who.isOver ? null : before;
    case 'nobody':
      return who.reason === 'revoked' ? null : before;
    case 'loading':
    case 'colleagues-work':
      return null;
    default:
      return who satisfies never;
  }
}

async function whoIsThere(): Promise<Who | { readonly kind: 'another' }> {
  const session = await readSession();
  if (session.kind === 'another') return session;
  if (session.kind === 'unreachable') {
    const user = await vault.user<SessionUser>().catch(() => null);
    if (user) return { kind: 'user', user, reached: false, until: 0 };
    return { kind: 'unreachable', isOver: await vaultIsOver().catch(() => false) };
  }
  const answer = session.kind === 'user' ? { user: session.user } : { reason: session.reason };
  // A telephone whose store cannot be opened is used online.
  const heeded = await heedSession(answer).catch((): Heeded => 'kept');
  if (session.kind === 'nobody') return session;
  return heeded === 'colleagues-work'
    ? { kind: 'colleagues-work', user: session.user }
    : { kind: 'user', user: session.user, reached: true, until: Date.parse(session.expires) };
}
