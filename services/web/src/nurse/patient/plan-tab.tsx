import { useState } from 'preact/hooks';
import type { PlanInForce, SamordnadPlan } from '../../api/plan.ts';
import { ActivityList } from '../../ui/activity-list.tsx';
import { GoalList } from '../../ui/goal-list.tsx';
import { MeasurementChart } from '../../ui/measurement-chart.tsx';
import { namedNotes } from '../../ui/named-notes.ts';
import { NoteList } from '../../ui/note-list.tsx';
import { PlanTimeline } from '../../ui/plan-timeline.tsx';
import type { SessionUser } from '../data/session.ts';
import { TickButton } from './actions.ts';
import { PlanCard } from './plan-card.tsx';

export interface PlanTabProps {
  readonly plan: SamordnadPlan;
  readonly patient: string;
  readonly user: SessionUser;
  readonly onPart: (part: PlanInForce['parts'][number]) => void;
  readonly onDone: () => void;
}

const timesInPicture = 8;

/** What the person wants, who does what, and the plans behind it. */
export function PlanTab({ plan, patient, user, onPart, onDone }: PlanTabProps) {
  const [said, setSaid] = useState('');
  const { overenskommelse, overenskommenTid, sammanhallenPlan } = plan.patientkontrakt;
  const { plans, goals, followUps } = sammanhallenPlan;
  return (
    <div class="nv-columns">
      <section aria-labelledby="vem-gor-vad">
        <h2 id="vem-gor-vad">Vem gör vad</h2>
        <p role="status" class="nv-sr-only">
          {said}
        </p>
        <ActivityList
          own={overenskommelse.own}
          others={overenskommelse.others}
          done={plan.done}
          action={(activity) => (
            <TickButton activity={activity} plan={plan} patient={patient} onSaid={setSaid} onDone={onDone} />
          )}
        />
      </section>
      <section aria-labelledby="mal">
        <h2 id="mal">Mål</h2>
        <GoalList goals={goals} />
      </section>
      {plan.measurements.length > 0 && (
        <section aria-labelledby="matvarden">
          <h2 id="matvarden">Mätvärden</h2>
          {plan.measurements.map((measurement) => (
            <MeasurementChart key={measurement.code} measurement={measurement} />
          ))}
        </section>
      )}
      <section aria-labelledby="egna-ord">
        <h2 id="egna-ord">Patientens anteckningar</h2>
        <NoteList notes={namedNotes(plan)} />
      </section>
      <section aria-labelledby="planer">
        <h2 id="planer">Planer</h2>
        {plans.map((each) => (
          <PlanCard key={each.reference} plan={each} user={user} onPart={onPart} />
        ))}
        {plans.length === 0 && <p>Ingen plan gäller just nu.</p>}
      </section>
      {plans.length > 0 && (
        <section aria-labelledby="tidslinje">
          <h2 id="tidslinje">Över tid</h2>
          <PlanTimeline
            plans={plans}
            times={overenskommenTid.slice(0, timesInPicture)}
            followUps={followUps}
            at={plan.at}
          />
        </section>
      )}
    </div>
  );
}
