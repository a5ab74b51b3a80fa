import { ApiProblem } from '../api/problem.ts';
import type { PatientAnswer, PatientClient, PatientRequest } from './contract.ts';
import { deniedPage } from './pages/denied.tsx';
import { problemContent } from './pages/problem.tsx';
import { choosing } from './preferences.ts';
import { pageOf } from './render.tsx';
import { openRoutes, personsRoutes } from './routes.ts';
import { isLanguageCode, languages } from './text/languages.ts';
import { isAnswer, logInFrom, type PersonsView, type Route, redirect, type View } from './view.ts';

/** One answer to one request. What the API refuses is a page that says so in its own words. */
export const handle: PatientClient['handle'] = async (request) => {
  const view = viewOf(request);
  if (request.path === '/val') return choosing(request);
  const open = openRoutes[request.path];
  if (open && (!request.user || !(request.path in personsRoutes))) return answered(view, open);
  const route = personsRoutes[request.path];
  if (!route) return problemPage('not-found', request);
  if (!request.user) return redirect(logInFrom(request));
  const own: PersonsView = { ...view, user: request.user };
  try {
    return await answered(own, route);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status >= 500) return problemPage('unreachable', request);
    return pageOf(view, deniedPage(own, error));
  }
};

/** A page that asks nothing of the API. */
export const problemPage: PatientClient['problemPage'] = (problem, request, lost = false) => {
  const view = viewOf(request);
  return pageOf(view, problemContent(view, problem, lost));
};

async function answered<Of extends View>(view: Of, { get, post }: Route<Of>): Promise<PatientAnswer> {
  const { request } = view;
  const make = request.method === 'POST' ? post : get;
  if (!make) return problemPage('not-found', request);
  const outcome = await make(view);
  return isAnswer(outcome) ? outcome : pageOf(view, outcome);
}

function viewOf(request: PatientRequest): View {
  const chosen = request.preferences['nv-sprak'];
  const language = isLanguageCode(chosen) ? chosen : 'sv';
  return { request, language, texts: languages[language].texts };
}
