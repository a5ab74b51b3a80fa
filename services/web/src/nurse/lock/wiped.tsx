import type { Wiped, WipeReason } from '../../offline/index.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { lostWords } from '../unsent-words.ts';

const because: Readonly<Record<WipeReason, string>> = {
  logout: 'Du loggade ut.',
  revoked: 'Inloggningen avslutades från en annan enhet.',
  expired: 'Det har gått 12 timmar.',
  user: 'Det hörde till en annan användare.',
  tries: 'Fel kod angavs fem gånger.',
  asked: 'Du valde att radera.',
};

export interface WhyWipedProps {
  readonly wiped: Wiped;
  readonly onDone: () => void;
}

/** Why there is nothing on the telephone any more, and what to do. */
export const WhyWiped = ({ wiped, onDone }: WhyWipedProps) => (
  <div class="nv-stack">
    <Callout kind="info" title="Det som var sparat på telefonen är raderat" role="alert">
      <p>
        {because[wiped.reason]}
        {lostWords(wiped.lost)}
      </p>
      <p>Du kan välja en ny kod och ladda ner på nytt när du har täckning.</p>
    </Callout>
    <Button onClick={onDone}>Fortsätt</Button>
  </div>
);
