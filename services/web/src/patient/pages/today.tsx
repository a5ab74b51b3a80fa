import type { SamordnadPlan } from '../../api/plan.ts';
import { ActionLink } from '../../ui/action-link.tsx';
import { AttentionList } from '../../ui/attention-list.tsx';
import { CallCard } from '../../ui/call-card.tsx';
import { ChangeList } from '../../ui/change-list.tsx';
import { TimeList } from '../../ui/time-list.tsx';
import { loadPlan, nextChange } from '../data/plan.ts';
import { datesIn } from '../dates.ts';
import { Section, Tools, Top } from '../parts/elements.tsx';
import { mainMenu, moreMenu } from '../parts/menus.ts';
import { Notices } from '../parts/notices.tsx';
import { type Content, href, type PersonsView } from '../view.ts';

const CHANGES_SHOWN = 3;

/** What matters just now: whom to call, what happens today, what has changed. */
export async function today(view: PersonsView): Promise<Content> {
  const plan = await loadPlan(view, { week: true, changes: true });
  const { texts, user } = view;
  const name = plan.patient.name ?? user.name;
  return {
    page: 'idag',
    title: texts.titles.idag,
    person: plan.patient.name,
    until: nextChange(plan),
    body: (
      <>
        <Top
          title={user.actsFor ? name : texts.idag.hello(firstName(name))}
          lead={datesIn(view).weekday(plan.at)}
        />
        <Notices view={view} plan={plan} />
        <div data-live>
          <CallCard now={plan.contactNow} place={plan.patient.address?.text ?? null} />
        </div>
        <ActionLink href={href('/samre')}>{texts.idag.worse}</ActionLink>
        <Times view={view} plan={plan} />
        {plan.attention.length > 0 && (
          <Section title={texts.idag.attention}>
            <AttentionList attention={plan.attention} />
          </Section>
        )}
        <Section title={texts.idag.changes}>
          <ChangeList changes={plan.changes.slice(0, CHANGES_SHOWN)} />
          {plan.changes.length > CHANGES_SHOWN && (
            <details class="nv-details">
              <summary>{texts.idag.moreChanges(plan.changes.length - CHANGES_SHOWN)}</summary>
              <ChangeList changes={plan.changes.slice(CHANGES_SHOWN)} />
            </details>
          )}
        </Section>
        <div class="nv-no-print">
          <More view={view} />
        </div>
        <Tools texts={texts} readAloud />
      </>
    ),
  };
}

const firstName = (name: string): string => name.split(' ')[0] ?? name;

function Times({ view, plan }: { view: PersonsView; plan: SamordnadPlan }) {
  const { texts } = view;
  const { daysAway } = datesIn(view);
  const all = plan.patientkontrakt.overenskommenTid;
  const todays = all.filter(({ start }) => daysAway(start) === 0);
  const [next] = all.filter(({ start }) => daysAway(start) > 0);
  return (
    <Section title={texts.idag.today}>
      {todays.length > 0 ? <TimeList times={todays} /> : <p>{texts.idag.nothingToday}</p>}
      {todays.length === 0 && next && (
        <>
          <h3>{texts.idag.next}</h3>
          <TimeList times={[next]} />
        </>
      )}
      <p>
        <a href={href('/tider')}>{texts.idag.allTimes}</a>
      </p>
    </Section>
  );
}

/** All pages but this one and those that are about the client. */
const more = [...mainMenu, ...moreMenu].flatMap(([key, path]) =>
  key === 'idag' || key === 'om' || key === 'tillganglighet' ? [] : [[key, path] as const],
);

function More({ view: { texts } }: { view: PersonsView }) {
  return (
    <Section title={texts.idag.more}>
      <ul class="nv-doors">
        {more.map(([key, path]) => (
          <li key={key}>
            <a href={href(path)}>{texts.titles[key]}</a>
            <span>{texts.idag.leads[key]}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
