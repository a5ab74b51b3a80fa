import { ActionLink } from '../../ui/action-link.tsx';
import type { PatientProblem, PatientRequest } from '../contract.ts';
import { Section, Top } from '../parts/elements.tsx';
import { Numbers } from '../parts/numbers.tsx';
import { WhereToLook } from '../parts/unsent-form.tsx';
import type { PatientTexts } from '../text/languages.ts';
import { type Content, href, logInFrom, type View } from '../view.ts';

const statuses: Readonly<Record<PatientProblem, number>> = {
  'not-found': 404,
  'forbidden-form': 403,
  'login-failed': 400,
  'other-client': 403,
  'session-ended': 401,
  'not-sent': 401,
  'other-person': 409,
  'maybe-sent': 503,
  unreachable: 503,
  failed: 500,
};

/** Why there is no page, with the numbers to call all the same. */
export function problemContent({ texts, request }: View, problem: PatientProblem, lost: boolean): Content {
  const { title, text } = texts.problems[problem];
  return {
    page: null,
    title,
    status: statuses[problem],
    body: (
      <>
        <Top title={title} lead={text} />
        {lost && <p>{texts.unsent.lost}</p>}
        <WayOn texts={texts} request={request} problem={problem} />
        {request.emergencyNumbers.length > 0 && (
          <Section title={texts.welcome.numbers}>
            <Numbers of={request.emergencyNumbers} />
          </Section>
        )}
      </>
    ),
  };
}

function WayOn({
  texts,
  request,
  problem,
}: {
  texts: PatientTexts;
  request: PatientRequest;
  problem: PatientProblem;
}) {
  switch (problem) {
    case 'other-client':
      return <ActionLink href="/nurse/">{texts.problems[problem].toStaff}</ActionLink>;
    case 'login-failed':
      return <ActionLink href={href('/login')}>{texts.shell.logIn}</ActionLink>;
    case 'session-ended':
    case 'not-sent':
    case 'other-person':
      return <ActionLink href={logInFrom(request)}>{texts.shell.logIn}</ActionLink>;
    case 'maybe-sent':
      return <WhereToLook texts={texts} at={request.path} />;
    default:
      return <ActionLink href={href('/')}>{texts.denied.back}</ActionLink>;
  }
}
