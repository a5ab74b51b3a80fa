import type { ComponentChildren } from 'preact';
import type { PlanInForce } from '../../api/plan.ts';
import { useContentLanguage } from '../../text/texts.ts';
import { ActionLink } from '../../ui/action-link.tsx';
import { ActivityList } from '../../ui/activity-list.tsx';
import { PlanTimeline } from '../../ui/plan-timeline.tsx';
import { RelativeList } from '../../ui/relative-list.tsx';
import { loadPlan } from '../data/plan.ts';
import { datesIn } from '../dates.ts';
import { Section, Tools, Top } from '../parts/elements.tsx';
import { Notices } from '../parts/notices.tsx';
import { type Content, href, type PersonsView } from '../view.ts';

/** What the person does and what others do, and in which plans it stands. */
export async function whoDoesWhat(view: PersonsView): Promise<Content> {
  const plan = await loadPlan(view);
  const { texts } = view;
  const { overenskommelse, overenskommenTid, sammanhallenPlan } = plan.patientkontrakt;
  const { own, others } = overenskommelse;
  const { plans, followUps } = sammanhallenPlan;
  // Visits come several times a day and would fill the picture.
  const meetings = overenskommenTid.filter(({ reference }) => reference.startsWith('Appointment/'));
  return {
    page: 'vem',
    title: texts.titles.vem,
    person: plan.patient.name,
    body: (
      <>
        <Top title={texts.titles.vem} lead={texts.vem.lead} />
        <Notices view={view} plan={plan} />
        <Section title={texts.vem.activities}>
          <ActivityList own={own} others={others} done={plan.done} />
        </Section>
        <Section
          title={texts.vem.plans}
          lead={plans.some(({ kind }) => kind === 'SIP') ? texts.vem.sip : undefined}
        >
          {plans.length === 0 && <p>{texts.vem.noPlans}</p>}
          {plans.map((each) => (
            <Plan key={each.reference} view={view} plan={each} />
          ))}
          <ActionLink href={href('/skriv/andring')}>{texts.vem.change}</ActionLink>
        </Section>
        {plans.length > 0 && (
          <Section title={texts.vem.timeline}>
            <PlanTimeline plans={plans} times={meetings} followUps={followUps} at={plan.at} />
          </Section>
        )}
        {plan.relatives.length > 0 && (
          <Section title={texts.vem.relatives}>
            <RelativeList relatives={plan.relatives} />
          </Section>
        )}
        <Tools texts={texts} readAloud />
      </>
    ),
  };
}

function Plan({ view, plan }: { view: PersonsView; plan: PlanInForce }) {
  const { day } = datesIn(view);
  const words = view.texts.vem;
  const content = useContentLanguage();
  const parts = [...new Set(plan.parts.flatMap(({ unit }) => (unit === null ? [] : [unit])))];
  return (
    <article class="nv-plan">
      <h3 {...content}>{plan.title}</h3>
      {plan.description !== null && <p {...content}>{plan.description}</p>}
      <dl class="nv-facts">
        {plan.unit !== null && <Fact name={words.answers} value={<span {...content}>{plan.unit}</span>} />}
        {plan.responsible
          .filter(({ name }) => name !== plan.unit)
          .map(({ role, name }) => (
            <Fact
              key={role}
              name={<span {...content}>{role}</span>}
              value={<span {...content}>{name}</span>}
            />
          ))}
        {parts.length > 0 && (
          <Fact name={words.takePart} value={<span {...content}>{parts.join(', ')}</span>} />
        )}
        {plan.end !== null && <Fact name={words.until} value={day(plan.end)} />}
      </dl>
    </article>
  );
}

const Fact = ({ name, value }: { name: ComponentChildren; value: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
