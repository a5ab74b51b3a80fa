import { useState } from 'preact/hooks';
import type { SamordnadPlan } from '../../api/plan.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import type { Recorded } from '../actions/consent-form.tsx';
import { InPlace } from '../actions/in-place.tsx';
import { askAgain, othersOf, showsOthers } from '../data/access.ts';
import type { SessionUser } from '../data/session.ts';
import { useLoaded } from '../hooks.ts';
import { ConsentForm, ConsentReceipt } from './actions.ts';

export interface OthersNoticeProps {
  readonly patient: string;
  readonly plan: SamordnadPlan;
  /** Whether the plan comes from the telephone: nothing is looked up then. */
  readonly kept: boolean;
  readonly user: SessionUser;
  readonly onDone: () => void;
}

type Step =
  | { readonly kind: 'rest' | 'wanted' | 'asking' | 'left' }
  | { readonly kind: 'answered'; readonly recorded: Recorded; readonly before: SamordnadPlan };

/** Whether there is more than what is shown: looked up at once when that may be little, else when the nurse asks. */
export function OthersNotice({ patient, plan, kept, user, onDone }: OthersNoticeProps) {
  const [step, setStep] = useState<Step>({ kind: 'rest' });
  const onAsk = () => setStep({ kind: 'asking' });
  const answered = (recorded: Recorded) => {
    askAgain(patient);
    setStep({ kind: 'answered', recorded, before: plan });
    onDone();
  };
  switch (step.kind) {
    case 'rest':
      if (kept) return null;
      if (!showsOthers(plan)) return <Notice patient={patient} user={user} isWanted={false} onAsk={onAsk} />;
      return (
        <Button kind="quiet" onClick={() => setStep({ kind: 'wanted' })}>
          Se om andra har skrivit mer
        </Button>
      );
    case 'wanted':
      return <Notice patient={patient} user={user} isWanted onAsk={onAsk} />;
    case 'left':
      return (
        <InPlace>
          <Notice patient={patient} user={user} isWanted onAsk={onAsk} />
        </InPlace>
      );
    case 'asking':
      return <ConsentForm patient={patient} onDone={answered} onCancel={() => setStep({ kind: 'left' })} />;
    case 'answered':
      return (
        <ConsentReceipt {...step} plan={plan} onChange={onAsk} onDone={() => setStep({ kind: 'rest' })} />
      );
    default:
      return step satisfies never;
  }
}

interface NoticeProps {
  readonly patient: string;
  readonly user: SessionUser;
  readonly isWanted: boolean;
  readonly onAsk: () => void;
}

/** Not asked about yet, refused, or blocked. */
function Notice({ patient, user, isWanted, onAsk }: NoticeProps) {
  const [known] = useLoaded(patient, (signal) => othersOf(user, patient, signal));
  if (known.kind === 'failed' && isWanted)
    return <p role="status">Det gick inte att se. Försök igen senare.</p>;
  if (known.kind !== 'loaded') return null;
  const { data, answered } = known.value;
  if (data.unblocked && answered === 'not-asked') {
    return (
      <Callout kind="info" title="Du ser bara det din organisation har skrivit">
        <p>{data.text} Du behöver samtycke för att läsa dem.</p>
        <Button kind="secondary" onClick={onAsk}>
          Fråga om samtycke
        </Button>
      </Callout>
    );
  }
  if (answered === 'no')
    return <p class="nv-muted">Personen har sagt nej till att du läser det andra har skrivit.</p>;
  if (data.blocked)
    return <p class="nv-muted">En del uppgifter är spärrade. Personen själv kan häva spärren.</p>;
  return isWanted ? <p role="status">Du ser allt som du har rätt att läsa.</p> : null;
}
