/**
 * Asks for the plan of the page that is being loaded, while the app itself is still on its way: a round trip less until whom to
 * call can be read. A script of its own, so that it runs first; it imports nothing.
 */
interface FirstPlan {
  readonly patient: string;
  readonly answer: Promise<Response>;
}

const timeoutMs = 10_000;

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

let first = ask();

/** The answer for this patient, once. */
export function takeFirstPlan(patient: string): Promise<Response> | undefined {
  const taken = first;
  first = null;
  return taken?.patient === patient ? taken.answer : undefined;
}

/** Nothing is asked for where the page does not say who is logged in. */
function ask(): FirstPlan | null {
  const patient = /^\/nurse\/patient\/([A-Za-z0-9-][A-Za-z0-9.-]{0,63})(\/|$)/.exec(location.pathname)?.[1];
  if (!patient || !document.getElementById('session')) return null;
  const path = planPath(patient, { since: sinceUnknown(Date.now()) });
  const answer = askApi(path, { signal: AbortSignal.timeout(timeoutMs) });
  // Whoever takes it is told; until then nobody listens.
  answer.catch(() => undefined);
  return { patient, answer };
}
