import type { Unsent } from '../../offline/index.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { unsentWords } from '../unsent-words.ts';

export interface EraseAskProps {
  /** What the service has not got. */
  readonly unsent: Unsent;
  readonly onErase: () => Promise<void>;
  readonly onCancel: () => void;
}

/** Asked before what is kept is deleted without having been opened. */
export function EraseAsk({ unsent, onErase, onCancel }: EraseAskProps) {
  const lost = unsentWords(unsent);
  return (
    <div class="nv-stack">
      <Callout kind={lost ? 'danger' : 'warning'} title="Vill du radera det som är sparat på telefonen?">
        <p>
          {lost
            ? `Det här är inte skickat och försvinner: ${lost}. Det går inte att ångra.`
            : 'Det går att ladda ner på nytt när du har täckning.'}
        </p>
      </Callout>
      <Button kind="danger" onClick={() => void onErase()}>
        Radera
      </Button>
      <Button kind="secondary" onClick={onCancel}>
        Avbryt
      </Button>
    </div>
  );
}
