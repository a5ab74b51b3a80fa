import type { SamordnadPlan } from '../../api/plan.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { unitsIn } from '../data/access.ts';
import type { Recorded } from './consent-form.tsx';
import { InPlace } from './in-place.tsx';

export interface ConsentReceiptProps {
  readonly recorded: Recorded;
  /** As it was when the question was put. */
  readonly before: SamordnadPlan;
  /** As it is now. */
  readonly plan: SamordnadPlan;
  readonly onChange: () => void;
  readonly onDone: () => void;
}

/** What the person answered and what can be read since then, for as long as the nurse wants to see it. */
export const ConsentReceipt = ({ recorded, before, plan, onChange, onDone }: ConsentReceiptProps) => (
  <InPlace>
    <Callout kind="success" title={recorded.text} role="status">
      {recorded.opens && <Opened before={before} plan={plan} />}
    </Callout>
    <Button onClick={onDone}>Fortsätt</Button>
    <Button kind="quiet" onClick={onChange}>
      Ändra svaret
    </Button>
  </InPlace>
);

function Opened({ before, plan }: Pick<ConsentReceiptProps, 'before' | 'plan'>) {
  if (plan === before) return <p>Hämtar det som andra har skrivit …</p>;
  const seen = unitsIn(before);
  const opened = [...unitsIn(plan)].filter((unit) => !seen.has(unit));
  if (opened.length === 0) return <p>Andra har inte skrivit något mer i planen.</p>;
  return (
    <>
      <p>Du kan nu läsa vad de här har skrivit:</p>
      <ul class="nv-list">
        {opened.map((unit) => (
          <li key={unit}>{unit}</li>
        ))}
      </ul>
    </>
  );
}
