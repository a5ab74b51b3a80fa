import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import type { OthersData } from '../data/access.ts';
import type { SessionUser } from '../data/session.ts';
import { EmergencySection } from '../numbers-page.tsx';
import { Title } from '../title.tsx';
import { EmergencyForm } from './actions.ts';

export interface NoRightProps {
  readonly patient: string;
  readonly user: SessionUser;
  /** Null when not even that may be told. */
  readonly others: OthersData | null;
  /** The service's own sentence. */
  readonly text: string;
  readonly onDone: () => void;
}

/** Why nothing is shown, and what opens it. */
export function NoRight({ patient, user, others, text, onDone }: NoRightProps) {
  const isCare = user.organisation.as === 'vardgivare';
  const exists = others !== null && (others.unblocked || others.blocked);
  return (
    <div class="nv-no-right">
      <Title tab="Patient">Du ser inte den här personen</Title>
      <Callout kind="info" title={exists ? 'Det finns uppgifter hos andra' : 'Inget att visa'}>
        <p>{others?.text || text}</p>
        {others?.blocked && <BlockedWords isCare={isCare} />}
        <p>
          Din enhet har ingen registrerad kontakt med personen. Enhetens eget journalsystem registrerar
          kontakten. Först då kan du fråga om samtycke.
        </p>
      </Callout>
      {isCare && others !== null && <Emergency patient={patient} onDone={onDone} />}
      <EmergencySection />
    </div>
  );
}

/** Whose the block is, is told only in danger (SVOD 2022:913 3 kap 5 §). */
const BlockedWords = ({ isCare }: { isCare: boolean }) => (
  <p>
    En del är spärrat. Personen själv kan häva spärren.
    {isCare && ' Vid fara för livet visar nödöppningen vem du kan be att häva den.'}
  </p>
);

function Emergency({ patient, onDone }: { patient: string; onDone: () => void }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <EmergencyForm patient={patient} onDone={onDone} />;
  return (
    <Button kind="danger" onClick={() => setOpen(true)}>
      Nödöppning: fara för liv eller hälsa
    </Button>
  );
}
