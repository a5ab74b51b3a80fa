import { Section, Top } from '../parts/elements.tsx';
import { Numbers } from '../parts/numbers.tsx';
import { type Content, href, type View } from '../view.ts';

/** Before the login. */
export function welcome({ texts, request }: View): Content {
  return {
    page: null,
    title: texts.shell.logIn,
    body: (
      <>
        <Top title={texts.shell.product} lead={texts.welcome.lead} />
        <p>
          <a class="ds-button nv-button" data-variant="primary" href={href('/login')}>
            {texts.shell.logIn}
          </a>
        </p>
        <p>{texts.welcome.how}</p>
        {request.emergencyNumbers.length > 0 && (
          <Section title={texts.welcome.numbers}>
            <Numbers of={request.emergencyNumbers} />
          </Section>
        )}
      </>
    ),
  };
}
