import { useState } from 'preact/hooks';
import { wipe } from '../../offline/index.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Title } from '../title.tsx';
import { EraseAsk } from './erase-ask.tsx';
import { useUnsent } from './use-unsent.ts';

/** Another user's work waits here: it is theirs to send, and nobody else can read it. */
export function ColleaguesWork({ onDone }: { readonly onDone: () => void }) {
  const [erasing, setErasing] = useState(false);
  const waiting = useUnsent();
  const erase = async () => {
    await wipe('user');
    onDone();
  };
  return (
    <>
      <Title tab="Låst">En kollegas arbete väntar</Title>
      {erasing ? (
        <EraseAsk unsent={waiting} onErase={erase} onCancel={() => setErasing(false)} />
      ) : (
        <div class="nv-stack">
          <Callout kind="warning" title="Arbetet är inte skickat än">
            <p>Be kollegan logga in och låsa upp med sin kod. Då skickas det. Du kan inte läsa det.</p>
          </Callout>
          <a class="ds-button nv-button" data-variant="primary" href="/nurse/login?prompt=login">
            Logga in som någon annan
          </a>
          <Button kind="secondary" onClick={() => setErasing(true)}>
            Radera kollegans arbete
          </Button>
        </div>
      )}
    </>
  );
}
