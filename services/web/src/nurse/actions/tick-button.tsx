import { useRef, useState } from 'preact/hooks';
import type { Activity, SamordnadPlan } from '../../api/plan.ts';
import { Button } from '../../ui/button.tsx';
import { type Tick, tick, undo } from './tick.ts';
import { useSave } from './use-save.tsx';

export interface TickButtonProps {
  readonly activity: Activity;
  readonly plan: SamordnadPlan;
  readonly patient: string;
  /** What a screen reader tells, in the one status of the list. */
  readonly onSaid: (text: string) => void;
  readonly onDone: () => void;
}

const queued = 'Sparat. Skickas när du har täckning.';

/** An activity of another plan or with another text is another activity. */
export const TickButton = (props: TickButtonProps) => (
  <OneTick key={`${props.activity.plan} ${props.activity.text}`} {...props} />
);

/** Ticks what has been done, and takes it back as long as the page is open. */
function OneTick({ activity, plan, patient, onSaid, onDone }: TickButtonProps) {
  const [ticked, setTicked] = useState<Tick | null>(null);
  // The same tick until it is saved, however often it is tried.
  const id = useRef<string | null>(null);
  const { busy, save, summary, lock } = useSave(
    `${ticked ? 'Inte ångrat' : 'Inte sparat'}: ${activity.text}`,
    plan.patient.name,
  );

  const work = async () => {
    if (ticked) {
      await undo(ticked);
      setTicked(null);
      onSaid('');
    } else {
      id.current ??= crypto.randomUUID();
      const made = await tick(id.current, activity, patient);
      id.current = null;
      setTicked(made);
      onSaid(made.created.kind === 'queued' ? queued : 'Sparat.');
    }
    onDone();
  };
  const label = ticked ? 'Ångra' : 'Utfört';
  return (
    <div class="nv-tick">
      {summary}
      <Button
        kind="secondary"
        busy={busy}
        aria-label={`${label}: ${activity.text}`}
        onClick={() => save(work)}
      >
        {label}
      </Button>
      {ticked?.created.kind === 'queued' && <span class="nv-muted">{queued}</span>}
      {lock}
    </div>
  );
}
