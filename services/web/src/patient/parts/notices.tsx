import type { SamordnadPlan } from '../../api/plan.ts';
import { ActionLink } from '../../ui/action-link.tsx';
import { Callout } from '../../ui/callout.tsx';
import { languages } from '../text/languages.ts';
import { href, type PersonsView } from '../view.ts';
import { Done } from './elements.tsx';
import { useLanguageOf } from './language.tsx';

/** What must be known before the rest is read: what was done or not sent, whose plan it is, protected
 * identity, that something is missing. */
export function Notices({ view, plan }: { view: PersonsView; plan: SamordnadPlan }) {
  const { texts, user, language, request } = view;
  const shell = useLanguageOf('shell');
  return (
    <>
      <Done view={view} />
      {request.unsent !== null && (
        <div {...shell}>
          <Callout kind="warning" title={texts.unsent.title}>
            <ActionLink href={href(request.unsent)}>{texts.unsent.goOn}</ActionLink>
          </Callout>
        </div>
      )}
      {user.actsFor && (
        <p class="nv-acts-for" {...shell}>
          {texts.shell.actsFor(plan.patient.name ?? '')}
        </p>
      )}
      {plan.patient.protectedIdentity && (
        <div {...shell}>
          <Callout kind="warning" title={texts.shell.protectedIdentity} />
        </div>
      )}
      {!plan.complete && (
        <div {...shell}>
          <Callout kind="info" title={texts.shell.incomplete} />
        </div>
      )}
      {languages[language].tag !== 'sv' && (
        <p class="nv-muted" {...shell}>
          {texts.shell.otherLanguage}
        </p>
      )}
    </>
  );
}
