import { askSession, leftKey, takeFirstSession } from './first-asked.ts';

/** Who is logged in, as `/nurse/session` tells it; the token stays with the server part. */
export interface SessionUser {
  readonly sub: string;
  readonly name: string;
  readonly title: string | null;
  readonly employeeHsaId: string;
  readonly unitHsaId: string;
  /** Name of the unit. */
  readonly unit: string | null;
  readonly organisation: { readonly hsaId: string; readonly as: 'vardgivare' | 'omsorgsgivare' };
}

interface Told {
  readonly user: SessionUser;
  readonly expires: string;
}

export type Session =
  | ({ readonly kind: 'user' } & Told)
  | { readonly kind: 'nobody'; readonly reason: 'none' | 'expired' | 'revoked' }
  /** Somebody else than before, who may have logged in in another tab: nothing that is shown or kept in mind is theirs. */
  | { readonly kind: 'another' }
  /** Nothing answered: whether somebody is logged in is not known. */
  | { readonly kind: 'unreachable' };

const timeoutMs = 5000;

let last: Told | null = null;

/** Who was logged in when it was last told. */
export const lastUser = (): SessionUser | null => last?.user ?? null;

export async function readSession(): Promise<Session> {
  const session = await currentSession();
  if (session.kind !== 'user') return session;
  if (last && last.user.sub !== session.user.sub) return { kind: 'another' };
  last = session;
  return session;
}

async function currentSession(): Promise<Session> {
  const told = sessionOfPage();
  const asked = takeFirstSession();
  const left = sessionLeft();
  const session: Session = told ? { kind: 'user', ...told } : await answered(asked ?? askSession());
  if (!left || session.kind === 'unreachable') return session;
  if (session.kind === 'user' && [session.expires, null].includes(left.expires))
    return (await ended(left.where)) ? { kind: 'nobody', reason: 'none' } : { kind: 'unreachable' };
  // It has ended, and who is here has logged in since.
  localStorage.removeItem(leftKey);
  return session;
}

async function answered(asked: Promise<Response>): Promise<Session> {
  try {
    const response = await asked;
    const answer = (await response.json()) as Told & { reason?: never };
    if (response.ok) return { kind: 'user', user: answer.user, expires: answer.expires };
    if (response.status === 401) return { kind: 'nobody', reason: answer.reason ?? 'none' };
  } catch {}
  return { kind: 'unreachable' };
}

/** What the page said when it came over the network, once: it is true then, and asked for afterwards. */
function sessionOfPage(): Told | null {
  const said = document.getElementById('session');
  said?.remove();
  return said ? (JSON.parse(said.textContent) as Told) : null;
}

type Where = 'here' | 'everywhere';

/** A session that was left while nothing answered: it is ended before anybody is shown anything again. */
interface Left {
  readonly where: Where;
  /** When it ends, which tells it from one that is begun later; null where that had not been told. */
  readonly expires: string | null;
}

function sessionLeft(): Left | null {
  const kept = localStorage.getItem(leftKey);
  return kept === null ? null : leftIn(kept);
}

/** What an earlier version wrote, or what is damaged, says no more than that somebody has left. */
function leftIn(kept: string): Left {
  const left: Left = { where: 'here', expires: null };
  try {
    const { where, expires } = JSON.parse(kept) as Record<keyof Left, unknown>;
    return {
      where: where === 'everywhere' ? where : left.where,
      expires: typeof expires === 'string' ? expires : left.expires,
    };
  } catch {
    return left;
  }
}

/** Ends the session here, or those of the same person everywhere; later, where the service is not reached. */
export async function endSession(where: Where): Promise<void> {
  const left: Left = { where, expires: last?.expires ?? null };
  localStorage.setItem(leftKey, JSON.stringify(left));
  await ended(where);
}

/** False when the service was not reached. */
async function ended(where: Where): Promise<boolean> {
  try {
    const path = where === 'here' ? '/nurse/logout' : '/nurse/logout-everywhere';
    const response = await fetch(path, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-naravard': '1' },
      credentials: 'same-origin',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok && response.type !== 'opaqueredirect' && response.status !== 401) return false;
    localStorage.removeItem(leftKey);
    return true;
  } catch {
    return false;
  }
}

export interface EmergencyNumber {
  readonly name: string;
  readonly number: string;
  /** `Dygnet runt`. */
  readonly hours: string | null;
}

/** They hold no patient data, and the service worker keeps the last answer. */
export async function emergencyNumbers(): Promise<readonly EmergencyNumber[]> {
  try {
    const response = await fetch('/nurse/emergency-numbers.json', { signal: AbortSignal.timeout(timeoutMs) });
    const answer: unknown = await response.json();
    const numbers = Array.isArray(answer) ? answer : (answer as { numbers?: unknown } | null)?.numbers;
    if (response.ok && Array.isArray(numbers) && numbers.length > 0) return numbers;
  } catch {}
  return known;
}

/** They are the same everywhere in Sweden. */
const known: readonly EmergencyNumber[] = [
  { name: 'Larm', number: '112', hours: 'Dygnet runt' },
  { name: '1177', number: '1177', hours: 'Dygnet runt' },
];
