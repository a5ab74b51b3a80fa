import type { SamordnadPlan } from '../../api/plan.ts';
import { Button } from '../../ui/button.tsx';
import { TimeList } from '../../ui/time-list.tsx';
import { VisitList } from '../../ui/visit-list.tsx';

const timesAtFirst = 6;

/** What has been and what is to come. */
export function VisitsTab({ plan, onVisit }: { plan: SamordnadPlan; onVisit: () => void }) {
  const { overenskommenTid: times } = plan.patientkontrakt;
  return (
    <div class="nv-columns">
      <section aria-labelledby="kommande">
        <h2 id="kommande">Kommande</h2>
        <Button kind="primary" onClick={onVisit}>
          Registrera besök
        </Button>
        <TimeList times={times.slice(0, timesAtFirst)} />
        {times.length > timesAtFirst && (
          <details class="nv-details">
            <summary>Visa {times.length - timesAtFirst} till</summary>
            <TimeList times={times.slice(timesAtFirst)} />
          </details>
        )}
      </section>
      <section aria-labelledby="senaste">
        <h2 id="senaste">Senaste 14 dagarna</h2>
        <VisitList visits={plan.recent} />
      </section>
    </div>
  );
}
