import { useEffect } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/modal.tsx';
import { refreshAll } from '../hooks.ts';
import type { UnsavedWork } from '../unsaved-work.ts';
import { askBeforeLeaving } from './ask-before-leaving.ts';
import { useSave } from './use-save.tsx';

export interface UnsavedDialogProps {
  readonly unsaved: UnsavedWork;
  /** It is saved, or the nurse has let it go. */
  readonly onDone: () => void;
}

/** Ends by a choice alone, so that nothing is let go by mistake. */
export const UnsavedDialog = (props: UnsavedDialogProps) => (
  <Modal title={props.unsaved.title} open>
    <Choice {...props} />
  </Modal>
);

function Choice({ unsaved: { title, about, reasons, work }, onDone }: UnsavedDialogProps) {
  const { busy, save, summary, lock } = useSave(title, about);
  useEffect(askBeforeLeaving, []);
  const again = async () => {
    await work();
    refreshAll();
    onDone();
  };
  return (
    <div class="nv-stack">
      {about && <p>Det gäller {about}.</p>}
      {summary || reasons.map(({ text }, index) => <p key={index}>{text}</p>)}
      <Button busy={busy} onClick={() => save(again)}>
        Försök igen
      </Button>
      <Button kind="quiet" onClick={onDone}>
        Spara inte
      </Button>
      {lock}
    </div>
  );
}
