import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';

export interface EraseAskProps {
  /** There is work here that the service has not got. */
  readonly unsent: boolean;
  readonly onErase: () => Promise<void>;
  readonly onCancel: () => void;
}

/** Asked before what is kept is deleted without having been opened. */
export const EraseAsk = ({ unsent, onErase, onCancel }: EraseAskProps) => (
  <div class="nv-stack">
    <Callout kind={unsent ? 'danger' : 'warning'} title="Vill du radera det som är sparat på telefonen?">
      <p>
        {unsent
          ? 'Besök, avbockningar eller läsningar som inte är skickade försvinner. Det går inte att ångra.'
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
