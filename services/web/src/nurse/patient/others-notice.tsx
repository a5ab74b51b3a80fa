import { useState } from 'preact/hooks';
import type { SamordnadPlan } from '../../api/plan.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { askAgain, othersOf, showsOthers } from '../data/access.ts';
import type { SessionUser } from '../data/session.ts';
import { useLoaded } from '../hooks.ts';
import { ConsentForm } from './actions.ts';

export interface OthersNoticeProps {
  readonly patient: string;
  readonly plan: SamordnadPlan;
  readonly user: SessionUser;
  readonly onDone: () => void;
}

/** Whether there is more than what is shown: looked up at once when that may be little, else when the nurse asks. */
export function OthersNotice(props: OthersNoticeProps) {
  const [isWanted, setWanted] = useState(false);
  if (isWanted || !showsOthers(props.plan)) return <Notice {...props} isWanted={isWanted} />;
  return (
    <Button kind="quiet" onClick={() => setWanted(true)}>
      Se om andra har skrivit mer
    </Button>
  );
}

/** Not asked about yet, refused, or blocked. */
function Notice({ patient, user, onDone, isWanted }: OthersNoticeProps & { readonly isWanted: boolean }) {
  const [isAsking, setAsking] = useState(false);
  const [known, again] = useLoaded(patient, (signal) => othersOf(user, patient, signal));
  if (known.kind === 'failed' && isWanted)
    return <p role="status">Det gick inte att se. Försök igen senare.</p>;
  if (known.kind !== 'loaded') return null;
  const { data, answered } = known.value;
  if (data.unblocked && answered === 'not-asked') {
    return (
      <Callout kind="info" title="Du ser bara det din organisation har skrivit">
        <p>{data.text} Du behöver samtycke för att läsa dem.</p>
        {isAsking ? (
          <ConsentForm
            patient={patient}
            onDone={() => {
              askAgain(patient);
              again();
              onDone();
            }}
          />
        ) : (
          <Button kind="secondary" onClick={() => setAsking(true)}>
            Fråga om samtycke
          </Button>
        )}
      </Callout>
    );
  }
  if (answered === 'no')
    return <p class="nv-muted">Personen har sagt nej till att du läser det andra har skrivit.</p>;
  if (data.blocked)
    return <p class="nv-muted">En del uppgifter är spärrade. Personen själv kan häva spärren.</p>;
  return isWanted ? <p role="status">Du ser allt som du har rätt att läsa.</p> : null;
}
