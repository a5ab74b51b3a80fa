import { randomBytes } from 'node:crypto';
import type { ClientName } from './options.ts';
import type { User } from './user.ts';

const minute = 60_000;
/** Nobody works longer than that at a stretch. */
const longest = 12 * 60 * minute;
/** A patient may have left the room; a nurse's session ends with the token. */
const idlePatient = 60 * minute;
/** How long it is remembered why a session ended, so that a device that was away is told. */
const remembered = 24 * 60 * minute;
/** Past it, the one that was idle longest ends. */
const most = 20_000;

export interface Session {
  readonly client: ClientName;
  readonly user: User;
  /** Access token of the API; never leaves the process. */
  readonly token: string;
  /** When it ends at the latest, as milliseconds since 1970. */
  readonly ends: number;
}

/** Whole seconds until the session of somebody who does nothing more has ended. */
export const secondsLeft = ({ client, ends }: Session, now: number): number =>
  Math.floor(((client === 'patient' ? Math.min(ends, now + idlePatient) : ends) - now) / 1000);

/** Why a cookie opens nothing: it never did (or the process has been restarted), it is too old, or it was taken back. */
export type Closed = 'none' | 'expired' | 'revoked';

interface Kept {
  readonly session: Session;
  seen: number;
}

/**
 * Who is logged in, in the memory of this process: a restart means a new login, and several processes need a proxy that
 * sends a browser to the same one. A session is found by a random id of 256 bits that only its browser has.
 */
export interface Sessions {
  /** Gives the new id. The token is good for `seconds`. */
  open(session: Omit<Session, 'ends'>, seconds: number): string;
  find(id: string | undefined, client: ClientName): Session | Closed;
  close(id: string): void;
  /** Ends all sessions of the same person, of both clients. */
  revoke(sub: string): void;
}

export function createSessions(clock: () => number): Sessions {
  // In the order of last use: the first is the one that was idle longest.
  const kept = new Map<string, Kept>();
  const ended = new Map<string, { reason: Closed; until: number }>();

  const end = (id: string, reason: Closed): void => {
    kept.delete(id);
    ended.set(id, { reason, until: clock() + remembered });
  };
  const isOver = ({ session, seen }: Kept): boolean =>
    clock() >= session.ends || (session.client === 'patient' && clock() >= seen + idlePatient);
  let swept = clock();
  const sweep = (): void => {
    if (clock() < swept + minute) return;
    swept = clock();
    for (const [id, each] of kept) if (isOver(each)) end(id, 'expired');
    for (const [id, { until }] of ended) if (clock() >= until) ended.delete(id);
  };
  /** Whoever has been there longest leaves where there are too many. */
  const makeRoom = (): void => {
    const [[oldest] = []] = kept;
    if (kept.size >= most && oldest !== undefined) end(oldest, 'expired');
    const [[forgotten] = []] = ended;
    if (ended.size > most && forgotten !== undefined) ended.delete(forgotten);
  };

  return {
    open(session, seconds) {
      sweep();
      makeRoom();
      const id = randomBytes(32).toString('base64url');
      const ends = clock() + Math.min(longest, seconds * 1000);
      kept.set(id, { session: { ...session, ends }, seen: clock() });
      return id;
    },
    find(id, client) {
      if (id === undefined) return 'none';
      const found = kept.get(id);
      if (!found) return ended.get(id)?.reason ?? 'none';
      if (found.session.client !== client) return 'none';
      if (isOver(found)) {
        end(id, 'expired');
        return 'expired';
      }
      kept.delete(id);
      kept.set(id, { ...found, seen: clock() });
      return found.session;
    },
    close: (id) => void kept.delete(id),
    revoke(sub) {
      for (const [id, { session }] of kept) if (session.user.sub === sub) end(id, 'revoked');
    },
  };
}
