import { ActionLink } from '../../ui/action-link.tsx';
import { TimeList } from '../../ui/time-list.tsx';
import { VisitList } from '../../ui/visit-list.tsx';
import { calendarFileOf } from '../calendar-file.ts';
import type { PatientAnswer } from '../contract.ts';
import { loadPlan } from '../data/plan.ts';
import { datesIn } from '../dates.ts';
import { Section, Tools, Top } from '../parts/elements.tsx';
import { Notices } from '../parts/notices.tsx';
import { type Content, href, type PersonsView } from '../view.ts';

const TIMES_SHOWN = 6;

/** Times that are booked, when the plans are gone through, and the visits of late. */
export async function times(view: PersonsView): Promise<Content> {
  const plan = await loadPlan(view);
  const { texts } = view;
  const { day } = datesIn(view);
  const { overenskommenTid: booked, sammanhallenPlan } = plan.patientkontrakt;
  const { followUps } = sammanhallenPlan;
  return {
    page: 'tider',
    title: texts.titles.tider,
    person: plan.patient.name,
    body: (
      <>
        <Top title={texts.titles.tider} lead={texts.tider.lead} />
        <Notices view={view} plan={plan} />
        <TimeList times={booked.slice(0, TIMES_SHOWN)} />
        {booked.length > TIMES_SHOWN && (
          <details class="nv-details">
            <summary>{texts.tider.moreTimes(booked.length - TIMES_SHOWN)}</summary>
            <TimeList times={booked.slice(TIMES_SHOWN)} />
          </details>
        )}
        {booked.length > 0 && (
          <div class="nv-no-print">
            <Section title={texts.tider.calendar} lead={texts.tider.calendarLead}>
              <ActionLink href={href('/tider.ics')}>{texts.tider.calendar}</ActionLink>
            </Section>
          </div>
        )}
        {followUps.length > 0 && (
          <Section title={texts.tider.followUps}>
            <ul class="nv-list">
              {followUps.map(({ plan: of, date, text, who }) => (
                <li key={`${of} ${date}`}>
                  <strong>{day(date)}</strong>
                  <br />
                  <span lang="sv" dir="ltr">
                    {text}
                    {who !== null && `, ${who}`}
                  </span>
                </li>
              ))}
            </ul>
          </Section>
        )}
        {plan.recent.length > 0 && (
          <Section title={texts.tider.visits}>
            <VisitList visits={plan.recent} />
          </Section>
        )}
        <Tools texts={texts} readAloud />
      </>
    ),
  };
}

export async function calendarFile(view: PersonsView): Promise<PatientAnswer> {
  const plan = await loadPlan(view);
  return {
    kind: 'file',
    contentType: 'text/calendar; charset=utf-8',
    fileName: 'min-plan.ics',
    content: calendarFileOf(plan.patientkontrakt.overenskommenTid, view.texts.tider.entry, view.request.now),
  };
}
