import type { SamordnadPlan } from '../../api/plan.ts';
import { Callout } from '../../ui/callout.tsx';
import { languages } from '../text/languages.ts';
import type { PersonsView } from '../view.ts';
import { Done } from './elements.tsx';
import { UnsentForm } from './unsent-form.tsx';

/**
 * What must be known before the rest is read: what was done or not sent, whose plan it is, protected identity, that something
 * is missing.
 */
export function Notices({ view, plan }: { view: PersonsView; plan: SamordnadPlan }) {
  const { texts, language } = view;
  return (
    <>
      <Done view={view} />
      <UnsentForm view={view} />
      <ActsFor view={view} person={plan.patient.name} />
      {plan.patient.protectedIdentity && <Callout kind="warning" title={texts.shell.protectedIdentity} />}
      {!plan.complete && <Callout kind="info" title={texts.shell.incomplete} />}
      {languages[language].tag !== 'sv' && <p class="nv-muted">{texts.shell.otherLanguage}</p>}
    </>
  );
}

/** A guardian is told whose page it is: there may be several children. */
export const ActsFor = ({ view: { texts, user }, person }: { view: PersonsView; person: string | null }) =>
  user.actsFor ? <p class="nv-acts-for">{texts.shell.actsFor(person ?? '')}</p> : null;
