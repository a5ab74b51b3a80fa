import { ActionLink } from '../../ui/action-link.tsx';
import { Callout } from '../../ui/callout.tsx';
import type { PatientTexts } from '../text/languages.ts';
import { href, type PersonsView } from '../view.ts';

/** On a page: that a form was not sent, or perhaps was, and the way back to it. */
export function UnsentForm({ view: { texts, request } }: { view: PersonsView }) {
  const { unsent } = request;
  if (!unsent) return null;
  const words = unsent.maybeSent ? texts.maybeSent : texts.unsent;
  return (
    <Callout kind="warning" title={words.title}>
      {unsent.maybeSent && <WhereToLook texts={texts} at={unsent.at} />}
      <ActionLink href={href(unsent.at)}>{words.goOn}</ActionLink>
    </Callout>
  );
}

/** In the form itself. */
export function UnsentHere({ view: { texts, request }, submit }: { view: PersonsView; submit: string }) {
  const { unsent } = request;
  if (!unsent) return null;
  const words = unsent.maybeSent ? texts.maybeSent : texts.unsent;
  return (
    <Callout kind="warning" title={words.title} role="status">
      {unsent.maybeSent && <WhereToLook texts={texts} at={unsent.at} />}
      <p>{words.here(submit)}</p>
    </Callout>
  );
}

/** What a form has done is seen on the page that leads to it. */
export const WhereToLook = ({ texts, at }: { texts: PatientTexts; at: string }) =>
  at.startsWith('/skriv') ? (
    <ActionLink href={href('/skriv')}>{texts.maybeSent.look(texts.skriv.mine)}</ActionLink>
  ) : (
    <ActionLink href={href('/delning')}>{texts.maybeSent.look(texts.titles.delning)}</ActionLink>
  );
