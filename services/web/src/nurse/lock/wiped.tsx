import type { WipeReason } from '../../offline/index.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';

const because: Readonly<Record<WipeReason, string>> = {
  logout: 'Du loggade ut.',
  revoked: 'Inloggningen avslutades från en annan enhet.',
  expired: 'Det har gått 12 timmar.',
  user: 'Det hörde till en annan användare.',
  tries: 'Fel kod angavs fem gånger.',
  asked: 'Du valde att radera.',
};

export interface WipedProps {
  readonly reason: WipeReason;
  readonly onDone: () => void;
}

/** Why there is nothing on the telephone any more, and what to do. */
export const Wiped = ({ reason, onDone }: WipedProps) => (
  <div class="nv-stack">
    <Callout kind="info" title="Det som var sparat på telefonen är raderat" role="alert">
      <p>{because[reason]} Du kan välja en ny kod och ladda ner på nytt när du har täckning.</p>
    </Callout>
    <Button onClick={onDone}>Fortsätt</Button>
  </div>
);
