import { ActionLink } from '../../ui/action-link.tsx';
import { GoalList } from '../../ui/goal-list.tsx';
import { MeasurementChart } from '../../ui/measurement-chart.tsx';
import { loadPlan } from '../data/plan.ts';
import { Section, Tools, Top } from '../parts/elements.tsx';
import { Notices } from '../parts/notices.tsx';
import { type Content, href, type PersonsView } from '../view.ts';

/** What the person wants, and how what is measured goes. */
export async function goals(view: PersonsView): Promise<Content> {
  const plan = await loadPlan(view);
  const { texts } = view;
  const { goals: all } = plan.patientkontrakt.sammanhallenPlan;
  return {
    page: 'mal',
    title: texts.titles.mal,
    person: plan.patient.name,
    body: (
      <>
        <Top title={texts.titles.mal} />
        <Notices view={view} plan={plan} />
        <Section title={texts.mal.goals}>
          <GoalList goals={all} />
          <ActionLink href={href('/skriv/anteckning')}>{texts.mal.writeGoal}</ActionLink>
        </Section>
        {plan.measurements.length > 0 && (
          <Section title={texts.mal.measurements} lead={texts.mal.measurementsLead}>
            {plan.measurements.map((measurement) => (
              <MeasurementChart key={measurement.code} measurement={measurement} />
            ))}
          </Section>
        )}
        <Tools texts={texts} readAloud />
      </>
    ),
  };
}
