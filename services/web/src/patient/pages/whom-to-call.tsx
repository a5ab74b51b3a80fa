import { ActionLink } from '../../ui/action-link.tsx';
import { CallCard } from '../../ui/call-card.tsx';
import { ContactList } from '../../ui/contact-list.tsx';
import { WeekStrip } from '../../ui/week-strip.tsx';
import { loadPlan, nextChange } from '../data/plan.ts';
import { Section, Tools, Top } from '../parts/elements.tsx';
import { Notices } from '../parts/notices.tsx';
import { type Content, href, type PersonsView } from '../view.ts';

/** Whom to call now and all week, and what each contact is there for. */
export async function whomToCall(view: PersonsView): Promise<Content> {
  const plan = await loadPlan(view, { week: true });
  const { texts } = view;
  const contacts = plan.patientkontrakt.fastVardkontakt;
  return {
    page: 'ring',
    title: texts.titles.ring,
    person: plan.patient.name,
    until: nextChange(plan),
    body: (
      <>
        <Top title={texts.titles.ring} lead={texts.ring.lead} />
        <Notices view={view} plan={plan} />
        <div data-live>
          <CallCard now={plan.contactNow} place={plan.patient.address?.text ?? null} />
        </div>
        {plan.cover.length > 0 && (
          <Section title={texts.ring.week} lead={texts.ring.weekLead}>
            <WeekStrip cover={plan.cover} answers={plan.answers} />
          </Section>
        )}
        <Section title={texts.ring.contacts} lead={contacts.length > 0 ? texts.ring.contactsLead : undefined}>
          <div data-live>
            <ContactList
              contacts={contacts}
              action={({ reference, name }, { value }) => (
                <a
                  class="nv-row-link nv-no-print"
                  href={href('/skriv/fel-nummer', { om: `${reference} ${value}` })}
                >
                  {texts.ring.wrongNumber}{' '}
                  <span class="nv-sr-only" lang="sv" dir="ltr">{`${name}, ${value}`}</span>
                </a>
              )}
            />
          </div>
          <ActionLink href={href('/skriv/fast-kontakt')}>{texts.ring.askForContact}</ActionLink>
          <ActionLink href={href('/kontaktblad')}>{texts.ring.sheet}</ActionLink>
        </Section>
        <Tools texts={texts} readAloud />
      </>
    ),
  };
}
