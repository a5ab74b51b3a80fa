import type { ApiProblem } from '../../api/problem.ts';
import { ActionLink } from '../../ui/action-link.tsx';
import { Top } from '../parts/elements.tsx';
import { type Content, href, type PersonsView } from '../view.ts';

/** What the API refused, and why, in plain words. */
export function deniedPage({ texts, user, request }: PersonsView, problem: ApiProblem): Content {
  const mayNotRead = user.actsFor && request.method === 'GET';
  return {
    page: null,
    title: texts.denied.title,
    status: problem.status,
    body: (
      <>
        <Top title={texts.denied.title} lead={mayNotRead ? texts.denied.guardian : undefined} />
        <p>{texts.denied.lead}</p>
        <blockquote class="nv-answered" lang="sv" dir="ltr">
          <p>{problem.text}</p>
        </blockquote>
        {!user.actsFor && <p>{texts.denied.patient}</p>}
        <ActionLink href={href('/')}>{texts.denied.back}</ActionLink>
      </>
    ),
  };
}
