/**
 * Asks for what the page that is being loaded needs first, who is logged in and the patient's plan, while the app itself is still
 * on its way: a round trip less until whom to call can be read. A script of its own, so that it runs first; it imports nothing.
 */
interface FirstAsked {
  readonly session: Promise<Response> | null;
  readonly plan: { readonly patient: string; readonly answer: Promise<Response> } | null;
}

const timeoutMs = 10_000;
const sessionTimeoutMs = 5000;

/** What is shown as changed when it is not known when this user last looked. */
const changesMs = 7 * 24 * 3_600_000;

export const sinceUnknown = (now: number): string => new Date(now - changesMs).toISOString();

export const planPath = (patient: string, options: { since?: string; offline?: boolean } = {}): string => {
  const query = new URLSearchParams({ _format: 'compact', week: 'true' });
  if (options.since) query.set('since', options.since);
  if (options.offline) query.set('offline', 'true');
  return `Patient/${patient}/$samordnad-plan?${query}`;
};

/** What a script of the own origin asks the API with, through the server part that holds the token. */
export const askApi = (
  path: string,
  init: RequestInit & { readonly signal: AbortSignal },
): Promise<Response> =>
  fetch(`/nurse/api/${path.replace(/^\//, '')}`, {
    ...init,
    headers: { accept: 'application/fhir+json, application/json', 'x-naravard': '1', ...init.headers },
    cache: 'no-store',
    credentials: 'same-origin',
  });

export const askSession = (): Promise<Response> =>
  fetch('/nurse/session', {
    headers: { accept: 'application/json', 'x-naravard': '1' },
    cache: 'no-store',
    credentials: 'same-origin',
    signal: AbortSignal.timeout(sessionTimeoutMs),
  });

/** Set when the user left while nothing answered: the session is ended before anybody is shown anything again. */
export const leftKey = 'nv-left';

let { session, plan } = ask();

/** What `/nurse/session` answers, once; undefined when it has not been asked, because the page says it. */
export function takeFirstSession(): Promise<Response> | undefined {
  const taken = session;
  session = null;
  return taken ?? undefined;
}

/** The answer for this patient, once, and not when the page has been open for longer than it may take. */
export function takeFirstPlan(patient: string): Promise<Response> | undefined {
  const taken = plan;
  plan = null;
  return taken?.patient === patient && performance.now() < timeoutMs ? taken.answer : undefined;
}

/**
 * A page over the network says who is logged in, and nothing is asked for where nobody is. One that the service worker has kept
 * does not know.
 */
function ask(): FirstAsked {
  const isTold = document.getElementById('session') !== null;
  const isKept = !isTold && Boolean(navigator.serviceWorker?.controller);
  if (!(isTold || isKept) || localStorage.getItem(leftKey)) return { session: null, plan: null };
  return { session: isKept ? unheard(askSession()) : null, plan: askPlan() };
}

function askPlan(): FirstAsked['plan'] {
  const patient = /^\/nurse\/patient\/([A-Za-z0-9-][A-Za-z0-9.-]{0,63})(\/|$)/.exec(location.pathname)?.[1];
  if (!patient) return null;
  const path = planPath(patient, { since: sinceUnknown(Date.now()) });
  return { patient, answer: unheard(askApi(path, { signal: AbortSignal.timeout(timeoutMs) })) };
}

/** Whoever takes it is told of a failure; until then nobody listens. */
function unheard<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined);
  return answer;
}
