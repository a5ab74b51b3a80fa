import { ApiProblem } from '../../api/problem.ts';
import type { ApiRequest } from '../contract.ts';
import type { PersonsView } from '../view.ts';

/** The body that the API answered. @throws ApiProblem when it refused */
export async function ask(
  { request }: PersonsView,
  path: string,
  accept = 'application/fhir+json',
  init: ApiRequest = {},
): Promise<unknown> {
  const answer = await request.api(path, { ...init, headers: { accept, ...init.headers } });
  const text = await answer.text();
  const body: unknown = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  if (answer.ok) return body;
  throw new ApiProblem(answer.status, body);
}

/** The operation of the person's own Patient. */
export const ofPatient = ({ user }: PersonsView, rest = ''): string =>
  `Patient/${encodeURIComponent(user.patient)}${rest}`;

/** A parameter of an operation: `{ name: 'answer', valueCode: 'ja' }`. */
export type Parameter = Readonly<Record<string, unknown>> & { readonly name: string };

/** Calls an operation of the person's Patient with Parameters. @throws ApiProblem */
export const call = (
  view: PersonsView,
  operation: string,
  parameter: readonly Parameter[],
): Promise<unknown> =>
  ask(view, ofPatient(view, `/${operation}`), 'application/fhir+json', {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Parameters', parameter }),
  });
