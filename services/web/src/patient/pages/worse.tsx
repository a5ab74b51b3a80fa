import { ActionLink } from '../../ui/action-link.tsx';
import { StepList } from '../../ui/step-list.tsx';
import { loadPlan } from '../data/plan.ts';
import { Section, Tools, Top } from '../parts/elements.tsx';
import { Notices } from '../parts/notices.tsx';
import { type Content, href, type PersonsView } from '../view.ts';

/** What the person does when it gets worse: the plan's own steps, not what staff do among themselves. */
export async function worse(view: PersonsView): Promise<Content> {
  const plan = await loadPlan(view);
  const { texts } = view;
  const { plans } = plan.patientkontrakt.sammanhallenPlan;
  const steps = plan.steps.filter(({ who }) => who.length === 0);
  const limits = plans.flatMap((each) => (each.limits === null ? [] : [each.limits]));
  return {
    page: 'samre',
    title: texts.titles.samre,
    person: plan.patient.name,
    body: (
      <>
        <Top title={texts.titles.samre} lead={steps.length > 0 ? texts.samre.lead : undefined} />
        <Notices view={view} plan={plan} />
        {steps.length > 0 ? (
          <Section title={texts.samre.steps}>
            <StepList steps={steps} normal={plans.flatMap(({ normal }) => normal)} limits={limits} />
          </Section>
        ) : (
          <p>{texts.samre.noSteps}</p>
        )}
        <ActionLink href={href('/ring')}>{texts.samre.whoToCall}</ActionLink>
        <Tools texts={texts} readAloud />
      </>
    ),
  };
}
